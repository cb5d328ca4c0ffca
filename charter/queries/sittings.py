"""Sittings: runs of revisions with no long pause between any two."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from charter.models import ROOT, Charter
from charter.queries.history import Entry
from charter.queries.measures import NOTHING, Measure

PAUSE = timedelta(hours=6)  # between two sittings


@dataclass(frozen=True, slots=True)
class Sitting:
    """Entries of history, newest first, with no pause longer than `PAUSE` between any two."""

    entries: tuple[Entry, ...]

    @property
    def began(self) -> datetime:
        return self.entries[-1].at

    @property
    def ended(self) -> datetime:
        return self.entries[0].at

    @property
    def one_day(self) -> bool:
        return self.began.date() == self.ended.date()

    @property
    def authors(self) -> list[str]:
        """Everybody who worked in it, in order of appearance."""
        return list(dict.fromkeys(entry.author for entry in reversed(self.entries)))

    @property
    def others(self) -> int:
        """How many there are beside the first four authors."""
        return max(0, len(self.authors) - 4)

    @property
    def clauses(self) -> int:
        """How many different clauses it changed, the title left out."""
        touched = (clause for entry in self.entries for clause in entry.touched)
        return len({clause.id for clause in touched if clause.kind != ROOT})

    @property
    def words(self) -> Measure:
        """The words that came and went in its revisions, one after another."""
        return sum((entry.measure for entry in self.entries), NOTHING)


def sittings(entries: Sequence[Entry]) -> list[Sitting]:
    """Entries, newest first, in groups parted by pauses."""
    moments = [entry.at for entry in entries]
    return [Sitting(tuple(entries[start:end])) for start, end in runs(moments)]


def runs(moments: Sequence[datetime]) -> Iterator[tuple[int, int]]:
    """The sittings of revisions committed at these moments, in either order: [start, end)."""
    start = 0
    for at in range(1, len(moments)):
        if abs(moments[at] - moments[at - 1]) > PAUSE:
            yield start, at
            start = at
    if moments:
        yield start, len(moments)


_BEGAN = """
SELECT number FROM (
  SELECT number, committed_at - lag(committed_at) OVER (ORDER BY number) AS pause
  FROM charter_revision WHERE charter_id = %s AND number <= %s
) one
WHERE pause IS NULL OR pause > %s OR pause < -%s
ORDER BY number
"""


def sittings_of(charter: Charter, numbers: Sequence[int]) -> dict[int, int]:
    """The first revision of the sitting each of these belongs to. One query."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BEGAN, [charter.pk, max(numbers), PAUSE, PAUSE])
        began = [number for (number,) in cursor.fetchall()]
    return {number: began[bisect_right(began, number) - 1] for number in numbers}


def cut(moments: Sequence[datetime], limit: int) -> int:
    """How many revisions, committed at these moments, newest first, make a page: `limit`, and the
    rest of the sitting that would be torn there."""
    return next((end for _, end in runs(moments) if end >= limit), len(moments))
