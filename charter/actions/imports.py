"""A whole text put in the place of the one there is, as one revision.

Its clauses are paired with those that exist, so that each keeps its identity, its threads and its
history. What is new is inserted, what is missing struck, what is elsewhere moved.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate, tagging, trees
from charter.actions.drafts import Draft
from charter.actions.pairing import paired
from charter.actions.planting import Planter, require_depth
from charter.actions.refusals import Invalid, Stale
from charter.actions.revisions import open_revision
from charter.actions.values import Committed, Words
from charter.events import CharterChanged, announce
from charter.models import Cause, Charter, Clause, ClausePrinciple, Wording
from charter.text import ranks
from charter.text.compare import standing
from charter.text.outline import Clause as Unit
from charter.text.outline import Outline


def import_outline(
    *,
    actor: Person,
    charter: Charter | int,
    outline: Outline,
    language: str = "",
    message: str = "",
    keep_title: bool = True,
    base: int | None = None,
    at: datetime | None = None,
) -> Committed:
    """Make `outline` the text of the charter in `language` ("": the working one).

    Clauses are paired by their words; in a language that has none yet, by kind and order with the
    working language. In another language than the working one a clause keeps its kind and number,
    and one that has never been translated stays although the outline lacks it. Tags are taken over
    where the outline has any. An outline without a title leaves the title that stands, unless
    `keep_title` is off. The same outline again changes nothing. As the whole text is replaced there
    is nothing to merge: Stale when `base` is given and the charter has gone on since.
    """
    if not outline.clauses:
        raise Invalid(_("There is no text in it."))
    with open_revision(
        actor=actor, charter=charter, cause=Cause.IMPORT, message=message, at=at
    ) as draft:
        if base not in (None, draft.charter.head):
            raise Stale(_("The charter has gone on since that revision."))
        language = language or draft.charter.working_language
        _speak(draft, language)
        done = paired(draft.charter, outline, language)
        _Import(draft, language).take(done, keep_title=keep_title)
    return Committed(draft.revision)


def _speak(draft: Draft, language: str) -> None:
    """A new language comes with its first text, when those who manage the charter bring it."""
    charter = draft.charter
    if language not in charter.languages:
        require(draft.actor, charter, Right.MANAGE)
        charter.languages = [*charter.languages, gate.language(language)]
        Charter.objects.filter(pk=charter.pk).update(languages=charter.languages)
        spoken = tuple(charter.languages)
        announce(CharterChanged(charter.pk, charter.stage, spoken, draft.actor.pk))


class _Import:
    """One run: the rows there are, and what the outline makes of them."""

    def __init__(self, draft: Draft, language: str) -> None:
        self.draft = draft
        self.language = language
        self.working = language == draft.charter.working_language
        self.rows = {row.pk: row for row in Clause.objects.filter(charter=draft.charter)}
        # As they stood before: rows get other ranks and parents on the way.
        self.stood: dict[UUID | None, list[tuple[UUID, str]]] = defaultdict(list)
        for row in sorted(self.rows.values(), key=lambda row: (row.rank, str(row.pk))):
            self.stood[row.parent_id].append((row.pk, row.rank))
        self.wordings: dict[UUID, Wording] = {}
        self.foreign: set[UUID] = set()
        self.seen: set[UUID] = set()

    def take(self, outline: Outline, *, keep_title: bool) -> None:
        root = self.rows[self.stood[None][0][0]]
        self._read_wordings()
        self.planter = Planter(self.draft, self.language, outline.clauses)
        self.tags = self._read_tags() if self.planter.tagged else {}
        self.planter.require_room(sum(not clause.id for _depth, clause in outline.walk()))
        if outline.title or not keep_title:
            self._entitle(root, outline.title)
        self.seen.add(root.pk)
        waiting: list[tuple[Clause, tuple[Unit, ...], int]] = [(root, outline.clauses, 1)]
        while waiting:
            parent, clauses, depth = waiting.pop()
            require_depth(depth)
            for row, clause in self._arrange(parent, clauses):
                if clause.children:
                    waiting.append((row, clause.children, depth + 1))
        self._strike_missing()

    def _read_wordings(self) -> None:
        for wording in Wording.objects.filter(charter=self.draft.charter):
            if wording.language == self.language:
                self.wordings[wording.clause_id] = wording
            elif wording.heading or wording.text:
                self.foreign.add(wording.clause_id)

    def _read_tags(self) -> dict[UUID, dict[int, ClausePrinciple]]:
        tags: dict[UUID, dict[int, ClausePrinciple]] = defaultdict(dict)
        for row in ClausePrinciple.objects.filter(charter=self.draft.charter):
            tags[row.clause_id][row.principle_id] = row
        return tags

    def _entitle(self, root: Clause, title: str) -> None:
        wording = self.wordings.get(root.pk) or Wording(
            charter=self.draft.charter, language=self.language
        )
        wording.clause = root
        self.draft.reword(wording, Words(gate.line(title, gate.HEADING), wording.text))

    def _arrange(self, parent: Clause, clauses: tuple[Unit, ...]) -> Iterator[tuple[Clause, Unit]]:
        """Have `parent` hold these clauses in this order; each with its row."""
        keys = self._keys(parent, clauses)
        for clause, key in zip(clauses, keys, strict=True):
            if clause.id:
                row = self.rows[UUID(clause.id)]
                self._update(row, parent, key, clause)
            else:
                row = self.planter.add(parent, key, clause)
            self.seen.add(row.pk)
            yield row, clause

    def _update(self, row: Clause, parent: Clause, key: str, clause: Unit) -> None:
        was = (row.parent_id, row.rank, row.kind, row.numeral, row.struck)
        kind = clause.kind.value if self.working else row.kind
        trees.require_nesting(parent, kind)
        numeral = clause.numeral if self.working else row.numeral
        row.parent, row.rank, row.kind, row.struck = parent, key, kind, False
        row.numeral = None if numeral is None else self.planter.passed(clause, numeral, 80)
        if was != (row.parent_id, row.rank, row.kind, row.numeral, row.struck):
            self.draft.keep(row)
        self.planter.say(row, self.wordings.get(row.pk), clause)
        if self.planter.tagged:
            wanted = tagging.named(self.planter.known, clause.principles)
            tagging.set_tags(self.draft, row, self.tags.get(row.pk, {}), wanted)

    def _keys(self, parent: Clause, clauses: tuple[Unit, ...]) -> list[str]:
        """A rank for each clause. Those that keep their order keep their ranks."""
        line = self.stood.get(parent.pk, [])
        place = {str(id): at for at, (id, _rank) in enumerate(line)}
        staying = [at for at, clause in enumerate(clauses) if clause.id in place]
        fixed = standing([place[clauses[at].id] for at in staying])
        kept = {at for nth, at in enumerate(staying) if nth in fixed}
        keys: list[str] = []
        low, following = None, 0
        for clause, at_place in _runs(clauses, kept, place):
            if at_place is None:
                high = line[following][1] if following < len(line) else None
                keys += spaced(low, high, clause)
            else:
                low, following = line[at_place][1], at_place + 1
                keys.append(low)
        if max(map(len, keys), default=0) > trees.LONG_RANK:
            return self._spread(parent, clauses)
        return keys

    def _spread(self, parent: Clause, clauses: tuple[Unit, ...]) -> list[str]:
        """Fresh ranks for all: the clauses first, then what else stands in the parent."""
        arriving = {clause.id for clause in clauses}
        there = [self.rows[id] for id, _rank in self.stood.get(parent.pk, [])]
        others = [
            row for row in there if str(row.pk) not in arriving and row.parent_id == parent.pk
        ]
        keys = ranks.spread(len(clauses) + len(others))
        for row, key in zip(others, keys[len(clauses) :], strict=True):
            row.rank = key
            self.draft.keep(row)
        return keys[: len(clauses)]

    def _strike_missing(self) -> None:
        """Strike what is in the text and not in the outline, and what a return brought back."""
        inside: dict[UUID, list[Clause]] = defaultdict(list)
        for row in self.rows.values():
            if row.parent_id is not None:
                inside[row.parent_id].append(row)
        # Below every clause of the outline, for it may stand in one that is new by now.
        waiting = list(self.seen)
        while waiting:
            for row in inside.get(waiting.pop(), ()):
                if row.pk in self.seen or row.struck:
                    continue
                if self._untranslated(row):
                    waiting.append(row.pk)
                else:
                    row.struck = True
                    self.draft.keep(row)

    def _untranslated(self, row: Clause) -> bool:
        wording = self.wordings.get(row.pk)
        spoken = wording is not None and bool(wording.heading or wording.text)
        return not spoken and row.pk in self.foreign


def _runs(
    clauses: tuple[Unit, ...], kept: set[int], place: dict[str, int]
) -> Iterator[tuple[int, int | None]]:
    """Kept clauses as (1, their place), and the runs between them as (how many, None)."""
    run = 0
    for at, clause in enumerate(clauses):
        if at not in kept:
            run += 1
            continue
        if run:
            yield run, None
        run = 0
        yield 1, place[clause.id]
    if run:
        yield run, None


def spaced(low: str | None, high: str | None, count: int) -> list[str]:
    """`count` ranks in order between two; None is the open end."""
    if count == 0:
        return []
    if low is None and high is None:
        return ranks.spread(count)
    middle = ranks.between(low, high)
    before = (count - 1) // 2
    return [*spaced(low, middle, before), middle, *spaced(middle, high, count - 1 - before)]
