"""The charters a person may know of."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F, OuterRef, Subquery

from accounts.models import Person
from charter.access import visible_to
from charter.models import Charter, Membership, Revision, Role, Stage

# A clause under a struck one is out of the text too, so the tree has to be walked.
_STANDING = """
WITH RECURSIVE standing AS (
    SELECT id, charter_id FROM charter_clause WHERE parent_id IS NULL AND charter_id = ANY(%s)
    UNION ALL
    SELECT below.id, below.charter_id
    FROM charter_clause below JOIN standing ON below.parent_id = standing.id
    WHERE NOT below.struck
)
SELECT charter_id, count(*) - 1 FROM standing GROUP BY charter_id
"""


@dataclass(frozen=True, slots=True)
class ListedCharter:
    """A charter as its member sees it in a list. `number` is its head, 0 before any revision.

    `title` is what it goes by, `called` the same in the language of the interface. `clauses` counts
    what stands in the text now; `changed_by` and `changed_at` are of the head.
    """

    slug: str
    title: str
    called: str
    stage: Stage
    role: Role
    languages: tuple[str, ...]
    number: int
    changed_by: str
    changed_at: datetime | None
    clauses: int


def charters_of(person: Person | AnonymousUser) -> list[ListedCharter]:
    """The person's charters, the one changed last first. Two queries, however many there are."""
    head = Revision.objects.filter(charter=OuterRef("pk"), number=OuterRef("head"))
    seat = Membership.objects.filter(charter=OuterRef("pk"), person=person.pk)
    charters = list(
        visible_to(person)
        .annotate(
            role=Subquery(seat.values("role")),
            changed_by=Subquery(head.values("author__name")),
            changed_at=Subquery(head.values("committed_at")),
        )
        .order_by(F("changed_at").desc(nulls_last=True), "title", "pk")
    )
    counts = _standing_clauses([charter.pk for charter in charters])
    return [
        ListedCharter(
            slug=charter.slug,
            title=charter.title,
            called=charter.called,
            stage=Stage(charter.stage),
            role=Role(charter.role),
            languages=tuple(charter.languages),
            number=charter.head,
            changed_by=charter.changed_by or "",
            changed_at=charter.changed_at,
            clauses=counts.get(charter.pk, 0),
        )
        for charter in charters
    ]


def clauses_of(charter: Charter) -> int:
    """How many clauses stand in the text now."""
    return _standing_clauses([charter.pk]).get(charter.pk, 0)


def _standing_clauses(charters: list[int]) -> dict[int, int]:
    if not charters:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [charters])
        return dict(cursor.fetchall())
