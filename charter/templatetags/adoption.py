"""What was chosen of the amendments that are to be adopted."""

from collections.abc import Mapping
from uuid import UUID

from django import template

from charter.actions.combining import Taking
from charter.queries.proposed import ShownChange

register = template.Library()


@register.filter
def taken(change: ShownChange, chosen: Mapping[UUID, Taking]) -> Taking | None:
    """What was chosen of a change; None for nothing, or where nobody has chosen yet."""
    return chosen.get(change.uuid)
