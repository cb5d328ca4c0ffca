"""Where queries and formats meet: a charter's facts put into what is taken away."""
