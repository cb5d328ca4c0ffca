"""Which items of an outline have numbers that Markdown would count up, and so print others."""

import re
from collections.abc import Sequence

from charter.text.laid import TITLED
from charter.text.outline import Outline

PLAIN = re.compile(r"\d{1,9}[.)]")  # a number that Markdown has, too


def given(outline: Outline, numbers: Sequence[str]) -> frozenset[int]:
    """The places of items in lists that have one number throughout, "1. 1. 1.".

    `numbers` is what is printed at each clause. Items are in one list where they stand equally far
    in, with no words between that are in neither.
    """
    lists = _Lists(numbers)
    columns: list[int] = []  # how far in stands what the clauses around this one hold
    units: list[int] = []  # how deep the units stand that are open here
    for place, (depth, clause) in enumerate(outline.walk()):
        del columns[depth:]
        column = columns[-1] if columns else 0
        left = bool(units) and units[-1] >= depth  # a line across the page is written here
        while units and units[-1] >= depth:
            units.pop()
        if clause.kind in TITLED or left:
            lists.close(0)
        if clause.kind in TITLED:
            columns.append(0)
            units.append(depth)
            continue
        lists.take(place, column)
        columns.append(column + bool(numbers[place]))
    lists.close(0)
    return frozenset(lists.found)


class _Lists:
    """The lists open at each column, as places of their items."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self.numbers = numbers
        self.open: dict[int, list[int]] = {}
        self.found: set[int] = set()

    def take(self, place: int, column: int) -> None:
        number = self.numbers[place]
        plain = PLAIN.fullmatch(number) is not None
        going = self.open.get(column, ())
        goes_on = plain and all(self.numbers[at][-1] == number[-1] for at in going[-1:])
        self.close(column + goes_on)
        if plain:
            self.open.setdefault(column, []).append(place)

    def close(self, column: int) -> None:
        """What stands this far in, and further, is over."""
        for at in [at for at in self.open if at >= column]:
            places = self.open.pop(at)
            if len(places) > 1 and len({self.numbers[place] for place in places}) == 1:
                self.found.update(places)
