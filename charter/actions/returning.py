"""A clause taken back as it stood in an earlier revision."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate, tagging, trees
from charter.actions.drafts import Draft
from charter.actions.planting import require_depths
from charter.actions.refusals import IsStruck, NoSuch, StaleWording, WouldNotNest
from charter.actions.revisions import open_revision
from charter.actions.rewording import require_languages
from charter.actions.values import Committed, Words
from charter.models import ROOT, Cause, Charter, Clause, ClausePrinciple, Principle, Wording
from charter.queries.states import tags_of_many, words_of_many
from charter.queries.timeline import Place, places_at
from charter.text.merge import merge
from charter.text.siblings import put_back, ranked


def return_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    number: int,
    base: int | None = None,
    languages: Collection[str] | None = None,
    with_children: bool = False,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Have the clause be again what it was in revision `number`, where it stands now.

    Its words come back, in `languages` or in all of them; with all of them its kind, its number and
    its principles too, while a translation made since then stays. A struck clause comes back into
    the text. `with_children` does the same with what stood in it: in its order then, with what has
    been inserted since struck, and what came in from elsewhere left behind the rest. `base` is the
    revision the person read, by default the head; StaleWording where words changed after it meet
    the old ones.
    """
    said = message or _("As it was in revision %(number)d") % {"number": number}
    with open_revision(
        actor=actor, charter=charter, cause=Cause.RESTORE, message=said, at=at
    ) as draft:
        head = draft.charter.head
        require_languages(draft.charter, languages or ())
        if not 1 <= number <= head or not 1 <= (base or head) <= head:
            raise NoSuch(_("There is no such revision in this charter."))
        draft.earlier = number
        done = _Return(draft, clause, number, base or head)
        done.run(languages, with_children=with_children)
    return Committed(draft.revision, done.rows[clause])


