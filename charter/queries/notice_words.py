"""A notice in words, and the address of what it tells of: for the inbox and for letters alike.

None of it repeats a word of a text or of a comment.
"""

from collections.abc import Callable
from unicodedata import bidirectional
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charter.models import DeedKind, NoticeKind
from charter.queries.notices import ShownNotice


def sentence(notice: ShownNotice) -> str:
    """What happened, in the language that is active."""
    return _SAID[notice.kind](notice)


def address(notice: ShownNotice) -> str:
    """The path of the page that shows it."""
    slug = notice.charter.slug
    if notice.amendment_thread:
        return _amendment(notice, f"#thread-{notice.amendment_thread}")
    if notice.thread:
        return f"{reverse('text', args=[slug])}{_in(notice)}#thread-{notice.thread}"
    if notice.amendment:
        return _amendment(notice)
    if notice.kind == NoticeKind.EDITED:
        return _edited(notice)
    if notice.silence:
        return reverse("silence", args=[slug, notice.silence])
    if notice.kind == NoticeKind.SEAT:
        return reverse("members", args=[slug])
    return reverse("text", args=[slug])


def where(notice: ShownNotice) -> str:
    """The clause a sentence speaks of."""
    if notice.is_whole:
        return _("the charter")
    return _isolated(notice.citation) or _("a clause that was struck")


def _isolated(words: str) -> str:
    """Words that run from right to left, kept from turning the sentence around them."""
    if not any(bidirectional(sign) in ("R", "AL") for sign in words):
        return words
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _in(notice: ShownNotice) -> str:
    return f"?{urlencode({'language': notice.language})}" if notice.language else ""


def _amendment(notice: ShownNotice, fragment: str = "") -> str:
    return reverse("amendment", args=[notice.charter.slug, notice.amendment]) + fragment


def _edited(notice: ShownNotice) -> str:
    """The comparison with what stood before: of the clause alone by its history, or of it all."""
    slug, since = notice.charter.slug, (notice.first or 1) - 1
    if notice.first == notice.last:
        return reverse("revision", args=[slug, notice.last])
    if notice.is_whole:
        query = urlencode({"since": since, "at": notice.last, "language": notice.language})
        return f"{reverse('compare', args=[slug])}?{query}"
    return reverse("clause_history", args=[slug, notice.clause]) + _in(notice)


def _asked(notice: ShownNotice) -> str:
    return notice.symbol or _("a draft amendment")


def _mentioned(notice: ShownNotice) -> str:
    if notice.amendment_thread:
        said = _("%(actor)s mentioned you in the discussion of %(amendment)s")
        return said % {"actor": notice.actor, "amendment": _asked(notice)}
    said = _("%(actor)s mentioned you in a thread: %(clause)s")
    return said % {"actor": notice.actor, "clause": where(notice)}


def _answered(notice: ShownNotice) -> str:
    many = {"actor": notice.actor, "n": notice.times}
    if notice.amendment_thread:
        said = ngettext(
            "%(actor)s answered you in the discussion of %(amendment)s",
            "%(n)d answers in the discussion of %(amendment)s, the last by %(actor)s",
            notice.times,
        )
        return said % {**many, "amendment": _asked(notice)}
    said = ngettext(
        "%(actor)s answered in a thread you wrote in: %(clause)s",
        "%(n)d answers in a thread you wrote in, the last by %(actor)s: %(clause)s",
        notice.times,
    )
    return said % {**many, "clause": where(notice)}


def _amended(notice: ShownNotice) -> str:
    said = (
        _("%(actor)s reworked %(amendment)s, which touches what you follow: %(clause)s")
        if notice.change == DeedKind.REWORKED
        else _("%(actor)s tabled %(amendment)s, which touches what you follow: %(clause)s")
    )
    facts = {"actor": notice.actor, "amendment": _asked(notice), "clause": where(notice)}
    return said % facts


