"""The amendments on the table beside the clauses of a text, the current one or an earlier one;
beside the current one the drafts of the reader's own delegation too.

A constant number of queries, however many amendments there are.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from charter.access import Seat
from charter.models import Amendment, ChangeStanding, Charter, Clause, ProposedAct, ProposedChange
from charter.queries.amendments import open_changes, proposer, sponsors_by_amendment
from charter.queries.rolling import asked_then, end_of, on_the_table


@dataclass(frozen=True, slots=True)
class Beside:
    """A change that an amendment asks for, in a word. `language` is "" for any.

    `symbol` is A-12, "" for a draft, which its own people alone see. `by` names those who stand
    behind the amendment, the proposer first. `standing` is None beside an earlier text: how a
    change stood then is not kept. `gone`: it is about a clause that is not in the text, and stands
    where that was.
    """

    amendment: UUID
    change: UUID
    symbol: str
    title: str
    by: str
    act: ProposedAct
    standing: ChangeStanding | None
    language: str
    gone: bool = False


def amendments_beside(
    seat: Seat, language: str, clauses: Collection[str], root: UUID
) -> dict[str, tuple[Beside, ...]]:
    """The open changes by the id of the clause they stand beside, by number and place.

    `clauses` are the ids in the text, `root` that of the title. An insertion stands beside the
    clause it is to come after, or the one it is to come into; what is about the title, or the very
    beginning, beside "". A change of a clause that is not in the text stands beside the one that
    was before it, or the one it stood in.
    """
    changes = [(one.amendment, one) for one in open_changes(seat, drafts=True)]
    return _beside(seat.charter, changes, language, clauses, root)


def amendments_beside_at(
    charter: Charter, number: int, language: str, clauses: Collection[str], root: UUID
) -> dict[str, tuple[Beside, ...]]:
    """The same of what was on the table while revision `number` was the head."""
    moment = end_of(charter, number)
    amendments = {one.pk: one for one in on_the_table(charter, moment)}
    if not amendments:
        return {}
    changes = [(amendments[one.amendment_id], one) for one in asked_then(amendments, moment)]
    return _beside(charter, changes, language, clauses, root, moment, then=True)


def _beside(
    charter: Charter,
    changes: Collection[tuple[Amendment, ProposedChange]],
    language: str,
    clauses: Collection[str],
    root: UUID,
    moment: datetime | None = None,
    *,
    then: bool = False,
) -> dict[str, tuple[Beside, ...]]:
    sponsors = sponsors_by_amendment({one.pk for one, _change in changes}, language, moment)
    place_of = _places(charter, [change for _amendment, change in changes], clauses, str(root))
    found = defaultdict(list)
    for amendment, change in changes:
        by = (proposer(amendment, language), *sponsors.get(amendment.pk, ()))
        place, gone = place_of(change)
        found[place].append(
            Beside(
                amendment=amendment.uuid,
                change=change.uuid,
                symbol=str(amendment) if amendment.number else "",
                title=amendment.title,
                by=", ".join(by),
                act=ProposedAct(change.act),
                standing=None if then else ChangeStanding(change.standing),
                language=change.language,
                gone=gone,
            )
        )
    return {place: tuple(some) for place, some in found.items()}


def _places(
    charter: Charter, changes: Iterable[ProposedChange], clauses: Collection[str], root: str
) -> Callable[[ProposedChange], tuple[str, bool]]:
    """For a change, the clause it stands beside, "" for the title; and whether its own is gone."""
    named = {str(one.clause_id or one.after_id or one.parent_id) for one in changes}
    tree = _Tree(charter) if named - set(clauses) - {root} else None

    def place_of(change: ProposedChange) -> tuple[str, bool]:
        place = str(change.clause_id or change.after_id or change.parent_id)
        if place in clauses:
            return place, False
        if place == root or tree is None:
            return "", False
        return tree.near(place, clauses), change.act != ProposedAct.INSERT

    return place_of


def place_left(charter: Charter, clause: UUID, clauses: Collection[str]) -> str:
    """Where in a text of these clauses one that is not in it stood: "after:" or "inside:" and the
    id of a clause, or "first". One query."""
    tree = _Tree(charter)
    near, around = tree.near(str(clause), clauses), str(clause)
    while around and around != near:
        around = tree.parents.get(around, "")
    return f"{'inside' if around else 'after'}:{near}" if near in clauses else "first"


class _Tree:
    """Where every clause of a charter stands or stood, struck ones too. One query."""

    def __init__(self, charter: Charter) -> None:
        self.parents: Mapping[str, str] = {}
        self.before: Mapping[str, str] = {}  # the sibling that stands before a clause
        rows = Clause.objects.filter(charter=charter).order_by("rank", "id")
        last: dict[str, str] = {}
        for id, parent in rows.values_list("id", "parent"):
            inside = str(parent) if parent else ""
            self.parents[str(id)] = inside
            self.before[str(id)] = last.get(inside, "")
            last[inside] = str(id)

    def near(self, clause: str, clauses: Collection[str]) -> str:
        """The nearest clause of the text before this one, among its siblings or around it."""
        while clause and clause not in clauses:
            clause = self.before.get(clause) or self.parents.get(clause, "")
        return clause
