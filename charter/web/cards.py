"""Threads as cards: in the margin of the text and on the page of all discussion."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from charter.exports.languages import name
from charter.formats.languages import direction
from charter.models import AnchorState
from charter.queries.threads import ShownComment, ShownThread

ACT = "act"  # the id of the page's one empty form, which every button of a card sends


class Cards:
    """Writes cards for one viewer. `address` is that of the charter's text.

    `language` is that of the text the cards stand beside; "" where they stand by themselves.
    """

    def __init__(self, address: str, *, language: str, may_comment: bool) -> None:
        self.address, self.language, self.may_comment = address, language, may_comment
        # Asked of the catalogue once and not for every card.
        self.say_thread = _("Thread %(number)s on %(clause)s")
        self.say_reply, self.say_resolve = _("Reply"), _("Resolve")

    def silent(self) -> "Cards":
        """The same for somebody who only reads."""
        return Cards(self.address, language=self.language, may_comment=False)

    def card(self, thread: ShownThread, number: int, citation: str) -> str:
        """The card of a thread that is the `number`th on the page, about the clause cited."""
        said = self.say_thread % {"number": number, "clause": citation}
        resolved = " resolved" if thread.resolved_at else ""
        return (
            f'<article class="thread{resolved}" id="thread-{thread.id}"'
            f' data-clause="{thread.clause}" aria-label="{escape(said)}">'
            f"{self._head(thread, number)}{self._quote(thread)}{self._comments(thread)}"
            f"{self._actions(thread)}</article>"
        )

    def place(self, thread: ShownThread) -> str:
        """Where on the page that stands what the thread is about as a whole."""
        return f"#clause-{thread.clause}"

    def elsewhere(self, thread: ShownThread) -> str:
        """That its words are not those beside the card."""
        return _("words of the text in %(language)s") % {"language": name(thread.language)}

    def may_move(self, thread: ShownThread) -> bool:
        """Whether it can be put on other words: its own are not what they were."""
        return bool(thread.original_quote) and thread.state != AnchorState.EXACT

    def facts(self, thread: ShownThread) -> Iterator[str]:
        """What else the head of the card says."""
        yield from ()

    def _head(self, thread: ShownThread, number: int) -> str:
        here = thread.language == self.language
        at = f"#mark-{thread.id}" if thread.on_words and here else self.place(thread)
        if not self.language:
            at = f"{self.address}?language={thread.language}#thread-{thread.id}"
        facts = [f"<span>{escape(said)}</span>" for said in self.facts(thread)]
        if not here and thread.original_quote:
            facts.append(f"<span>{escape(self.elsewhere(thread))}</span>")
        if thread.state != AnchorState.EXACT:
            facts.append(
                f'<span class="state state-{thread.state}">{escape(str(thread.state.label))}</span>'
            )
        if thread.resolved_at:
            said = _("resolved by %(person)s") % {"person": thread.resolved_by}
            facts.append(f"<span>{escape(said)}</span>")
        return (
            f'<p class="thread-head"><a class="thread-number" href="{at}">{number}</a>'
            f"{''.join(facts)}</p>"
        )

    def _quote(self, thread: ShownThread) -> str:
        """The words it was opened on, where the text beside it no longer shows them."""
        shown = thread.on_words and thread.language == self.language
        if not thread.original_quote or (shown and thread.quote == thread.original_quote):
            return ""
        gone = " gone" if thread.state == AnchorState.ORPHANED else ""
        return (
            f'<blockquote class="quote{gone}" lang="{escape(thread.language)}"'
            f' dir="{direction(thread.language)}">{escape(thread.original_quote)}</blockquote>'
        )

    def _comments(self, thread: ShownThread) -> str:
        first, *others = thread.comments
        if len(others) < 2:
            return "".join(_comment(comment) for comment in thread.comments)
        between = "".join(_comment(comment) for comment in others[:-1])
        count = len(others) - 1
        said = ngettext("%(n)s more comment", "%(n)s more comments", count) % {"n": count}
        return (
            f'{_comment(first)}<details class="more"><summary>{escape(said)}</summary>'
            f"{between}</details>{_comment(others[-1])}"
        )

    def _actions(self, thread: ShownThread) -> str:
        if not self.may_comment:
            return ""
        if thread.resolved_at:
            again = self._button(thread, "reopen", _("Reopen"))
            return f'<p class="thread-actions">{again}</p>'
        links = self._link(thread, "reply", self.say_reply)
        if self.may_move(thread):
            links += self._link(thread, "reanchor", _("Put on other words"), swap=False)
        links += self._button(thread, "resolve", self.say_resolve)
        return f'<p class="thread-actions">{links}</p>'

    def _link(self, thread: ShownThread, verb: str, words: str, *, swap: bool = True) -> str:
        address = f"{self.address}threads/{thread.id}/{verb}/"
        loads = (
            f' hx-get="{address}" hx-target="closest .thread" hx-swap="beforeend"'
            ' hx-select="main form" hx-select-oob="" hx-push-url="false"'
        )
        return (
            f'<a class="button plain small" href="{address}"{loads if swap else ""}>'
            f"{escape(words)}</a>"
        )

    def _button(self, thread: ShownThread, verb: str, words: str) -> str:
        address = f"{self.address}threads/{thread.id}/{verb}/"
        return (
            f'<button class="button plain small" form="{ACT}" formaction="{address}"'
            f' hx-post="{address}">{escape(words)}</button>'
        )


def _comment(comment: ShownComment) -> str:
    at = localtime(comment.at)
    of = f"<span>{escape(comment.delegation)}</span>" if comment.delegation else ""
    return (
        f'<div class="comment"><p class="who"><b>{escape(comment.author)}</b>{of}'
        f'<time datetime="{at.isoformat(timespec="minutes")}">'
        f"{_day(at.date(), get_language())}</time></p>"
        f'<p class="said">{said(comment)}</p></div>'
    )


def said(comment: ShownComment) -> SafeString:
    """The words of a comment as HTML, the members it names marked."""
    parts, at = [], 0
    for start, end in comment.mentions:
        name = escape(comment.text[start:end])
        parts += [escape(comment.text[at:start]), f'<span class="mention">{name}</span>']
        at = end
    parts.append(escape(comment.text[at:]))
    return mark_safe("".join(parts))  # noqa: S308  every part is escaped above


@lru_cache(maxsize=1024)
def _day(day: date, _language: str) -> str:
    """The day in the language of the interface, which is the one given."""
    return escape(date_format(day, "j E Y"))
