"""What comments say."""

from django import template

from charter.web.cards import said

register = template.Library()
register.filter("said", said)
