"""Words for the values of the domain that have none of their own."""

from django.utils.translation import gettext_lazy as _

from charter.text.redline import Change

CHANGES = {
    Change.ADDED: _("inserted"),
    Change.STRUCK: _("struck"),
    Change.MOVED: _("moved"),
    Change.RENUMBERED: _("renumbered"),
    Change.RETAGGED: _("principles changed"),
    Change.REWORDED: _("reworded"),
    Change.RECAST: _("another kind"),
}


def changes(found: frozenset[Change]) -> list[str]:
    """What happened to a clause, in words, in the order of `Change`."""
    return [str(CHANGES[change]) for change in Change if change in found]
