"""The revisions that one goes through, of a charter or of one clause."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from charter.models import Charter, Revision
from charter.queries.picking import Wanted, picked

MOST = 1_000  # revisions of a clause that one goes through, the newest
AROUND = 200  # revisions on either side of one that is shown


@dataclass(frozen=True, slots=True)
class Run:
    """Revisions in order: all up to `head`, or only `numbers`."""

    head: int
    numbers: tuple[int, ...] | None = None

    @property
    def empty(self) -> bool:
        return self.first > self.last

    @property
    def first(self) -> int:
        return 1 if self.numbers is None else self.numbers[0] if self.numbers else 1

    @property
    def last(self) -> int:
        return self.head if self.numbers is None else self.numbers[-1] if self.numbers else 0

    def nearest(self, number: int) -> int:
        """The last of them that is no later, else the first; 0 where there are none."""
        if self.empty:
            return 0
        if self.numbers is None:
            return number
        at = bisect_right(self.numbers, number)
        return self.numbers[at - 1] if at else self.numbers[0]

    def before(self, number: int) -> int | None:
        """The one before, None for the first."""
        if self.numbers is None:
            return number - 1 if number > 1 else None
        at = bisect_left(self.numbers, number)
        return self.numbers[at - 1] if at else None

    def after(self, number: int) -> int | None:
        """The one after, None for the last."""
        if self.numbers is None:
            return number + 1 if number < self.head else None
        at = bisect_right(self.numbers, number)
        return self.numbers[at] if at < len(self.numbers) else None

    def around(self, number: int) -> Sequence[int]:
        """Those next to it on both sides, and itself."""
        if self.numbers is None:
            return range(max(1, number - AROUND), min(self.head, number + AROUND) + 1)
        at = bisect_left(self.numbers, number)
        return self.numbers[max(0, at - AROUND) : at + AROUND + 1]


def run_of(charter: Charter, clause: UUID | None, at: int) -> Run:
    """All revisions, or those that changed the clause or something in it: MOST around `at`."""
    if clause is None:
        return Run(charter.head)
    own = picked(charter, Wanted(clause=clause)).values_list("number", flat=True)
    older = own.filter(number__lte=at).order_by("-number")[: MOST // 2]
    newer = own.filter(number__gt=at).order_by("number")[: MOST // 2]
    return Run(charter.head, (*reversed(older), *newer))


def window(charter: Charter, run: Run, at: int) -> list[Revision]:
    """The revisions near `at`, with their authors."""
    return numbered(charter, run.around(at))


def numbered(charter: Charter, numbers: Sequence[int]) -> list[Revision]:
    """The revisions of these numbers in order, with their authors; those that there are."""
    rows = charter.revisions.select_related("author").filter(number__in=list(numbers))
    return list(rows.order_by("number"))
