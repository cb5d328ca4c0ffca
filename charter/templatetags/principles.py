"""What pages about principles say."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charter.queries.vocabulary import Event, Happening

register = template.Library()

_EVENTS = {
    Event.ADDED: gettext_lazy("added"),
    Event.SPLIT: gettext_lazy("taken out of “%(other)s”"),
    Event.RENAMED: gettext_lazy("renamed, before “%(before)s”"),
    Event.REDEFINED: gettext_lazy("defined anew"),
    Event.RECOLOURED: gettext_lazy("given another colour"),
    Event.PLACED: gettext_lazy("put in another place"),
    Event.WITHDRAWN: gettext_lazy("withdrawn"),
    Event.MERGED: gettext_lazy("merged into “%(other)s”"),
    Event.RESTORED: gettext_lazy("restored"),
}


@register.filter
def happened(one: Happening) -> str:
    """What a revision did to a principle, in words: "Peace: merged into “Security”"."""
    return f"{one.name}: {became(one)}"


@register.filter
def became(one: Happening) -> str:
    """The same without the principle's name: "merged into “Security”"."""
    values = {"other": one.other, "before": one.before}
    said = ", ".join(str(_EVENTS[event]) % values for event in one.events)
    return said or _("unchanged")
