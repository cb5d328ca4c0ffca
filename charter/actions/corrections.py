"""Correcting an adopted text: its words and its numbers, each time with the reason.

A correction mends what was written wrong, as article 79 of the Vienna Convention on the Law of
Treaties has it. So it puts no clause in, takes none out, moves none, and leaves none without words.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right
from charter.actions import gate, trees
from charter.actions.drafts import Draft
from charter.actions.operations import Recast, Reword, passed
from charter.actions.refusals import Missing
from charter.actions.revisions import open_revision
from charter.actions.rewording import change, require_base
from charter.actions.values import UNCHANGED, Committed, Unchanged, Words
from charter.models import Cause, Charter, Clause
from charter.queries.states import words_at


def correct_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    base: int,
    reason: str,
    words: Mapping[str, Words] | None = None,
    numeral: str | Unchanged | None = UNCHANGED,
    seen: Mapping[str, int] | None = None,
    at: datetime | None = None,
) -> Committed:
    """Correct a clause of an adopted text as it was seen in revision `base`; a revision of its own
    kind. What others corrected since is merged as `change_clause` does it.

    Missing without a reason, and where a clause would be left without words in a language.
    """
    said = gate.line(reason, gate.MESSAGE)
    if not said:
        raise Missing(_("A correction needs its reason."))
    seen = seen or {}
    wishes = [(passed(Reword(clause, words or {})), seen.get("words", base))]
    if numeral is not UNCHANGED:
        wishes.append((passed(Recast(clause, None, numeral)), seen.get("numeral", base)))
    with open_revision(
        actor=actor,
        charter=charter,
        cause=Cause.CORRECTION,
        message=said,
        right=Right.CORRECT,
        at=at,
    ) as draft:
        for read in {base, *seen.values()}:
            require_base(draft, read)
        row = trees.standing(draft.where, clause)[0]
        merged = False
        for wish, read in wishes:
            merged |= change(draft, row, wish, read)
        _require_words(draft, row)
    return Committed(draft.revision, row, merged and draft.revision is not None)


def _require_words(draft: Draft, row: Clause) -> None:
    """Missing where what said something in a language would say nothing in it."""
    before = words_at(row.pk, draft.charter.languages, draft.charter.head)
    for (_clause, language), now in draft.wordings.items():
        if before.get(language) and not (now.heading or now.text):
            raise Missing(_("A correction leaves no clause without words."))
