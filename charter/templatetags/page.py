"""What every page's template may ask for."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from charter.web import reading
from charter.web.sections import Bar, bar

register = template.Library()


@register.simple_tag
def dot(colour: str) -> SafeString:
    """A small disc of this colour ("#rrggbb"); an SVG attribute, as pages allow no inline style."""
    return format_html(
        '<svg class="dot" viewBox="0 0 10 10" aria-hidden="true">'
        '<circle cx="5" cy="5" r="4.5" fill="{}"/></svg>',
        colour,
    )


@register.simple_tag
def interface_attributes() -> SafeString:
    """`lang` and `dir` of the interface, for what stands in the middle of a text."""
    return reading.interface_attributes()


@register.simple_tag
def sections(slug: str, page: str) -> Bar:
    """The bar of a charter's sections over the page of this name."""
    return bar(slug, page)