def _edited_words(notice: ShownNotice) -> str:
    facts = {"actor": notice.actor, "clause": where(notice), "n": notice.times}
    facts |= {"first": notice.first, "last": notice.last}
    if notice.first == notice.last:
        said = _("%(actor)s changed what you follow in revision %(last)s: %(clause)s")
        return said % facts
    said = ngettext(
        "%(n)d change of what you follow, revisions %(first)s to %(last)s: %(clause)s",
        "%(n)d changes of what you follow, revisions %(first)s to %(last)s: %(clause)s",
        notice.times,
    )
    return said % facts


def _conflicted(notice: ShownNotice) -> str:
    said = _("%(amendment)s of yours no longer fits the text since revision %(last)s")
    return said % {"amendment": _asked(notice), "last": notice.last}


def _settled(notice: ShownNotice) -> str:
    said = {
        DeedKind.ADOPTED: _("%(amendment)s, which you sponsor, was adopted by %(actor)s"),
        DeedKind.PARTLY_ADOPTED: _(
            "%(amendment)s, which you sponsor, was adopted in part by %(actor)s"
        ),
        DeedKind.REJECTED: _("%(amendment)s, which you sponsor, was rejected by %(actor)s"),
        DeedKind.WITHDRAWN: _("%(amendment)s, which you sponsor, was withdrawn by %(actor)s"),
        DeedKind.SUPERSEDED: _("Another amendment took the place of %(amendment)s: %(actor)s"),
    }[DeedKind(notice.change)]
    return said % {"amendment": _asked(notice), "actor": notice.actor}


def _silence(notice: ShownNotice) -> str:
    if notice.outcome and notice.change in ("opened", "extended", "ends"):
        said = _("Silence procedure %(silence)s is over: %(outcome)s")
        return said % {"silence": notice.symbol, "outcome": notice.outcome}
    at = localtime(notice.deadline)
    until = f"{date_format(at, 'j E Y')}, {at:%H:%M} {at.tzname()}"
    said = {
        "opened": _("%(actor)s opened silence procedure %(silence)s, until %(until)s"),
        "extended": _("%(actor)s extended silence procedure %(silence)s, until %(until)s"),
        "broken": _("%(actor)s broke silence: %(silence)s"),
        "called_off": _("%(actor)s called off silence procedure %(silence)s"),
        "adopted": _("Silence was kept: %(silence)s is adopted"),
        "failed": _("Silence was kept, but %(silence)s could not be adopted"),
        "ends": _("Silence procedure %(silence)s ends soon: %(until)s"),
    }[notice.change]
    return said % {"actor": notice.actor, "silence": notice.symbol, "until": until}


def _stage(notice: ShownNotice) -> str:
    said = _("%(actor)s took the charter to another stage. It stands at: %(stage)s")
    return said % {"actor": notice.actor, "stage": notice.charter.get_stage_display()}


def _seat(notice: ShownNotice) -> str:
    said = {
        "gained": _("%(actor)s gave you a seat"),
        "changed": _("%(actor)s changed your seat"),
        "waiting": _("%(actor)s named you to a delegation, whose members are to confirm you"),
        "confirmed": _("%(actor)s confirmed you in your delegation"),
        "declined": _("%(actor)s did not confirm you in the delegation you were named to"),
        "asked": _("Somebody waits for your word to come into your delegation"),
    }[notice.change]
    return said % {"actor": notice.actor}


_SAID: dict[NoticeKind, Callable[[ShownNotice], str]] = {
    NoticeKind.MENTIONED: _mentioned,
    NoticeKind.ANSWERED: _answered,
    NoticeKind.AMENDED: _amended,
    NoticeKind.EDITED: _edited_words,
    NoticeKind.CONFLICTED: _conflicted,
    NoticeKind.SETTLED: _settled,
    NoticeKind.SILENCE: _silence,
    NoticeKind.STAGE: _stage,
    NoticeKind.SEAT: _seat,
}
