"""The interface for programs, noun by noun: parse, one call to the domain, answer in JSON."""
