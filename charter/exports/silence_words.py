"""What is said of a silence procedure in a word: how it stands, and what is under silence."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from charter.models import SilenceKind
from charter.queries.silence import Phase, Procedure

CITED = 4  # of what is under silence, in a name

PHASES = {
    Phase.RUNNING: pgettext_lazy("of a silence procedure", "running"),
    Phase.KEPT: gettext_lazy("silence kept, being adopted"),
    Phase.ADOPTED: pgettext_lazy("of a silence procedure", "silence kept, adopted"),
    Phase.BROKEN: pgettext_lazy("of a silence procedure", "silence broken"),
    Phase.CALLED_OFF: pgettext_lazy("of a silence procedure", "called off"),
    Phase.FAILED: pgettext_lazy("of a silence procedure", "failed"),
}


def cited(procedure: Procedure) -> str:
    """What a procedure is about, by citation alone: "Article 5, Article 6", "A-3", "Rev.1"."""
    if procedure.kind == SilenceKind.EDITION:
        return procedure.edition_name
    gone = _("a clause that is not in the text any more")
    found = [item.citation or gone for item in procedure.items]
    rest = len(found) - CITED
    if rest <= 0:
        return ", ".join(found)
    more = ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}
    return f"{', '.join(found[:CITED])} {more}"
