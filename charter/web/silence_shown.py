"""What a procedure has under silence, word for word, and the procedures that one thing was in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from charter.access import Right, Seat
from charter.models import Charter, SilenceKind, SilenceState
from charter.queries.silence import Procedure, silences_about
from charter.queries.texts import text_at
from charter.text.numbering import citations, labels
from charter.text.outline import Clause
from charter.web.words import WordsHtml

MOST = 200  # clauses shown; the text itself has the others


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause under silence, or one that stands in it so many levels down, as HTML."""

    id: str
    depth: int
    label: str
    heading: str
    html: str
    notes: str


def shown_words(charter: Charter, found: Procedure, language: str) -> list[ShownClause]:
    """The clauses of a procedure as of its revision, with all below them."""
    if found.kind != SilenceKind.CLAUSES:
        return []
    text = text_at(charter, found.revision, language)
    wanted = {str(item.clause) for item in found.items}
    cited, printed = citations(text), labels(text)
    rows = list(text.walk())
    words = WordsHtml({clause.id: said for (_, clause), said in zip(rows, cited, strict=True)})
    shown: list[ShownClause] = []
    within: int | None = None  # the depth of the clause under silence that the walk is in
    for (depth, clause), citation, label in zip(rows, cited, printed, strict=True):
        if within is not None and depth <= within:
            within = None
        if within is None and clause.id in wanted:
            within = depth
        if within is None:
            continue
        shown.append(_shown(clause, depth - within, citation if depth == within else label, words))
        if len(shown) == MOST:
            break
    return shown


def _shown(clause: Clause, depth: int, label: str, words: WordsHtml) -> ShownClause:
    heading, body = words.heading(clause.heading, clause.id), words.of(clause.text, key=clause.id)
    return ShownClause(clause.id, depth, label, heading.html, body.html, heading.notes + body.notes)


def silence_context(
    seat: Seat, *, clause: UUID | None = None, amendment: UUID | None = None
) -> dict[str, Any]:
    """What `silence/about.html` needs for a clause or an amendment; nothing for neither."""
    if clause is None and amendment is None:
        return {"silences": [], "silence_new": ""}
    found = silences_about(seat.charter, clause=clause, amendment=amendment)
    free = all(one.state != SilenceState.RUNNING for one in found)
    named = {"of": SilenceKind.CLAUSES, "clause": clause}
    if amendment is not None:
        named = {"of": SilenceKind.AMENDMENTS, "amendment": amendment}
    address = reverse("silence_new", args=[seat.charter.slug], query=named)
    return {"silences": found, "silence_new": address if free and seat.may(Right.SILENCE) else ""}