class _Return:
    """One run under the lock."""

    def __init__(self, draft: Draft, clause: UUID, number: int, base: int) -> None:
        self.draft = draft
        self.clause = clause
        self.number = number
        self.base = base
        self.then = places_at(draft.charter, number)
        self.rows = trees.every(draft.charter)
        self.now = {key: Place.of(row) for key, row in self.rows.items()}

    def run(self, languages: Collection[str] | None, *, with_children: bool) -> None:
        self._require()
        keys = {self.clause}
        self.rows[self.clause].struck = False
        if with_children:
            keys |= self._put_in()
        if languages is None:
            self._recast(keys)
            self._retag(keys)
        asked = languages is not None
        self._reword(keys, languages or self.draft.charter.languages, asked=asked)
        for key in keys:
            self._require_fit(self.rows[key])
        require_depths(self.rows)
        self.draft.keep(*(row for key, row in self.rows.items() if Place.of(row) != self.now[key]))

    def _require(self) -> None:
        row = self.rows.get(self.clause)
        if row is None:
            raise NoSuch(_("There is no such clause in this charter."))
        if not _stands(self.then, self.clause):
            raise NoSuch(_("The clause was not in the text in that revision."))
        if row.parent_id is not None and not _stands(self.now, row.parent_id):
            raise IsStruck(_("What this clause stands in is struck. Restore that first."))

    def _put_in(self) -> set[UUID]:
        """Place what stood in the clause then; its keys. What came in since is struck."""
        lines: dict[UUID | None, list[UUID]] = defaultdict(list)
        for key, place in sorted(self.then.items(), key=lambda pair: (pair[1].rank, pair[0])):
            lines[place.parent].append(key)
        inside = {
            parent: [key for key in line if not self.then[key].struck]
            for parent, line in lines.items()
        }
        found = set(_below(inside, self.clause))
        for parent in {self.clause, *found}:
            self._arrange(parent, lines[parent], found)
        for key in self._arrivals(found):
            self.rows[key].struck = True
        return found

    def _arrange(self, parent: UUID, line: list[UUID], found: set[UUID]) -> None:
        """Have `parent` hold what it held then, in the order of then, ahead of what came since."""
        keys = found.intersection(line)
        there = [
            key
            for _rank, key in sorted((row.rank, key) for key, row in self.rows.items())
            if self.rows[key].parent_id == parent and key not in found
        ]
        order = put_back([key for key in there if key in set(line)], line, keys)
        order += [key for key in there if key not in set(line)]
        given = {key: (self.then if key in keys else self.now)[key].rank for key in order}
        for key, rank in ranked(order, given, order).items():
            row = self.rows[key]
            row.parent_id, row.rank = parent, rank
            row.struck = row.struck and key not in keys

    def _arrivals(self, found: set[UUID]) -> Iterator[UUID]:
        """What stands in the clause now and stood nowhere then."""
        holders = {self.clause, *found}
        for key, row in self.rows.items():
            inside = row.parent_id in holders and key not in found and not row.struck
            if inside and not _stands(self.then, key):
                yield key

    def _recast(self, keys: set[UUID]) -> None:
        for key in keys:
            row, then = self.rows[key], self.then[key]
            if row.kind != ROOT:
                row.kind, row.numeral = then.kind, then.numeral

    def _reword(self, keys: set[UUID], languages: Collection[str], *, asked: bool) -> None:
        old = words_of_many(keys, self.number)
        read = words_of_many(keys, self.base)
        wordings = Wording.objects.filter(clause__in=keys, language__in=languages)
        rows = {(row.clause_id, row.language): row for row in wordings}
        for row in rows.values():
            row.clause = self.rows[row.clause_id]
            key = row.clause_id, row.language
            if key not in old and not asked:
                continue  # a language that came later is no part of what stood there then
            now = Words(row.heading, row.text)
            given = self._merged(row.language, read.get(key, Words()), now, old.get(key, Words()))
            self.draft.reword(row, given)

    def _merged(self, language: str, was: Words, theirs: Words, yours: Words) -> Words:
        """The old words, with what was changed after the person read. StaleWording if they meet,
        Unbalanced where a bracket would lose its partner between the two."""
        heading = merge(was.heading, yours.heading, theirs.heading, language)
        text = merge(was.text, yours.text, theirs.text, language)
        if heading.text is None or text.text is None:
            raise StaleWording(
                language=language,
                base=was,
                theirs=theirs,
                yours=yours,
                merged_heading=heading,
                merged_text=text,
                head=self.draft.charter.head,
            )
        merged = Words(heading.text, text.text)
        return merged if merged in (yours, theirs) else gate.balanced(merged, theirs)

    def _retag(self, keys: set[UUID]) -> None:
        """Put on the principles of then, those the vocabulary still has, and take off others."""
        then = tags_of_many(keys, self.number)
        known: Mapping[int, Principle] = {
            one.pk: one for one in tagging.vocabulary(self.draft).values()
        }
        there: dict[UUID, dict[int, ClausePrinciple]] = defaultdict(dict)
        for tag in ClausePrinciple.objects.filter(clause__in=keys):
            there[tag.clause_id][tag.principle_id] = tag
        for key in keys:
            kept = [known[one] for one in then.get(key, ()) if one in known]
            own = {one: tag for one, tag in there[key].items() if one in known}
            tagging.set_tags(self.draft, self.rows[key], own, kept)

    def _require_fit(self, row: Clause) -> None:
        """WouldNotNest where it cannot stand as what it was, or would stand inside itself."""
        if row.kind == ROOT:
            return
        seen = {row.pk}
        outer = self.rows[row.parent_id]
        trees.require_nesting(outer, row.kind)
        while outer.parent_id is not None:
            if outer.pk in seen:
                raise WouldNotNest(_("A clause cannot stand inside itself."))
            seen.add(outer.pk)
            outer = self.rows[outer.parent_id]
        children = {
            one.kind for one in self.rows.values() if one.parent_id == row.pk and not one.struck
        }
        if not trees.fits(row, children):
            raise WouldNotNest(_("What stands inside this clause cannot stand in that kind."))


def _below(inside: Mapping[UUID | None, list[UUID]], clause: UUID) -> Iterator[UUID]:
    for key in inside.get(clause, ()):
        yield key
        yield from _below(inside, key)


def _stands(tree: Mapping[UUID, Place], clause: UUID | None) -> bool:
    """Whether a clause is in the text of a tree."""
    while clause is not None:
        place = tree.get(clause)
        if place is None or place.struck:
            return False
        clause = place.parent
    return True
