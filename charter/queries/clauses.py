"""One clause as of a revision, whole: its place, its words in every language, its principles."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from charter.models import ROOT, Charter, Revision
from charter.queries.keeping import laid_text
from charter.queries.states import clause_at, principles_at, words_at
from charter.text.words import Words


@dataclass(frozen=True, slots=True)
class WholeClause:
    """`kind` is "charter" for the root. `standing` says whether it is in the text, `number` and
    `citation` are "" where it is not. `parent` is None at the top level."""

    id: UUID
    revision: int
    kind: str
    number: str
    citation: str
    numeral: str | None
    struck: bool
    standing: bool
    parent: UUID | None
    words: Mapping[str, Words]
    principles: tuple[str, ...]


def whole_clause(
    charter: Charter, clause: UUID, language: str, number: int | None = None
) -> WholeClause | None:
    """The clause as of revision `number` (None: the head); None when it was not there yet.

    The number of queries depends on nothing; the numbers are of `language`.
    """
    number = charter.head if number is None else number
    revision: Revision | None = charter.revisions.filter(number=number).first()
    if revision is None:
        return None
    row = clause_at(clause, number)
    if row is None or row.charter_id != charter.pk:
        return None
    laid = laid_text(charter, revision, language)
    found = next((one for one in laid.redline.rows if one.id == str(clause)), None)
    root = row.kind == ROOT
    return WholeClause(
        id=clause,
        revision=number,
        kind=row.kind,
        number=found.label if found else "",
        citation=found.citation if found else "",
        numeral=None if root else row.numeral,
        struck=row.struck,
        standing=found is not None or root,
        parent=None if row.parent_id == laid.root else row.parent_id,
        words=words_at(clause, charter.languages, number),
        principles=tuple(sorted(principles_at(clause, number))),
    )
