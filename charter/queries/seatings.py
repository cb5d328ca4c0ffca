"""Who came into a delegation, by whose word, and who left. All who read the charter see it."""

from dataclasses import dataclass
from datetime import datetime

from charter.models import Seating, SeatingKind

LATEST = 50  # lines that are shown


@dataclass(frozen=True, slots=True)
class ShownSeating:
    """A line of a delegation's log. `actor` is "" where the operator of the installation acted."""

    kind: SeatingKind
    person: str
    actor: str
    at: datetime


def seatings_of(delegation: int) -> tuple[ShownSeating, ...]:
    """The latest lines, newest first. One query."""
    rows = Seating.objects.filter(delegation=delegation).select_related("person", "actor")
    return tuple(
        ShownSeating(
            kind=SeatingKind(row.kind),
            person=str(row.person),
            actor=str(row.actor) if row.actor else "",
            at=row.at,
        )
        for row in rows.order_by("-pk")[:LATEST]
    )
