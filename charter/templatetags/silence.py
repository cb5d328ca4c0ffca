"""Deadlines and marks of silence procedures, as pages show them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charter.queries.silence import Brief
from charter.templatetags.records import moment
from charter.web import silence_said

register = template.Library()


@register.filter
def deadline(at: datetime) -> SafeString:
    """A deadline in the reader's own zone with UTC beside it; a script adds the device's zone where
    nobody chose one."""
    own = timezone.localtime(at)
    if own.utcoffset() == at.astimezone(UTC).utcoffset():
        return format_html(
            '{} <span class="here quiet" data-at="{}" data-said="{}" hidden></span>',
            moment(at),
            at.isoformat(timespec="seconds"),
            _("(%(time)s on this device)") % {"time": "{}"},
        )
    same_day = own.date() == at.astimezone(UTC).date()
    utc = moment(at, "utc")
    if same_day:
        utc = format_html(
            '<time class="moment" datetime="{}">{}</time>',
            at.isoformat(timespec="seconds"),
            f"{at.astimezone(UTC):%H:%M} UTC",
        )
    return format_html('{} <span class="quiet">({})</span>', moment(at), utc)


@register.filter
def standing(brief: Brief) -> SafeString:
    """How a procedure stands now, with its sign: "running", "silence kept, being adopted"."""
    return silence_said.badge(brief)


@register.simple_tag
def silence_mark(under: Mapping[Any, Brief] | str, key: UUID | int, slug: str) -> SafeString | str:
    """That a thing of this key is under silence, and until when; "" where it is not."""
    found = under.get(key) if under else None
    return silence_said.mark(found, slug) if found else ""


@register.simple_tag
def silence_outcome(silences: Mapping[int, Brief], key: int, slug: str) -> SafeString | str:
    """How the last procedure about a thing stands; "" where there was none."""
    found = silences.get(key)
    return silence_said.outcome(found, slug) if found else ""
