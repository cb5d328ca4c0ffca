"""The deadlines of a charter's silence procedures as a calendar (RFC 5545).

It has citations and no words of the text.
"""

from collections.abc import Callable
from uuid import uuid5

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports.silence_words import PHASES, cited
from charter.formats import ical
from charter.models import Charter, SilenceState
from charter.queries.silence import Procedure, procedures_of

# Nothing happens at these deadlines any more.
_OFF = (SilenceState.BROKEN, SilenceState.CALLED_OFF, SilenceState.FAILED)


def deadlines(charter: Charter, language: str, absolute: Callable[[str], str]) -> bytes:
    """Every deadline there is or was; those that were broken or called off are cancelled.

    `absolute` makes a path an address.
    """
    name = _("%(charter)s: silence procedures") % {"charter": charter.called}
    found = procedures_of(charter, language)
    events = (_event(charter, one, absolute) for one in found)
    return ical.write(name, get_language() or "en", events)


def _event(charter: Charter, found: Procedure, absolute: Callable[[str], str]) -> ical.Deadline:
    address = reverse("silence", args=[charter.slug, found.number])
    phase = PHASES[found.phase(found.opened_at)]
    about = f"{found.symbol}, {found.kind.label}: {phase}"
    return ical.Deadline(
        id=f"{uuid5(charter.uuid, f'silence {found.number}')}@charter",
        at=found.deadline,
        summary=_("Silence ends: %(what)s") % {"what": cited(found)},
        description=f"{charter.called}. {about}.",
        url=absolute(address),
        sequence=found.changes,
        changed_at=found.last.at,
        status="CANCELLED" if found.state in _OFF else "CONFIRMED",
    )
