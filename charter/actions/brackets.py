"""Putting words in square brackets and lifting brackets, each as one revision.

The words are those of the revision the actor saw: with what others have changed since they are
merged like any edit. Only where brackets have changed, or words in them, the actor must look again:
two pairs merged word by word could come to stand around other words than anybody chose.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import trees
from charter.actions.operations import Reword, passed
from charter.actions.refusals import Invalid, Missing, Stale, WouldCut
from charter.actions.revisions import open_revision
from charter.actions.rewording import change, require_base, require_languages
from charter.actions.values import Committed, Words
from charter.models import Cause, Charter
from charter.queries.states import words_at
from charter.text.brackets import brackets, enclosed, lifted
from charter.text.inline import plain

QUOTED = 60  # characters of the words that a message quotes


class Part(StrEnum):
    """What of a clause brackets stand in."""

    HEADING = "heading"
    TEXT = "text"


def place_brackets(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    language: str,
    base: int,
    start: int,
    end: int,
    part: Part = Part.TEXT,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Put brackets around the words from `start` to `end`, in code points, as of revision `base`.

    Missing where there are no words, WouldCut where the brackets would cut through emphasis, a link
    or another bracket. Stale where brackets have changed since, StaleWording where words meet.
    """

    def placed(said: str) -> tuple[str, str]:
        if not 0 <= start <= end <= len(said) or not said[start:end].strip():
            raise Missing(_("Choose the words to put in brackets."))
        try:
            return enclosed(said, start, end), _("In brackets: “%(words)s”") % {
                "words": quoted(said[start:end])
            }
        except ValueError:
            raise WouldCut(
                _(
                    "The brackets would cut through emphasised words, a link or another bracket: "
                    "choose all of it or nothing of it."
                )
            ) from None

    return _changed(actor, charter, clause, language, base, part, message, at, placed)


def lift_brackets(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    language: str,
    base: int,
    start: int,
    words: bool = True,
    part: Part = Part.TEXT,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Lift the brackets that open at `start` in revision `base`: their words stay, or go with them.

    Invalid where no bracket opened there; Stale where brackets have changed since.
    """

    def without(said: str) -> tuple[str, str]:
        place = next((one for one in brackets(said) if one.start == start), None)
        if place is None:
            raise Invalid(_("No bracket opens there."))
        named = {"words": quoted(said[place.start + 1 : place.end - 1])}
        told = (
            _("Brackets lifted: “%(words)s”") % named
            if words
            else _("Removed with the brackets: “%(words)s”") % named
        )
        return lifted(said, start, words=words), told

    return _changed(actor, charter, clause, language, base, part, message, at, without)


def quoted(words: str) -> str:
    """Words of a text as a message quotes them: without marks, cut where they are long."""
    said = plain(words).body.strip()
    return said if len(said) <= QUOTED else f"{said[: QUOTED - 1].rstrip()}…"


def _changed(
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    language: str,
    base: int,
    part: Part,
    message: str,
    at: datetime | None,
    act: Callable[[str], tuple[str, str]],
) -> Committed:
    """Commit what `act` makes of the heading or the text; it gives a message of its own too."""
    with open_revision(
        actor=actor, charter=charter, cause=Cause.EDIT, message=message, at=at
    ) as draft:
        require_base(draft, base)
        require_languages(draft.charter, [language])
        row = trees.standing(draft.where, clause)[0]
        was, now = (_said(row.pk, language, part, at) for at in (base, draft.charter.head))
        said, told = act(was[1])
        if now[1] not in (was[1], said) and _bracketed(now[1]) != _bracketed(was[1]):
            raise Stale(_("The brackets of this clause have changed since you saw it: look again."))
        wish = passed(Reword(clause, {language: replace(was[0], **{str(part): said})}))
        merged = change(draft, row, wish, base)
        draft.message = draft.message or told
    return Committed(draft.revision, row, merged and draft.revision is not None)


def _said(clause: UUID, language: str, part: Part, number: int) -> tuple[Words, str]:
    """The words of a clause as of a revision, and the part of them that is concerned."""
    words = words_at(clause, [language], number).get(language, Words())
    return words, words.heading if part == Part.HEADING else words.text


def _bracketed(said: str) -> list[str]:
    return [said[one.start : one.end] for one in brackets(said)]
