"""Where a proposed move would take its clause, and how that is said."""

from collections.abc import Mapping
from dataclasses import dataclass

from charter.text.numbering import citations
from charter.text.outline import Outline
from charter.text.rolled import Proposal

MOVES: Mapping[str, str] = {
    "move_behind": "to be moved behind {place}",
    "move_first_in": "to be moved to the beginning of {place}",
    "move_lost": "to be moved to a place that is not in the text any more",
    "the_text": "the text",
}


@dataclass(frozen=True, slots=True)
class Destination:
    """Behind the clause that `after` cites, or at the beginning of `inside` ("": of the text).

    It is not `there` any more where the text has lost the place.
    """

    after: str = ""
    inside: str = ""
    there: bool = True

    def said(self, words: Mapping[str, str]) -> str:
        """In words, which have the keys of MOVES."""
        if not self.there:
            return words["move_lost"]
        if self.after:
            return words["move_behind"].format(place=self.after)
        return words["move_first_in"].format(place=self.inside or words["the_text"])


def destination(ask: Proposal, cited: Mapping[str, str]) -> Destination:
    """Where a move goes; `cited` has the citations of the text's clauses by id."""
    after, inside = cited.get(ask.after), cited.get(ask.parent)
    return Destination(
        after=after or "",
        inside="" if after else inside or "",
        there=(after is not None or not ask.after) and (inside is not None or not ask.parent),
    )


def citations_of(outline: Outline) -> dict[str, str]:
    """The citation of each clause by its id."""
    pairs = zip(outline.walk(), citations(outline), strict=True)
    return {clause.id: citation for (_, clause), citation in pairs}
