"""The points of a charter's history that a reader can choose from: editions and revisions."""

from dataclasses import dataclass
from datetime import datetime

from charter.models import Charter

LATEST = 200  # revisions offered; any other is reached from history or by its number


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """An edition, by the number of its revision."""

    number: int
    name: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Points:
    """`editions` in the order they were named; `revisions` newest first, each with its time."""

    editions: tuple[NamedPoint, ...]
    revisions: tuple[tuple[int, datetime], ...]

    @property
    def named(self) -> frozenset[int]:
        """The revisions that have a name."""
        return frozenset(edition.number for edition in self.editions)

    def name(self, number: int) -> str:
        """The last edition named at this revision, or ""."""
        return next((e.name for e in reversed(self.editions) if e.number == number), "")


def points_of(charter: Charter, *also: int | None) -> Points:
    """What can be chosen: every edition, the latest revisions, and those in `also`. Two queries."""
    editions = charter.editions.select_related("revision")
    revisions = charter.revisions.filter(number__gt=charter.head - LATEST) | (
        charter.revisions.filter(number__in=[number for number in also if number])
    )
    return Points(
        editions=tuple(
            NamedPoint(edition.revision.number, edition.name, edition.symbol)
            for edition in editions
        ),
        revisions=tuple(revisions.order_by("-number").values_list("number", "committed_at")),
    )


def digest_at(charter: Charter, number: int) -> str:
    """The digest of a revision, "" where there is none. No query for the head."""
    if number == charter.head:
        return charter.digest
    found = charter.revisions.filter(number=number).values_list("digest", flat=True).first()
    return found or ""
