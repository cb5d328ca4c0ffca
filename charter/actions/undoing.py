"""What one revision did, taken back by another.

For everything the revision changed there are three states: as it left it (the base), as it found
it (what is wanted back) and as it is now. What nobody has touched since goes back; what others
have changed meanwhile is merged, and where that cannot be done a person decides. History keeps
both revisions, and the second may be undone like any other.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.drafts import Draft
from charter.actions.planting import require_depths
from charter.actions.refusals import Act, Entangled, Hindrance, Invalid, NoSuch, Why, WordsMeet
from charter.actions.revisions import open_revision
from charter.actions.settling import Settled
from charter.actions.undoing_tree import TreeBack
from charter.actions.undoing_vocabulary import VocabularyBack
from charter.actions.values import Committed, Words
from charter.models import ROOT, Cause, Charter, Clause, ClausePrinciple, Principle, Wording
from charter.queries.deeds import Deed, deeds_of
from charter.queries.states import words_of_many
from charter.text.merge import merge


def undo_revision(
    *,
    actor: Person,
    charter: Charter | int,
    number: int,
    message: str = "",
    settled: Settled | None = None,
    at: datetime | None = None,
) -> Committed:
    """Take back what revision `number` did, as a new revision or not at all.

    Entangled when later revisions stand in the way and `settled` does not say what to do; words
    settled meet changes made after `settled.base` like any others. The right to define is needed
    where the vocabulary or the freezing of numbers comes back. The first revision, which made the
    charter, is refused.
    """
    said = message or _("Undo revision %(number)d") % {"number": number}
    with open_revision(
        actor=actor, charter=charter, cause=Cause.UNDO, message=said, at=at
    ) as draft:
        if not 1 <= number <= draft.charter.head:
            raise NoSuch(_("There is no such revision in this charter."))
        draft.earlier = number
        _Undoing(draft, number, settled or Settled(draft.charter.head)).run()
    return Committed(draft.revision)


class _Undoing:
    """One run under the lock."""

    def __init__(self, draft: Draft, number: int, settled: Settled) -> None:
        if not 1 <= settled.base <= draft.charter.head:
            raise NoSuch(_("There is no such revision in this charter."))
        self.draft = draft
        self.number = number
        self.settled = settled
        self.deeds = deeds_of(draft.charter, number)
        self.words: list[WordsMeet] = []

    def run(self) -> None:
        self._require_right()
        tree = TreeBack(self.draft, self.number, self.deeds[Clause], self.settled)
        tree.run()
        vocabulary = VocabularyBack(self.draft, self.number, self.deeds[Principle], self.settled)
        vocabulary.run()
        lost = list(self._reword(tree))
        self._retag(tree)
        hindrances = (*tree.hindrances, *vocabulary.hindrances, *lost)
        if self.words or hindrances:
            raise Entangled(self.number, self.draft.charter.head, tuple(self.words), hindrances)
        require_depths(tree.rows)

    def _require_right(self) -> None:
        root = [deed for deed in self.deeds[Clause] if deed.after.kind == ROOT]
        if any(deed.made for deed in root):
            raise Invalid(_("The first revision made the charter and cannot be undone."))
        if root or self.deeds[Principle]:
            require(self.draft.actor, self.draft.charter, Right.DEFINE)

    def _reword(self, tree: TreeBack) -> Iterator[Hindrance]:
        """Give back words; yields what is in the way. Those of a clause it made stay with it."""
        deeds = [one for one in self.deeds[Wording] if one.after.clause_id not in tree.made]
        rows = Wording.objects.in_bulk([one.after.id for one in deeds])
        read = words_of_many([clause for clause, _ in self.settled.words], self.settled.base)
        lost: set[str] = set()
        for deed in deeds:
            row = rows[deed.after.id]
            row.clause = tree.rows[row.clause_id]
            if tree.stands(row.clause_id):
                self._merge(row, deed, read)
            elif row.clause_id in tree.going:
                if _words(row) == _words(deed.after):
                    self.draft.reword(row, _words(deed.before))
            elif _words(row) != _words(deed.before):
                lost.add(str(row.clause_id))
        for clause in sorted(lost):
            hindrance = Hindrance(Act.WORDS, Why.STRUCK, clause)
            if hindrance.key not in self.settled.left:
                yield hindrance

    def _merge(self, row: Wording, deed: Deed, read: Mapping[tuple[UUID, str], Words]) -> None:
        """Both changes in one wording; where they meet, what was settled, else a question."""
        key = (row.clause_id, row.language)
        given, theirs = self.settled.words.get(key), _words(row)
        if given is None:
            since, was, yours = self.number, _words(deed.after), _words(deed.before)
        else:
            since, was = self.settled.base, read.get(key, Words())
            yours = gate.balanced(gate.words(given), theirs)
        heading = merge(was.heading, yours.heading, theirs.heading, row.language).text
        text = merge(was.text, yours.text, theirs.text, row.language).text
        if heading is None or text is None or _torn(Words(heading, text), theirs, yours):
            self.words.append(WordsMeet(*key, since, was, theirs, yours))
        else:
            self.draft.reword(row, Words(heading, text))

    def _retag(self, tree: TreeBack) -> None:
        """Put tags on and take them off; those of a clause that goes stay with it."""
        deeds = {
            one.after.id: one
            for one in self.deeds[ClausePrinciple]
            if one.after.clause_id not in tree.made
        }
        for row in ClausePrinciple.objects.filter(pk__in=deeds):
            deed = deeds[row.pk]
            wanted = deed.made or deed.before.withdrawn
            if wanted != deed.after.withdrawn and row.withdrawn == deed.after.withdrawn:
                row.withdrawn = wanted
                self.draft.keep(row)


def _words(row) -> Words:
    """The words of a wording, live or historical; none for None."""
    return Words() if row is None else Words(row.heading, row.text)


def _torn(merged: Words, *sides: Words) -> bool:
    """Whether a bracket lost its partner between the two sides, neither of which has it so."""
    return merged not in sides and all(gate.unpaired(merged, side) is not None for side in sides)
