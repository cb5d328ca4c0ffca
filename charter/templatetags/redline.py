"""Redlines inside a template."""

from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from charter.text.redline import Redline, Spans
from charter.web import redlines

register = template.Library()


@register.simple_tag(takes_context=True)
def redline_rows(
    context: dict, redline: Redline, view: str = "inline", everything: bool = False
) -> SafeString:
    """The rows of a redline; the context has the `seat` and may have `principle_names`."""
    return redlines.html(
        redline,
        slug=context["seat"].charter.slug,
        names=context.get("principle_names", {}),
        side=view == "side",
        everything=everything,
    )


@register.simple_tag
def wording(spans: Spans, notes: str = "note") -> SafeString:
    """One wording with its marks; `notes` keeps the ids of its footnotes apart on the page."""
    return redlines.spans_html(spans, str(notes))


@register.simple_tag(takes_context=True)
def proposed(context: dict, spans: Spans | str, notes: object, places: Mapping) -> SafeString:
    """The same of words proposed for the text of the `seat`, whose references lead there."""
    page = reverse("text", args=[context["seat"].charter.slug])
    return redlines.spans_html(spans, f"note-{notes}", places, page)
