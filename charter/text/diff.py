"""What differs between two wordings (`diff`, by words) and two texts (`compare`, by clauses).

The front of two rooms: `spans` has the engine for words, `compare` the one for clauses.
"""

from charter.text.compare import clean, compare
from charter.text.redline import Redline, Span
from charter.text.spans import diff

__all__ = ["Redline", "Span", "clean", "compare", "diff"]
