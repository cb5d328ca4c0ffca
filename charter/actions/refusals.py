"""Why an action was not done. `access.NotVisible` and `access.Forbidden` come beside these.

`message` is a sentence for the reader, in the language that was active; `code` is for programs.
The exception's own string is the code alone, so that no words of a text reach a log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from charter.actions.values import Words
from charter.text.merge import Merged
from charter.text.register import Flaw
from charter.text.register_changes import Changes


class Refused(Exception):
    """The action was understood and not done; nothing has changed."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(self.code)
        self.message = message


class NoSuch(Refused):
    """What was named is not in this charter."""

    code = "no_such"


class WouldNotNest(Refused):
    """A clause of this kind cannot stand there, or would stand inside itself."""

    code = "would_not_nest"


class IsStruck(Refused):
    """The clause, or one it stands in, is not in the text: restore it first."""

    code = "is_struck"


class HiddenWords(Refused):
    """A character that hides or reorders words, at `position` (code points from 0)."""

    code = "hidden_words"

    def __init__(self, message: str, position: int, character: str) -> None:
        super().__init__(message)
        self.position = position
        self.character = character


class Unbalanced(Refused):
    """A square bracket without its partner, at `position` (code points from 0)."""

    code = "unbalanced"

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class WouldCut(Refused):
    """Square brackets around these words would cut through a mark or another bracket."""

    code = "would_cut"


class TooLong(Refused):
    """More than `limit` characters, or clauses."""

    code = "too_long"

    def __init__(self, message: str, limit: int) -> None:
        super().__init__(message)
        self.limit = limit


class Missing(Refused):
    """Something that must not be empty is."""

    code = "missing"


class Invalid(Refused):
    """A value of the wrong form, or one that the vocabulary does not have."""

    code = "invalid"


class AlreadyThere(Refused):
    """A name that must be unique is taken."""

    code = "already_there"


class InUse(Refused):
    """What should be removed is still needed."""

    code = "in_use"


class Used(Refused):
    """An invitation whose seat was taken."""

    code = "used"


class Withdrawn(Refused):
    """An invitation that was taken back, or whose inviter may give no seats any more."""

    code = "withdrawn"


class Expired(Refused):
    """An invitation whose time is over."""

    code = "expired"


class Over(Refused):
    """What was to be answered or changed has come to its end."""

    code = "over"


class TooMany(Refused):
    """More of a thing than there may be at a time: try again later."""

    code = "too_many"


class Stale(Refused):
    """What was to be acted on has changed since the actor saw it: look again."""

    code = "stale"


class StaleRegister(Stale):
    """The register has changed since the actor saw it.

    `changes` is what the file would do to it as it is now, a `text.register_changes.Changes`, and
    `digest` tells that register from others.
    """

    def __init__(self, changes: Changes, digest: str) -> None:
        super().__init__(_("The register has changed since you looked."))
        self.changes = changes
        self.digest = digest


class Flawed(Refused):
    """A file of which something is wrong: each of `flaws` has its line and its column."""

    code = "flawed"

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__(_("Nothing was taken in: there are mistakes in the file."))
        self.flaws = tuple(flaws)


class Collide(Refused):
    """Changes that were to be adopted together collide, or do not fit the text: `plan` says where.

    It is an `actions.adopting.Plan`.
    """

    code = "collide"

    def __init__(self, plan: object) -> None:
        super().__init__(_("Some of these changes do not go together as they stand."))
        self.plan = plan


class StaleWording(Refused):
    """The wording changed after revision `base`, in the same words: a person must decide.

    `base`, `theirs` and `yours` are the three wordings in `language`; `merged_heading` and
    `merged_text` say where they meet; `head` is the revision `theirs` stands in.
    """

    code = "stale_wording"

    def __init__(
        self,
        *,
        language: str,
        base: Words,
        theirs: Words,
        yours: Words,
        merged_heading: Merged,
        merged_text: Merged,
        head: int,
    ) -> None:
        super().__init__(_("Somebody has changed the same words since you began."))
        self.language = language
        self.base = base
        self.theirs = theirs
        self.yours = yours
        self.merged_heading = merged_heading
        self.merged_text = merged_text
        self.head = head


@dataclass(frozen=True, slots=True)
class WordsMeet:
    """Words of a clause that were changed again after the revision to be undone.

    `base` is what stood there in revision `since`, `yours` what an undoing would put back,
    `theirs` what stands there now.
    """

    clause: UUID
    language: str
    since: int
    base: Words
    theirs: Words
    yours: Words


class Act(StrEnum):
    """What an undoing would do to a clause or a principle, apart from words."""

    STRIKE = "strike"  # take out what the revision put in
    RETURN = "return"  # put in what it took out
    PLACE = "place"  # move back
    KIND = "kind"
    NUMBER = "number"  # of the root: the revision whose numbers are kept
    WORDS = "words"  # of a clause that is not in the text any more
    ENTRY = "entry"  # of the vocabulary


class Why(StrEnum):
    """Why an act of an undoing is not done by itself."""

    CHANGED = "changed"  # later revisions changed it again
    FILLED = "filled"  # something else stands in it by now
    ELSEWHERE = "elsewhere"  # it was moved again
    STRUCK = "struck"  # what it would stand in is struck, or it is
    UNFIT = "unfit"  # it may not stand there any more


@dataclass(frozen=True, slots=True)
class Hindrance:
    """An act that cannot be undone by itself; `subject` is a clause's id or a principle's slug."""

    act: Act
    why: Why
    subject: str

    @property
    def key(self) -> str:
        """What names the act in a settlement."""
        return f"{self.act}:{self.subject}"

    @property
    def can_be_forced(self) -> bool:
        """Whether a person may have it done all the same."""
        return self.why in (Why.CHANGED, Why.FILLED, Why.ELSEWHERE)


class Entangled(Refused):
    """Revision `number` cannot be undone by itself: later revisions went on from what it did.

    `words` are to be made one by a person; each of `hindrances` is to be left or, where
    `can_be_forced`, to be done all the same. `head` is the revision they were found in.
    """

    code = "entangled"

    def __init__(
        self,
        number: int,
        head: int,
        words: tuple[WordsMeet, ...],
        hindrances: tuple[Hindrance, ...],
    ) -> None:
        super().__init__(_("Later revisions went on from what this one did."))
        self.number = number
        self.head = head
        self.words = words
        self.hindrances = hindrances
