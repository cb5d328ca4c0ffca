"""What a page says in the place of something that the charter's stage keeps closed."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from charter.access import Right, Seat
from charter.queries.stages import waiting

register = template.Library()


@register.simple_tag
def opens_later(seat: Seat, right: str) -> SafeString | str:
    """What would open the right to a seat whose role has it; empty where no stage is in its way."""
    said = waiting(seat, Right(right))
    return format_html('<p class="quiet small closed">{}</p>', said) if said else ""
