"""Revisions as people call them."""

from django.utils.translation import gettext as _

from charter.queries.points import Points


def name(points: Points, number: int) -> str:
    """A revision as people call it: "Rev.1 (revision 12)", or "revision 12"."""
    edition = points.name(number)
    said_number = _("revision %(number)d") % {"number": number}
    return f"{edition} ({said_number})" if edition else said_number
