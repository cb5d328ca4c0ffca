"""How far each clause is agreed, and the steps that led there.

A clause whose words, or what is below it, changed after its last step is open again. That is
found by comparing with history, so that no save pays for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from charter.models import Charter, LadderStep, Rung
from charter.queries.touched import touched_at


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a clause: the rung it was put on, at revision `revision`.

    `fell` is the revision that changed the words after the step and before the next, None when
    none did. For a step before the last it is not looked for: the next step took its place.
    """

    clause: UUID
    rung: Rung
    note: str
    revision: int
    at: datetime
    by: str
    fell: int | None = None

    @property
    def now(self) -> Rung:
        """Where the clause stands with it."""
        return Rung.OPEN if self.fell else self.rung


def rungs_of(charter: Charter, at: int | None = None) -> Mapping[UUID, Step]:
    """The last step of each clause that ever took one, now or as of revision `at`.

    One query where there are none, else at most four.
    """
    number = charter.head if at is None else at
    last = (
        LadderStep.objects.filter(charter=charter, revision__lte=number)
        .order_by("clause_id", "-pk")
        .distinct("clause_id")
        .select_related("actor")
    )
    rows = list(last)
    touched = touched_at(charter, number) if rows else {}
    return {row.clause_id: _step(row, touched) for row in rows}


def steps_of(charter: Charter, clause: UUID) -> tuple[Step, ...]:
    """The steps of one clause, the latest first. At most three queries."""
    rows = LadderStep.objects.filter(charter=charter, clause=clause).select_related("actor")
    found = list(rows.order_by("-pk"))
    touched = touched_at(charter, charter.head) if found else {}
    return tuple(_step(row, touched if place == 0 else {}) for place, row in enumerate(found))


def _step(row: LadderStep, touched: Mapping[UUID, int]) -> Step:
    last = touched.get(row.clause_id, 0)
    return Step(
        clause=row.clause_id,
        rung=Rung(row.rung),
        note=row.note,
        revision=row.revision,
        at=row.at,
        by=row.actor.name,
        fell=last if last > row.revision and row.rung != Rung.OPEN else None,
    )
