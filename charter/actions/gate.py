"""The gate every word passes on its way in: length, hidden characters, white space."""

import re

from django.utils.translation import gettext as _

from charter.actions.refusals import HiddenWords, Invalid, Missing, TooLong, Unbalanced
from charter.actions.values import Words
from charter.text.brackets import loose
from charter.text.hygiene import HiddenCharacter, clean

# Code points of one wording. Every work on one grows with its length; marks without end, such as
# "*a*a", cost some fifty times what plain words do, and stay under a second at this length.
TEXT = 50_000
HEADING = 2_000
COMMENT = 20_000
QUOTE = 5_000  # of the words a thread stands on
MESSAGE = 1_000
NAME = 500
LANGUAGES = 40  # of one charter
CLAUSES = 20_000  # of one charter, struck ones included
DEPTH = 60  # of clauses inside one another

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Tried once for each run of blanks, which may be as long as the text.
_BREAK = re.compile(r"(?<![ \t])[ \t]*(?:\r\n?|\n)[ \t\r\n]*")


def words(given: Words) -> Words:
    """A wording fit to be kept, each part one paragraph."""
    return Words(heading=line(given.heading, HEADING), text=line(given.text, TEXT))


def balanced(given: Words, before: Words | None = None) -> Words:
    """The wording, when its square brackets pair off: an open place has two ends.

    Brackets that were loose in `before` already are let be, for a text came with them. Unbalanced
    names the place of one that is new.
    """
    position = unpaired(given, before or Words())
    if position is not None:
        message = _("The square bracket at position %(position)d has no partner.")
        raise Unbalanced(message % {"position": position + 1}, position)
    return given


def unpaired(given: Words, before: Words) -> int | None:
    """Where a bracket stands, of the heading or the text, that was not loose in `before`."""
    for text, earlier in ((given.heading, before.heading), (given.text, before.text)):
        position = loose(text, earlier) if "[" in text or "]" in text else None
        if position is not None:
            return position
    return None


def line(text: str, limit: int) -> str:
    """One paragraph: line breaks become spaces, blanks around it go."""
    return _BREAK.sub(" ", letters(text, limit)).strip(" \t")


def comment(text: str) -> str:
    """What is said in a discussion; it must say something."""
    kept = letters(text, COMMENT).strip()
    if not kept:
        raise Missing(_("Say something."))
    return kept


def name(text: str, limit: int = NAME) -> str:
    """One line that must say something."""
    kept = line(text, limit)
    if not kept:
        raise Missing(_("A name is needed."))
    return kept


def language(code: str) -> str:
    """A language's code, in the form of BCP 47."""
    if len(code) > 16 or not _LANGUAGE.fullmatch(code):
        raise Invalid(_("A language is named by its code, such as en or pt-BR."))
    return code


def letters(text: str, limit: int) -> str:
    """The text in NFC. TooLong past `limit`; HiddenWords where a character hides something."""
    _require_short(text, limit)
    try:
        kept = clean(text)
    except HiddenCharacter as hidden:
        message = _("There is a hidden character (%(name)s) at position %(position)d.") % {
            "name": f"U+{ord(hidden.character):04X}",
            "position": hidden.position + 1,
        }
        raise HiddenWords(message, hidden.position, hidden.character) from None
    _require_short(kept, limit)  # some signs are up to three in NFC, and a column takes no more
    return kept


def _require_short(text: str, limit: int) -> None:
    if len(text) > limit:
        raise TooLong(
            _("This is too long: at most %(limit)d characters are kept.") % {"limit": limit}, limit
        )
