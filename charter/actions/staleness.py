"""Whether what is to change of a clause is still what the actor saw: its place, kind and number.

A property that nobody changed since, or that was changed to what is wanted, is no conflict, and
neither are changes of different properties. Inside a change set an operation is held against the
ones before it, as `Draft` says.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from charter.actions.drafts import Draft
from charter.actions.refusals import NoSuch, Refused
from charter.actions.values import Spot
from charter.models import ROOT, Clause
from charter.queries.states import clause_at
from charter.queries.timeline import Place, places_at
from charter.text.siblings import displaced

KIND, NUMERAL, PLACE = "kind", "numeral", "place"

_Tree = dict[UUID, Place]
Aspect = Spot | str | None


class StaleClause(Refused):
    """Somebody changed the same property of the clause after revision `base`: a person must decide.

    `part` is "place", "kind" or "numeral". `base`, `theirs` and `yours` are its values, a place as
    a `Spot`; `head` is the revision in which `theirs` stands.
    """

    code = "stale_clause"

    def __init__(
        self, part: str, *, base: Aspect, theirs: Aspect, yours: Aspect, head: int
    ) -> None:
        said = {
            "place": _("Somebody has moved this clause since you began."),
            "kind": _("Somebody has given this clause another kind since you began."),
            "numeral": _("Somebody has changed the number of this clause since you began."),
        }
        super().__init__(said[part])
        self.part = part
        self.base, self.theirs, self.yours = base, theirs, yours
        self.head = head


def wished(draft: Draft, row: Clause, part: str, wish: str | None, base: int) -> bool:
    """Whether the kind or the number of a clause is to become this: it differs from what stood in
    revision `base`, and from what stands now. StaleClause where somebody made it a third thing."""
    was, now = _seen(draft, row, part, base), getattr(row, part)
    draft.recast[row.pk, part] = wish
    if wish in (was, now):
        return False
    if was != now:
        raise StaleClause(part, base=was, theirs=now, yours=wish, head=draft.charter.head)
    return True


def _seen(draft: Draft, row: Clause, part: str, base: int) -> str | None:
    if (row.pk, part) in draft.recast:
        return draft.recast[row.pk, part]
    if base == draft.charter.head or row._state.adding:
        return getattr(row, part)
    was = clause_at(row.pk, base)
    if was is None:
        raise NoSuch(_("The clause was not there in that revision."))
    return getattr(was, part)


def require_unmoved(draft: Draft, row: Clause, base: int | None, yours: Spot) -> None:
    """StaleClause when the clause stands elsewhere than in revision `base`; None asks nothing.

    Siblings that came or went, or whose ranks were spread anew, have moved nothing.
    """
    head = draft.charter.head
    if base is None or base >= head or row._state.adding or row.pk in draft.moved:
        return
    if not Clause.history.filter(id=row.pk, revision_number__gt=base).exists():
        return
    was, now = (places_at(draft.charter, number) for number in (base, head))
    if row.pk not in was:
        raise NoSuch(_("The clause was not there in that revision."))
    holder = was[row.pk].parent
    lines = _line(was, holder), _line(now, now[row.pk].parent)
    if holder != now[row.pk].parent or row.pk in displaced(*lines):
        base_spot, theirs = _spot(was, row.pk), _spot(now, row.pk)
        raise StaleClause(PLACE, base=base_spot, theirs=theirs, yours=yours, head=head)


def _line(tree: _Tree, holder: UUID | None) -> list[tuple[UUID, str]]:
    inside = [(one.rank, key) for key, one in tree.items() if one.parent == holder]
    return [(key, rank) for rank, key in sorted(inside)]


def _spot(tree: _Tree, clause: UUID) -> Spot:
    """Where a clause stands among those that are in the text."""
    holder, last = tree[clause].parent, None
    for key, _rank in _line(tree, holder):
        if key == clause:
            break
        if not tree[key].struck:
            last = key
    return Spot(None if holder is None or tree[holder].kind == ROOT else holder, last)
