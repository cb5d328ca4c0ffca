"""What pages of records say: moments, languages, changes."""

from collections.abc import Collection
from datetime import UTC, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from charter.formats.languages import direction
from charter.text.redline import Change
from charter.web import languages, said

register = template.Library()


@register.filter
def moment(at: datetime | None, form: str = "full") -> SafeString | str:
    """A time in UTC; "day" and "clock" show only that. A script adds the reader's own zone."""
    if at is None:
        return ""
    at = at.astimezone(UTC)
    day, clock = date_format(at, "j E Y"), f"{at:%H:%M} UTC"
    shown = {"day": day, "clock": clock}.get(form, f"{day}, {clock}")
    return format_html(
        '<time class="moment" datetime="{}">{}</time>', at.isoformat(timespec="seconds"), shown
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
