"""The manner of a printed number: the figures it is written in, and the signs around them.

"a." is letters with a full stop, "(1)" figures in brackets, "1.2." the second of a decimal list. A
list goes on in the manner of the number it was given.
"""

from charter.text.numerals import (
    ARABIC,
    CAPITALS,
    DOUBLED,
    HAN,
    LETTERS,
    LETTERS_AR,
    LETTERS_RU,
    PIECE,
    ROMAN,
    ROMAN_LOWER,
)
from charter.text.usage import Form

_WAYS = (*(ARABIC, LETTERS, CAPITALS, ROMAN_LOWER, ROMAN, DOUBLED, LETTERS_RU, HAN, LETTERS_AR),)


def manner(numeral: str, last: int) -> tuple[Form, int] | None:
    """The manner of an item's number and its value; None where it shows none ("•", "12a.").

    Where signs can be read in two ways ("i." is the ninth letter and a Roman one), what comes after
    `last` is meant, else the lowest.
    """
    pieces = list(PIECE.finditer(numeral))
    if not pieces or "{" in numeral or "}" in numeral:
        return None
    if len(pieces) > 1 and not all(piece[0].isdecimal() for piece in pieces):
        return None
    figures = pieces[-1]
    form = f"{numeral[: figures.start()]}{{}}{numeral[figures.end() :]}"
    found = [
        (Form(form, way), number)
        for way in _WAYS
        if (number := way.read(figures[0])) and way.write(number) == figures[0]
    ]
    return min(found, key=lambda one: (one[1] != last + 1, one[1]), default=None)
