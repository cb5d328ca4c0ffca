"""What pages say of a silence procedure in a word: how it stands, and what is under silence."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports.silence_words import PHASES, cited
from charter.queries.silence import Brief, Phase, Procedure
from charter.templatetags.records import moment

# A sign for those who do not see colour; words stand beside it.
SIGNS = {
    Phase.RUNNING: "◷",
    Phase.KEPT: "◕",
    Phase.ADOPTED: "●",
    Phase.BROKEN: "✕",
    Phase.CALLED_OFF: "–",
    Phase.FAILED: "!",
}


def badge(brief: Brief) -> SafeString:
    """How a procedure stands now, as HTML."""
    phase = brief.phase(timezone.now())
    return format_html(
        '<span class="silence-phase {}"><span class="sign" aria-hidden="true">{}</span> {}</span>',
        phase.value,
        SIGNS[phase],
        PHASES[phase],
    )


def mark(brief: Brief, slug: str) -> SafeString:
    """That something is under silence, as a line of HTML that leads to the procedure."""
    address = reverse("silence", args=[slug, brief.number])
    phase = brief.phase(timezone.now())
    said = _("Silence kept, being adopted")
    if phase is Phase.RUNNING:
        until = escape(_("Under silence until %(time)s")) % {"time": moment(brief.deadline)}
        said = mark_safe(until)  # noqa: S308  the message is escaped, the time is an element
    return format_html(
        '<span class="silence-mark"><span class="sign" aria-hidden="true">{}</span> {}'
        ' <a href="{}">{}</a></span>',
        SIGNS[phase],
        said,
        address,
        brief.symbol,
    )


def outcome(brief: Brief, slug: str) -> SafeString:
    """How a procedure stands or ended, as a line of HTML that leads to it."""
    address = reverse("silence", args=[slug, brief.number])
    return format_html(
        '<span class="under small">{} · {} <a href="{}">{}</a></span>',
        badge(brief),
        moment(brief.deadline),
        address,
        brief.symbol,
    )


def beside_clauses(clauses: Mapping[UUID, Brief], slug: str) -> dict[str, str]:
    """For the margin of a text, the mark of each clause under silence, by its id."""
    return {
        str(clause): f'<p class="silenced" data-clause="{clause}">{mark(brief, slug)}</p>'
        for clause, brief in clauses.items()
    }


def in_outline(clauses: Mapping[UUID, Brief], signs: Mapping[str, str]) -> dict[str, str]:
    """The signs of an outline, by clause, with one more for each clause under silence."""
    found = dict(signs)
    for clause, brief in clauses.items():
        id = str(clause)
        found[id] = _sign(brief.symbol, get_language()) + found.get(id, "")
    return found


@lru_cache(maxsize=256)
def _sign(symbol: str, _language: str) -> str:
    """Of the language of the interface, which is the one given."""
    said = escape(_("under silence, %(silence)s") % {"silence": symbol})
    return (
        f'<span class="under-silence" title="{said}"><span aria-hidden="true">'
        f'{SIGNS[Phase.RUNNING]}</span><span class="unseen">{said}</span></span>'
    )


def named(procedure: Procedure) -> str:
    """What a procedure is about, the title of a sole amendment with it: "A-3 On calm"."""
    if len(procedure.items) == 1 and procedure.items[0].title:
        return f"{procedure.items[0].citation} {procedure.items[0].title}"
    return cited(procedure)
