"""Forms, views and addresses by noun: parse, one call to the domain, render."""
