"""The open amendments beside a clause, as HTML: a list in the margin, a mark in the outline."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from charter.models import ProposedAct
from charter.queries.beside import Beside

DRAFT = ' class="draft"'


class Margin:
    """Writes the lists of one page; `address` is that of the charter's text."""

    def __init__(self, address: str, language: str) -> None:
        self.address, self.language = address, language
        self.say_list = _("Amendments on %(clause)s")
        self.say_gone = escape(_("a clause that is not in the text"))
        self.say_draft = escape(_("Draft"))
        kept = escape(_("not on the table yet"))
        self.say_kept = f' <span class="kept">({kept})</span>'

    def list(self, found: Sequence[Beside], clause: str, citation: str) -> str:
        """The amendments on a clause."""
        said = escape(self.say_list % {"clause": citation})
        lines = "".join(self._line(one) for one in found)
        return f'<ul class="proposals" data-clause="{clause}" aria-label="{said}">{lines}</ul>'

    def _line(self, one: Beside) -> str:
        where = (
            f"{self.address}amendments/{one.amendment}/?language={one.language or self.language}"
        )
        title = f' title="{escape(one.title)}"' if one.title else ""
        act = escape(str(one.act.label))
        if one.act == ProposedAct.REWORD and one.language != self.language:
            act += f" ({escape(one.language)})"
        if one.gone:
            act += f" ({self.say_gone})"
        standing = one.standing and (
            f' <span class="standing {one.standing}">{escape(str(one.standing.label))}</span>'
        )
        return (
            f"<li{'' if one.symbol else DRAFT}>"
            f'<a href="{where}#change-{one.change}"{title}>{one.symbol or self.say_draft}</a>'
            f' <span class="by">{escape(one.by)}</span>: {act}{standing or ""}'
            f"{'' if one.symbol else self.say_kept}</li>"
        )


def mark(count: int) -> str:
    """So many open amendments, for the outline; "" for none."""
    return _said(count, get_language()) if count else ""


@lru_cache(maxsize=256)
def _said(count: int, _language: str) -> str:
    """Of the language of the interface, which is the one given."""
    said = ngettext("%(n)s open amendment", "%(n)s open amendments", count)
    return (
        f'<span class="proposed" title="{escape(said % {"n": count})}">'
        f'<span aria-hidden="true">±{count}</span>'
        f'<span class="unseen"> {escape(said % {"n": count})}</span></span>'
    )
