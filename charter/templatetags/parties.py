"""What the pages of the register say: days, standings, what changes."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charter.models import PartyKind, Standing
from charter.text.register import Belonging, Days
from charter.text.register_changes import Detail
from charter.web import languages

register = template.Library()


@register.filter
def days(held: Days) -> str:
    """ "15 May 1992 – 1 July 2012", "since 15 May 1992"; "" where neither day is known."""
    since = date_format(held.since, "j E Y") if held.since else ""
    until = date_format(held.until, "j E Y") if held.until else ""
    if since and until:
        return f"{since} – {until}"
    if since:
        return _("since %(day)s") % {"day": since}
    return _("until %(day)s") % {"day": until} if until else ""


@register.filter
def detail_name(detail: Detail) -> str:
    """What of an entry changes."""
    if detail.what.startswith("name_"):
        language = languages.name(detail.what.removeprefix("name_"))
        return _("Name in %(language)s") % {"language": language}
    known = {"kind": _("Kind"), "standing": _("Delegation"), "member_of": _("Member of")}
    return known[detail.what]


@register.filter
def detail_value(value: str | Belonging | None, detail: Detail) -> str:
    """A value as the register shows it; "" where there is none."""
    if isinstance(value, Belonging):
        return " · ".join(part for part in (value.organisation, days(value.days)) if part)
    if not value:
        return ""
    if detail.what == "kind":
        return str(PartyKind(value).label)
    return str(Standing(value).label) if detail.what == "standing" else value


@register.filter
def kind_name(kind: str) -> str:
    return str(PartyKind(kind).label)


@register.filter
def standing_name(standing: str) -> str:
    return str(Standing(standing).label) if standing else ""
