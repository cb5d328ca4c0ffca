"""The words that changes of amendments propose, as they were written."""

from collections.abc import Iterator

from charter.models import ProposedAct, ProposedChange
from charter.text import outline_json
from charter.text.outline import Clause
from charter.text.words import Words


def planted(change: ProposedChange) -> Iterator[tuple[int, Clause]]:
    """The clauses that an insertion puts in, in reading order, each with its depth."""
    for clause in outline_json.decode({"clauses": change.planted}).clauses:
        yield from clause.walk()


def parts_of(change: ProposedChange) -> tuple[Words, ...]:
    """The wordings a change proposes; none for a strike or a move. See `charter.text.proposal`."""
    if change.act == ProposedAct.REWORD:
        return (Words(change.heading, change.text),)
    return tuple(Words(clause.heading, clause.text) for _depth, clause in planted(change))
