"""The part of an undoing that is about the vocabulary of principles."""

from typing import Any

from charter.actions import gate
from charter.actions.drafts import Draft
from charter.actions.refusals import Act, Hindrance, Why
from charter.actions.settling import Settled
from charter.models import Principle
from charter.queries.deeds import Deed
from charter.text.merge import merge
from charter.text.siblings import displaced, put_back, ranked

# What changes together: a principle that another took the place of is withdrawn.
_PARTS = (("colour",), ("withdrawn", "merged_into"))
_TEXTS = ("names", "definitions")


class VocabularyBack:
    """Takes back what a revision did to principles; one that it made is withdrawn."""

    def __init__(self, draft: Draft, number: int, deeds: list[Deed], settled: Settled) -> None:
        self.draft = draft
        self.number = number
        self.deeds = deeds
        self.settled = settled
        self.hindrances: list[Hindrance] = []

    def run(self) -> None:
        """Change the entries, give them to the draft, and note what is in the way."""
        if not self.deeds:
            return
        self.rows = {row.pk: row for row in Principle.objects.filter(charter=self.draft.charter)}
        for deed in self.deeds:
            self._put_back(self.rows[deed.after.id], deed)
        self._order()

    def _put_back(self, row: Principle, deed: Deed) -> None:
        hindrance = Hindrance(Act.ENTRY, Why.CHANGED, row.slug)
        if self.settled.leaves(hindrance):
            return
        if deed.made:
            changed = {"withdrawn": True} if not row.withdrawn else {}
        else:
            found = _taken_back(row, deed, forced=self.settled.forces(hindrance))
            if found is None:
                self.hindrances.append(hindrance)
                return
            changed = found
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            self.draft.keep(row)

    def _order(self) -> None:
        """Put those that were moved back to where they stood."""
        pairs = {deed.after.id: deed for deed in self.deeds if not deed.made}
        old = self._line(self.number - 1)
        now = sorted((row.rank, key) for key, row in self.rows.items())
        new = self._line(self.number)
        moved = displaced(old, new) & pairs.keys()
        elsewhere = displaced(new, [(key, rank) for rank, key in now])
        back = {
            key
            for key in moved - elsewhere
            if f"{Act.ENTRY}:{self.rows[key].slug}" not in self.settled.left
        }
        if not back:
            return
        was = dict(old)
        order = put_back(
            [key for _rank, key in now if key not in back], [key for key, _rank in old], back
        )
        given = {key: was[key] if key in back else self.rows[key].rank for key in order}
        for key, rank in ranked(order, given, back).items():
            if self.rows[key].rank != rank:
                self.rows[key].rank = rank
                self.draft.keep(self.rows[key])

    def _line(self, number: int) -> list[tuple[int, str]]:
        """The order of the vocabulary as of a revision."""
        rows = (
            Principle.history.filter(id__in=self.rows, revision_number__lte=number)
            .order_by("id", "-revision_number")
            .distinct("id")
            .values_list("id", "rank")
        )
        return sorted(rows, key=lambda pair: (pair[1], pair[0]))


def _taken_back(row: Principle, deed: Deed, *, forced: bool) -> dict[str, Any] | None:
    """The fields to set; None when later changes of the entry meet what should come back."""
    found: dict[str, Any] = {}
    for names in _PARTS:
        was, base, now = (
            tuple(getattr(one, name) for name in names) for one in (deed.before, deed.after, row)
        )
        if was == base or now == was:
            continue
        if now != base and not forced:
            return None
        found |= dict(zip(names, was, strict=True))
    for name in _TEXTS:
        was, base, now = (getattr(one, name) for one in (deed.before, deed.after, row))
        texts = _texts(was, base, now, forced=forced)
        if texts is None:
            return None
        if texts != now:
            found[name] = texts
    return found


def _texts(
    was: dict[str, str], base: dict[str, str], now: dict[str, str], *, forced: bool
) -> dict[str, str] | None:
    found = dict(now)
    for code in {*was, *base}:
        merged = merge(base.get(code, ""), was.get(code, ""), now.get(code, ""), code).text
        if merged is None and forced:
            merged = was.get(code, "") if was.get(code) != base.get(code) else now.get(code, "")
        if merged is None:
            return None
        found[code] = gate.line(merged, gate.COMMENT)
    return {code: text for code, text in found.items() if text}
