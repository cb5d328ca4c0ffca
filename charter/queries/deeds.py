"""What one revision did: every row it changed, before and after."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, OuterRef, Subquery

from charter.models import Charter
from charter.models.states import TABLES


@dataclass(frozen=True, slots=True)
class Deed:
    """One row as a revision found it (None: it made it) and left it; both are history rows."""

    before: Any | None
    after: Any

    @property
    def made(self) -> bool:
        """Whether the revision made the row."""
        return self.before is None


def deeds_of(charter: Charter, number: int) -> dict[type[Model], list[Deed]]:
    """What revision `number` did, by table, in the order it was written. Two queries a table."""
    return {model: _deeds(model, charter, number) for model in TABLES}


def _deeds(model: type[Model], charter: Charter, number: int) -> list[Deed]:
    history = model.history.model.objects
    last = history.filter(id=OuterRef("id"), revision_number__lt=number)
    rows = list(
        history.filter(revision__charter=charter, revision__number=number)
        .annotate(preceding=Subquery(last.order_by("-revision_number").values("history_id")[:1]))
        .order_by("history_id")
    )
    before = history.in_bulk([row.preceding for row in rows if row.preceding])
    return [Deed(before.get(row.preceding), row) for row in rows]
