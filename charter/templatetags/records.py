"""What pages of records say: moments, languages, changes."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from charter.exports import said
from charter.formats.languages import direction
from charter.queries.points import Points
from charter.text.redline import Change
from charter.web import languages

register = template.Library()


@register.filter
def moment(at: datetime | None, form: str = "full") -> SafeString | str:
    """A time in the reader's own zone, in UTC where none was chosen; "day" and "clock" show only
    that, "utc" all of it in UTC. A script adds the zone of the device."""
    if at is None:
        return ""
    at = at.astimezone(UTC) if form == "utc" else localtime(at)
    day, clock = date_format(at, "j E Y"), f"{at:%H:%M} {zone_of(at)}"
    shown = {"day": day, "clock": clock}.get(form, f"{day}, {clock}")
    return format_html(
        '<time class="moment" datetime="{}">{}</time>', at.isoformat(timespec="seconds"), shown
    )


def zone_of(at: datetime) -> str:
    """How far a time's clock is from UTC: "UTC", "UTC+3", "UTC−3:30"."""
    minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


@register.simple_tag
def revision_options(points: Points, chosen: int | None, head: int) -> SafeString:
    """The revisions to choose from; one that is named is chosen among the editions instead."""
    said, named = escape(_("now")), points.named
    now = f" · {said}"
    return mark_safe(  # noqa: S308  numbers and dates, and the one word escaped above
        "".join(
            f'<option value="{number}"{" selected" * (number == chosen and number not in named)}>'
            f"{number} · {localtime(at):%Y-%m-%d}{now if number == head else ''}</option>"
            for number, at in points.revisions
        )
    )


@register.filter
def language_name(code: str) -> str:
    """A language's name in the interface's language."""
    return languages.name(code)


@register.filter
def direction_of(code: str) -> str:
    """Which way a text in this language runs: "ltr" or "rtl"."""
    return direction(code)


@register.filter
def change_words(changes: Collection[Change]) -> str:
    """What happened to a clause: "moved, reworded"."""
    return ", ".join(said.changes(frozenset(changes)))
