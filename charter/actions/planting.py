"""Whole trees of new clauses put into a charter at once."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from charter.actions import gate, tagging, trees
from charter.actions.drafts import Draft
from charter.actions.refusals import Refused, TooLong
from charter.actions.values import Words
from charter.models import Charter, Clause, Principle, Wording
from charter.text import outline as outlines
from charter.text import ranks
from charter.text.hygiene import shown


def plant(
    draft: Draft, parent: Clause, clauses: tuple[outlines.Clause, ...], language: str
) -> None:
    """Put the clauses with all below them into `parent`, which has no children yet."""
    planter = Planter(draft, language, clauses)
    planter.require_room(sum(1 for clause in clauses for _ in clause.walk()))
    planter.fill(parent, clauses)


class Planter:
    """Makes rows of the clauses of an outline in one language."""

    def __init__(self, draft: Draft, language: str, clauses: Iterable[outlines.Clause]) -> None:
        self.draft = draft
        self.language = language
        self.tagged = any(one.principles for clause in clauses for _, one in clause.walk())
        self.known: dict[str, Principle] = tagging.vocabulary(draft) if self.tagged else {}

    def require_room(self, more: int) -> None:
        require_room(self.draft.charter, more)

    def fill(self, parent: Clause, clauses: tuple[outlines.Clause, ...]) -> None:
        """Make the clauses and all below them the children of `parent`, which has none."""
        waiting = [(parent, clauses, 1)]
        while waiting:
            holder, siblings, depth = waiting.pop()
            keys = ranks.spread(len(siblings))
            for clause, key in zip(siblings, keys, strict=True):
                row = self.add(holder, key, clause)
                if clause.children:
                    require_depth(depth + 1)
                    waiting.append((row, clause.children, depth + 1))

    def add(self, parent: Clause, rank: str, clause: outlines.Clause) -> Clause:
        """One new clause with its words and tags, without what is below it."""
        trees.require_nesting(parent, clause.kind)
        row = Clause(
            charter=self.draft.charter,
            parent=parent,
            rank=rank,
            kind=clause.kind.value,
            numeral=None if clause.numeral is None else self.passed(clause, clause.numeral, 80),
        )
        self.draft.keep(row)
        self.say(row, None, clause)
        if clause.principles:
            tagging.set_tags(self.draft, row, {}, tagging.named(self.known, clause.principles))
        return row

    def say(self, row: Clause, wording: Wording | None, clause: outlines.Clause) -> None:
        """Give the clause the words of the outline's."""
        words = Words(
            heading=self.passed(clause, clause.heading, gate.HEADING),
            text=self.passed(clause, clause.text, gate.TEXT),
        )
        if wording is None and not words:
            return
        if wording is None:
            wording = Wording(charter=self.draft.charter, language=self.language)
        wording.clause = row
        self.draft.reword(wording, words)

    def passed(self, clause: outlines.Clause, text: str, limit: int) -> str:
        """The text through the gate; a refusal says which clause it is about."""
        try:
            return gate.line(text, limit)
        except Refused as refused:
            said = shown(" ".join((clause.heading or clause.text).split())[:60])
            refused.message = _("“%(words)s”: %(why)s") % {"words": said, "why": refused.message}
            raise


def require_room(charter: Charter, more: int, there: int | None = None) -> None:
    """TooLong when the charter cannot take so many clauses more; `there` are in it, if known."""
    if there is None:
        there = Clause.objects.filter(charter=charter).count()
    if there + more > gate.CLAUSES:
        raise TooLong(
            _("A charter has at most %(limit)d clauses.") % {"limit": gate.CLAUSES}, gate.CLAUSES
        )


def require_depths(rows: Mapping[UUID, Clause]) -> None:
    """The same of all that stands, given every clause of a charter by id."""
    depths: dict[UUID | None, int] = {None: -1}  # the root stands at none
    for row in rows.values():
        line = []
        above: UUID | None = row.pk
        while above not in depths:
            line.append(above)
            above = rows[above].parent_id
        for key in reversed(line):
            depths[key] = depths[rows[key].parent_id] + 1
    require_depth(max((depths[row.pk] for row in rows.values() if not row.struck), default=0))


def require_depth(depth: int) -> None:
    """TooLong when clauses would stand too deep inside one another."""
    if depth > gate.DEPTH:
        raise TooLong(
            _("Clauses stand at most %(limit)d deep inside one another.") % {"limit": gate.DEPTH},
            gate.DEPTH,
        )
