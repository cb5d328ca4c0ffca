"""The statements of delegations, now or as of a revision. Whoever reads the charter reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from charter.models import Charter, Statement, StatementKind
from charter.queries.texts import text_at
from charter.text.numbering import citations


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """When a statement was taken back, and by whom."""

    note: str
    revision: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement. `clause` None: it is on the charter as a whole.

    `citation` is the clause's in the text it was asked for, "" where the clause is not in it.
    `team` is the delegation's name in the language asked for, `code` its party's.
    """

    id: UUID
    number: int
    kind: StatementKind
    delegation: int
    team: str
    code: str
    clause: UUID | None
    citation: str
    language: str
    text: str
    revision: int
    at: datetime
    by: str
    withdrawn: Withdrawn | None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its words, a paragraph each."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


class NoStatement(LookupError):
    """The charter has no such statement."""


def statements_of(
    charter: Charter,
    language: str = "",
    *,
    at: int | None = None,
    clause: UUID | None = None,
    delegation: int | None = None,
    withdrawn: bool = False,
) -> tuple[Stated, ...]:
    """Those that stand now or as of revision `at`: on the whole first, then in the order of the
    text, then those on clauses that are not in it.

    Only those of a clause, or of a delegation, where that is asked for; those that were taken back
    by then too, if `withdrawn`. One query, and the text where there are any.
    """
    number = charter.head if at is None else at
    rows = Statement.objects.filter(charter=charter, revision__lte=number)
    if clause is not None:
        rows = rows.filter(clause=clause)
    if delegation is not None:
        rows = rows.filter(delegation=delegation)
    if not withdrawn:
        rows = rows.filter(Q(withdrawal=None) | Q(withdrawal__revision__gt=number))
    return _stated(charter, list(_with_names(rows)), language, number)


def statement_of(charter: Charter, statement: UUID, language: str = "") -> Stated:
    """One statement, withdrawn or not. Raises NoStatement."""
    rows = list(_with_names(Statement.objects.filter(charter=charter, uuid=statement)))
    if not rows:
        raise NoStatement(statement)
    return _stated(charter, rows, language, charter.head)[0]


def _with_names(rows):
    return rows.select_related("delegation__party", "actor", "withdrawal__actor").order_by("number")


def _stated(
    charter: Charter, rows: Iterable[Statement], language: str, number: int
) -> tuple[Stated, ...]:
    rows = list(rows)
    if not rows:
        return ()
    language = language or charter.working_language
    cited, order = (
        _places(charter, number, language) if any(r.clause_id for r in rows) else ({}, {})
    )
    last = len(order)
    rows.sort(key=lambda row: -1 if row.clause_id is None else order.get(row.clause_id, last))
    return tuple(
        Stated(
            id=row.uuid,
            number=row.number,
            kind=StatementKind(row.kind),
            delegation=row.delegation_id,
            team=row.delegation.party.name(language),
            code=row.delegation.party.code,
            clause=row.clause_id,
            citation=cited.get(row.clause_id, ""),
            language=row.language,
            text=row.text,
            revision=row.revision,
            at=row.at,
            by=row.actor.name,
            withdrawn=_withdrawn(row, number),
        )
        for row in rows
    )


def _withdrawn(row: Statement, number: int) -> Withdrawn | None:
    gone = getattr(row, "withdrawal", None)
    if gone is None or gone.revision > number:
        return None
    return Withdrawn(gone.note, gone.revision, gone.at, gone.actor.name)


def _places(
    charter: Charter, number: int, language: str
) -> tuple[dict[UUID, str], dict[UUID, int]]:
    """How each clause of the text is cited, and its place in it."""
    text = text_at(charter, number, language)
    ids = [UUID(clause.id) for _depth, clause in text.walk()]
    said = citations(text)
    return dict(zip(ids, said, strict=True)), {one: place for place, one in enumerate(ids)}
