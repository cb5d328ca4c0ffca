"""The styles of pages that are taken away, which bring their own: colours, and what they need."""

from functools import cache
from pathlib import Path


@cache
def styles(name: str) -> str:
    """The colours that all have, light and dark, and the styles of this file."""
    here = Path(__file__).parent
    return "".join((here / one).read_text(encoding="utf-8") for one in ("colours.css", name))
