"""What was taken out of the text and can come back."""

from dataclasses import dataclass
from uuid import UUID

from charter.models import Charter, Clause, Wording
from charter.queries.timeline import replay


@dataclass(frozen=True, slots=True)
class StruckClause:
    """A struck clause with its words as they stand; `citation` is the one it had last.

    `number` is the revision that struck it.
    """

    id: UUID
    kind: str
    citation: str
    heading: str
    text: str
    number: int


def struck_clauses(charter: Charter, language: str) -> list[StruckClause]:
    """The clauses struck themselves, the last one first; what went with them is not listed."""
    rows = dict(Clause.objects.filter(charter=charter, struck=True).values_list("id", "kind"))
    if not rows:
        return []
    struck_in = _struck_in(rows)
    words = {
        clause: (heading, text)
        for clause, heading, text in Wording.objects.filter(
            clause__in=rows, language=language
        ).values_list("clause_id", "heading", "text")
    }
    steps = replay(charter, set(struck_in.values()), language)
    found = [
        StruckClause(
            id=clause,
            kind=kind,
            citation=steps[struck_in[clause]].citation(clause),
            heading=words.get(clause, ("", ""))[0],
            text=words.get(clause, ("", ""))[1],
            number=struck_in[clause],
        )
        for clause, kind in rows.items()
    ]
    return sorted(found, key=lambda one: one.number, reverse=True)


def _struck_in(clauses: dict[UUID, str]) -> dict[UUID, int]:
    """The revision of the first history row since which each clause has been struck."""
    history = Clause.history.filter(id__in=clauses).order_by("id", "revision_number")
    found: dict[UUID, int] = {}
    for clause, number, struck in history.values_list("id", "revision_number", "struck"):
        if not struck:
            found.pop(clause, None)
        else:
            found.setdefault(clause, number)
    return found
