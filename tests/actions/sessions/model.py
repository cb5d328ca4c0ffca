"""A charter under way by chance, and beside it what a plain model says of it.

Whoever edits or proposes puts in words that nobody else uses. The model is which of those words
each part of a clause must say, which revision brought each of them and on whose proposal, and how
the clauses stand in one another.
"""

from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import NamedTuple
from uuid import UUID

from accounts.models import Person
from charter.actions.values import Words
from charter.models import OPEN_STATUSES, Amendment, ChangeState, ProposedChange, Wording
from charter.queries.texts import text_at
from charter.text.kinds import Kind, may_hold
from charter.text.outline import Outline
from tests.actions.sessions.speech import Speech, common
from tests.actions.shapes import Shape, below, lifted, places, shape_of
from tests.builders import scene, seated

LANGUAGES = ("en", "ru")


class Part(NamedTuple):
    """The heading or the text of a clause in one language."""

    clause: UUID
    language: str
    name: str


Must = Mapping[Part, frozenset[str]]
_NONE: frozenset = frozenset()


class Past(NamedTuple):
    """What a revision left: the tree, the words, what is struck; and what it moved and made."""

    shape: Shape
    must: Must
    gone: frozenset[UUID]
    moved: frozenset[UUID]
    born: frozenset[UUID]


class Model:
    """A charter, the people at its table, and what must be true of it."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.speech = Speech(self.chance)
        self.laid = scene()
        people = self.laid.cast
        self.people = [people.chair, people.drafter, people.reviewer]
        self.states = {people.drafter.pk: "AA", people.reviewer.pk: "BB"}
        for person, code in zip(self.people[1:], self.states.values(), strict=True):
            seated(self.laid.charter, people.chair, person, code)
        self.must: Must = {}
        self.common: dict[Part, list[str]] = {}  # of parts never empty
        self.wrote: dict[str, set[int]] = {}  # the revisions that may be named as a word's author
        self.asked_by: dict[str, UUID] = {}  # the amendment that proposed a word
        self.rewritten: dict[UUID, int] = {}
        self.kinds: dict[UUID, Kind] = {}
        self.gone: dict[UUID, Shape] = {}
        self.asked: dict[UUID, set[UUID]] = {}  # what a clause held when its strike was proposed
        self.texts: dict[tuple[int, str], Outline] = {}
        self.past: dict[int, Past] = {}
        self.keep(self.read())

    @property
    def head(self) -> int:
        self.laid.charter.refresh_from_db()
        return self.laid.charter.head

    def act(self, actor: Person | None = None) -> dict:
        self.laid.charter.refresh_from_db()
        return {"actor": actor or self.laid.cast.chair, "charter": self.laid.charter}

    def read(self) -> Shape:
        """The clauses of the text as it stands; its texts are remembered."""
        head = self.head
        for language in LANGUAGES:
            self.texts[head, language] = text_at(self.laid.charter, language=language)
        text = self.texts[head, "en"]
        self.kinds |= {UUID(one.id): one.kind for _depth, one in text.walk()}
        return shape_of(text)

    def keep(self, shape: Shape, words: Must | None = None, moved: Iterable[UUID] = ()) -> None:
        """A revision was made: it left this shape, and these parts say these words of theirs."""
        head, words = self.head, words or {}
        changed = {part: said for part, said in words.items() if self.must.get(part, _NONE) != said}
        self.rewritten |= dict.fromkeys((part.clause for part in changed), head)
        self.must = {**self.must, **changed}
        for word in {word for said in changed.values() for word in said}:
            self.wrote.setdefault(word, {head})
        known = {one for was in self.past.values() for one in was.born}
        self.shape, born = shape, frozenset(self.kinds.keys() - known)
        if born:
            said = self.all_said().items()
            self.common |= {
                part: common(text) for part, text in said if part.clause in born and text
            }
        self.past[head] = Past(shape, self.must, frozenset(self.gone), frozenset(moved), born)

    def expect(self, shape: Shape, words: Must | None = None, moved: Iterable[UUID] = ()) -> None:
        """The revision just made left this shape and no other."""
        assert self.read() == shape
        self.keep(shape, words, moved)

    def expect_nothing_new(self) -> None:
        assert self.head == max(self.past)

    # --- what the charter says ----------------------------------------------------------------

    def said(self, clause: UUID, language: str) -> Words:
        row = Wording.objects.filter(clause=clause, language=language).first()
        return Words(row.heading, row.text) if row else Words()

    def all_said(self) -> dict[Part, str]:
        return {
            Part(row.clause_id, row.language, name): getattr(row, name)
            for row in Wording.objects.filter(charter=self.laid.charter)
            for name in ("heading", "text")
        }

    def open(self) -> Iterator[ProposedChange]:
        return (
            ProposedChange.objects.filter(
                state=ChangeState.OPEN,
                amendment__status__in=OPEN_STATUSES,
                amendment__charter=self.laid.charter,
            )
            .select_related("amendment__author")
            .order_by("amendment__number", "place")
        )

    def with_changes(
        self, clause: UUID, language: str, added: Mapping[str, set], removed: Mapping[str, set]
    ) -> Must:
        """What the parts of a clause must say with these words and without those."""
        found = {}
        for name in ("heading", "text"):
            part = Part(clause, language, name)
            more, less = added.get(name, set()), removed.get(name, set())
            found[part] = (self.must.get(part, _NONE) | more) - less
        return found

    # --- what can be chosen -------------------------------------------------------------------

    def standing(self) -> list[UUID]:
        """The clauses in the text, in the order in which they came into it."""
        inside = set(below(self.shape, None))
        return [clause for clause in self.kinds if clause in inside]

    def one(self) -> UUID | None:
        found = self.standing()
        return self.chance.choice(found) if found else None

    def one_to_word(self) -> UUID:
        """A clause, or the root, whose heading is the title; the oldest are everybody's concern."""
        found = [*self.standing(), self.laid.root]
        return self.chance.choice(found[:3] if self.chance.random() < 0.5 else found)

    def place(self, kind: Kind, moved: UUID | None = None) -> tuple | None:
        """Somewhere a clause of this kind may stand, in what and behind what (None: first).

        For a clause that moves, another place than its own; None where there is no other.
        """
        apart = {moved, *below(self.shape, moved)} if moved else set()
        found = []
        for holder in (None, *self.standing()):
            if holder not in apart and may_hold(self.kinds.get(holder), kind):
                found += [(holder, after) for after in places(self.shape.get(holder, ()), moved)]
        return self.chance.choice(found) if found else None

    def beside(self, parent: UUID | None, after: UUID | None) -> dict[str, UUID]:
        """The sibling that names a place."""
        siblings = self.shape.get(parent, ())
        return {"after": after} if after else {"before": siblings[0]} if siblings else {}

    def holder(self, change: ProposedChange) -> UUID | None:
        """What a change would have its clause stand in, None for the top level."""
        return None if change.parent_id == self.laid.root else change.parent_id

    # --- what leaves the text -----------------------------------------------------------------

    def struck(self, shape: Shape, clause: UUID) -> Shape:
        """The shape without the clause and all below it, which is kept as it stood."""
        left, self.gone[clause] = lifted(shape, clause, whole=True)
        return left

    def sponsor(self, amendment: UUID) -> str:
        """How the one who tabled an amendment is named beside it."""
        author = Amendment.objects.get(uuid=amendment).author
        return self.states.get(author.pk, str(author))
