"""The demonstration: a draft Eurasian charter, the people round its table, and its history."""
