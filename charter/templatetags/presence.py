"""When a member was last in the room, in a word."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charter.queries.presence import Seen, When
from charter.templatetags.records import moment

register = template.Library()


@register.simple_tag
def last_seen(seen: Mapping[int, Seen], person: int) -> SafeString | str:
    """ "in the room now", "today, 14:05 UTC", the day; a dash where it is not known."""
    found = seen.get(person)
    if found is None:
        return "—"
    if found.when is When.NOW:
        return format_html('<span class="badge strong">{}</span>', _("in the room now"))
    if found.when is When.TODAY:
        return format_html("{} {}", _("today"), moment(found.at, "clock"))
    return moment(found.at, "day")


@register.filter
def how_many_now(seen: Mapping[int, Seen]) -> int:
    """How many are in the room."""
    return sum(one.when is When.NOW for one in seen.values())
