"""Articles whose words go on behind their number, in scripts without capitals: "ข้อ ๑ สมาคมนี้…".

Where there are capitals, one shows that words begin there. Here a row does: all such lines of a
text count from one, with those that have a number alone.
"""

from collections.abc import Sequence

from charter.formats.labels import named
from charter.formats.lines import unit
from charter.formats.wrapping import joined
from charter.text.kinds import Kind

_FEWEST = 3  # articles of a row
_START = 60  # signs in which a name and its number stand


def run_in_units(lines: Sequence[str]) -> frozenset[str]:
    """The lines, with their blanks as one, in which an article begins so."""
    numbers: list[int] = []
    found: set[str] = set()
    for line in lines:
        start = line[:_START]
        if not start[:1].strip() or start.isascii() or named(start) is None:
            continue
        words = joined([line])
        name = named(words)
        if name is None or name.kind is not Kind.ARTICLE:
            continue
        digits = "".join(sign for sign in name.label if sign.isdecimal())
        caseless = not name.rest or name.rest[0].lower() == name.rest[0].upper()
        if digits and caseless and len(digits) < 5:
            numbers.append(int(digits))
            if unit(words) is None:
                found.add(words)
    in_row = numbers == [*range(1, len(numbers) + 1)] and len(numbers) >= _FEWEST
    return frozenset(found) if in_row else frozenset()
