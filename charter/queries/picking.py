"""Which revisions somebody looks for in the history of a charter, and what there is to choose."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Person
from charter.models import (
    Charter,
    Clause,
    ClausePrinciple,
    Principle,
    Revision,
    Wording,
)
from charter.queries.keeping import laid_text
from charter.queries.seats import seats_of
from charter.text.kinds import Kind
from charter.text.numbering import citations

UNITS = frozenset({Kind.PREAMBLE, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX})
OPENING = 60  # characters by which a clause without a number is known


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a revision must be to be listed; what is None or "" asks for nothing.

    `person` is its author, `delegation` (a primary key) the one its author
    sat in when it was committed. `clause`
    takes all that stands in that clause now, struck ones too. `principle` is a slug: changes of its
    entry, tags of it put on or taken off, and changes of clauses that serve it now. `since` is the
    first moment, `until` the first one after the last. `words` stand in its message. `cause` is the
    kind of act that made it.
    """

    person: UUID | None = None
    delegation: int | None = None
    clause: UUID | None = None
    principle: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    cause: str = ""


EVERYTHING = Wanted()


def picked(charter: Charter, wanted: Wanted) -> QuerySet[Revision]:
    """The revisions of the charter that are wanted, in no order."""
    found = charter.revisions.all()
    if wanted.person is not None:
        found = found.filter(author__in=Person.objects.filter(uuid=wanted.person).values("pk"))
    if wanted.delegation is not None:
        found = found.filter(_from_seats(charter, wanted.delegation))
    if wanted.clause is not None:
        found = found.filter(_touching(_with_all_in_it(charter, wanted.clause)))
    if wanted.principle:
        found = found.filter(_serving(charter, wanted.principle))
    if wanted.since is not None:
        found = found.filter(committed_at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(committed_at__lt=wanted.until)
    if wanted.cause:
        found = found.filter(cause=wanted.cause)
    if wanted.words:
        found = found.filter(message__icontains=wanted.words)
    return found


def _from_seats(charter: Charter, delegation: int) -> Q:
    """Revisions written from the seats of a delegation, whoever sits there now."""
    found = Q(pk__in=())
    for sat in seats_of(charter, ""):
        if sat.delegation == delegation:
            written = Q(author=sat.person, number__gt=sat.after)
            found |= written if sat.upto is None else written & Q(number__lte=sat.upto)
    return found


def _touching(clauses: list[UUID]) -> Q:
    """Revisions with a row of one of these clauses: read from the indexes of history alone."""
    own = {"clause__in": clauses}
    words = Wording.objects.filter(**own).values("id")
    tags = ClausePrinciple.objects.filter(**own).values("id")
    return (
        Q(number__in=Clause.history.filter(id__in=clauses).values("revision_number"))
        | Q(number__in=Wording.history.filter(id__in=words).values("revision_number"))
        | Q(number__in=ClausePrinciple.history.filter(id__in=tags).values("revision_number"))
    )


def _serving(charter: Charter, slug: str) -> Q:
    entry = Principle.objects.filter(charter=charter, slug=slug)
    tags = ClausePrinciple.objects.filter(principle__in=entry.values("id"))
    serving = list(tags.filter(withdrawn=False).values_list("clause", flat=True))
    numbers = "revision_number"
    return (
        Q(number__in=Principle.history.filter(id__in=entry.values("id")).values(numbers))
        | Q(number__in=ClausePrinciple.history.filter(id__in=tags.values("id")).values(numbers))
        | _touching(serving)
    )


_INSIDE = """
WITH RECURSIVE inside (id) AS (
  SELECT id FROM charter_clause WHERE charter_id = %s AND id = %s
  UNION
  SELECT below.id FROM charter_clause below JOIN inside ON below.parent_id = inside.id
) SELECT id FROM inside
"""


def _with_all_in_it(charter: Charter, clause: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_INSIDE, [charter.pk, clause])
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for, each with what it is called.

    `clauses` are the units of the text and `struck` the clauses that were struck themselves.
    """

    authors: tuple[tuple[UUID, str], ...]
    delegations: tuple[tuple[int, str], ...]
    clauses: tuple[tuple[UUID, str], ...]
    struck: tuple[tuple[UUID, str], ...]
    principles: tuple[tuple[str, str], ...]


def choices_of(charter: Charter, language: str, clause: UUID | None = None) -> Choices:
    """What the history of the charter can be filtered by. `clause` is offered whatever it is.

    Five queries, and those of the text when it is not at hand.
    """
    own = Revision.objects.filter(charter=charter, author=OuterRef("pk"))
    authors = Person.objects.filter(Exists(own))
    delegations = charter.delegations.select_related("party")
    return Choices(
        authors=tuple(
            sorted(((one.uuid, str(one)) for one in authors), key=lambda pair: pair[1].casefold())
        ),
        delegations=tuple((one.pk, one.party.name(language)) for one in delegations),
        clauses=tuple(_units(charter, language, clause)),
        struck=tuple(_struck(charter, language)),
        principles=tuple((one.slug, one.name(language)) for one in charter.principles.all()),
    )


def _units(charter: Charter, language: str, clause: UUID | None):
    revision = charter.revisions.filter(number=charter.head).first()
    outline = laid_text(charter, revision, language).outline
    for (_, one), cited in zip(outline.walk(), citations(outline), strict=True):
        if one.kind in UNITS or one.id == str(clause):
            yield UUID(one.id), named(cited, one.heading, one.text)


def _struck(charter: Charter, language: str):
    rows = Wording.objects.filter(clause__charter=charter, clause__struck=True, language=language)
    for clause, heading, text in rows.order_by("clause__rank", "clause").values_list(
        "clause", "heading", "text"
    ):
        if heading or text:
            yield clause, named("", heading, text)


def named(citation: str, heading: str, text: str) -> str:
    """What a clause is called in a list: its number, its heading or how its words begin."""
    opening = heading or text
    if len(opening) > OPENING:
        opening = f"{opening[:OPENING].rstrip()} …"
    return f"{citation} {opening}".strip() if heading or not citation else citation
