"""Why an action was not done. `access.NotVisible` and `access.Forbidden` come beside these.

`message` is a sentence for the reader, in the language that was active; `code` is for programs.
The exception's own string is the code alone, so that no words of a text reach a log.
"""

from django.utils.translation import gettext as _

from charter.actions.values import Words
from charter.text.merge import Merged


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
