"""Signs of positions and of the ladder, which stand beside words or are said by them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from charter.exports.stances import SIGNS
from charter.models import Stance

register = template.Library()


@register.simple_tag
def stance_sign(stance: Stance) -> SafeString:
    """The sign of a stance, beside which its words stand."""
    return format_html('<span class="sign" aria-hidden="true">{}</span>', SIGNS[stance])
