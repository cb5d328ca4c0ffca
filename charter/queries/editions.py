"""The editions of a charter."""

from dataclasses import dataclass
from datetime import datetime

from charter.models import Charter


@dataclass(frozen=True, slots=True)
class NamedRevision:
    """An edition: the revision it names, and who named it when."""

    id: int
    number: int
    name: str
    symbol: str
    named_by: str
    named_at: datetime


def editions_of(charter: Charter) -> list[NamedRevision]:
    """Every edition, in the order of their revisions. One query."""
    return [
        NamedRevision(
            id=edition.pk,
            number=edition.revision.number,
            name=edition.name,
            symbol=edition.symbol,
            named_by=str(edition.named_by),
            named_at=edition.named_at,
        )
        for edition in charter.editions.select_related("revision", "named_by")
    ]
