"""The clauses an insertion asks for, as they may be planted: every word has passed the gate."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from charter.actions import gate
from charter.actions.operations import given_numeral
from charter.actions.refusals import Missing, TooLong, WouldNotNest
from charter.actions.values import Words
from charter.text import outline as outlines
from charter.text.kinds import may_hold

PLANTED = 2_000  # clauses of one insertion


def plantable(clauses: Sequence[outlines.Clause]) -> tuple[outlines.Clause, ...]:
    """The clauses with every word through the gate, without ids or tags.

    Missing without any, TooLong for too many, WouldNotNest, Unbalanced.
    """
    count = sum(1 for clause in clauses for _, one in clause.walk())
    if not count:
        raise Missing(_("There is no clause to put in."))
    if count > PLANTED:
        raise TooLong(
            _("An amendment puts in at most %(limit)d clauses at once.") % {"limit": PLANTED},
            PLANTED,
        )
    return tuple(_passed(clause) for clause in clauses)


def _passed(clause: outlines.Clause) -> outlines.Clause:
    words = gate.balanced(gate.words(Words(clause.heading, clause.text)))
    for child in clause.children:
        if not may_hold(clause.kind, child.kind):
            raise WouldNotNest(_("A clause of this kind cannot stand there."))
    return outlines.Clause(
        kind=clause.kind,
        numeral=given_numeral(clause.numeral),
        heading=words.heading,
        text=words.text,
        children=tuple(_passed(child) for child in clause.children),
    )


def height(clause: outlines.Clause) -> int:
    """How many clauses stand inside one another, with the clause itself."""
    return 1 + max((height(child) for child in clause.children), default=0)
