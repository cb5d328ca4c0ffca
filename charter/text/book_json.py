"""Books of credits as JSON values, so that a long history need not be played again.

A value holds everything but the words of the text, which stand elsewhere anyway. `RULES` is the
number of the rules of blame: a book played by others is not read.
"""

from collections.abc import Mapping
from typing import Any

from charter.text.blame import Book
from charter.text.departed import Departed
from charter.text.stretches import Carried, Credit, Gone, Key

RULES = 3


def packed(book: Book) -> dict[str, Any]:
    """The book as a JSON value. Its keys are tuples of strings."""
    numbers: dict[tuple[Credit, tuple[Any, ...]], int] = {}

    def number(credit: Credit) -> int:
        return numbers.setdefault((credit, tuple([one.by for one in credit.gone])), len(numbers))

    pieces = [
        [list(key), [length for length, _ in row], [number(credit) for _, credit in row]]  # type: ignore[call-overload]
        for key, row in book.pieces.items()
    ]
    departed = [
        [
            one.revision,
            list(one.key),  # type: ignore[call-overload]
            list(one.words),
            [number(credit) for credit in one.known],
            [one.first, one.last],
        ]
        for one in book.pool.all
    ]
    return {
        "rules": RULES,
        "language": book.language,
        "revision": book.revision,
        "through": book.pool.through,
        "pieces": pieces,
        "departed": departed,
        "credits": [_credit(credit) for credit, _by in numbers],
    }


def unpacked(value: Mapping[str, Any], texts: Mapping[Key, str]) -> Book | None:
    """The book again, with the words it was packed without; None when it does not fit them."""
    if value["rules"] != RULES:
        return None
    book = Book(value["language"])
    book.revision = value["revision"]
    credits = [_read(one) for one in value["credits"]]
    for key, lengths, numbers in value["pieces"]:
        text = texts.get(tuple(key), "")
        if sum(lengths) != len(text):
            return None
        book.texts[tuple(key)] = text
        book.pieces[tuple(key)] = tuple(
            zip(lengths, (credits[number] for number in numbers), strict=True)
        )
    for revision, key, words, numbers, went in value["departed"]:
        known = [credits[number] for number in numbers]
        book.pool.add(Departed(revision, tuple(key), words, known, *went))
    book.pool.through = value["through"]
    return book


def _credit(credit: Credit) -> list[Any]:
    one = credit.carried
    carried = one and [one.revision, list(one.source), one.left]  # type: ignore[call-overload]
    return [credit.revision, carried, [[gone.revision, gone.text, gone.by] for gone in credit.gone]]


def _read(value: list[Any]) -> Credit:
    revision, carried, gone = value
    came = carried and Carried(carried[0], tuple(carried[1]), carried[2])
    past = tuple(Gone(number, text, tuple(map(tuple, by))) for number, text, by in gone)
    return Credit(revision, came, past)
