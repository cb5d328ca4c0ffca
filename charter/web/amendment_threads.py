"""Discussing an amendment: opening threads on what it proposes, answering, settling them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, Seat, enter
from charter.actions import amendment_threads as actions
from charter.queries.amendment_threads import (
    NoAmendmentThread,
    ShownAmendmentThread,
    amendment_thread_of,
)
from charter.queries.amendments import ListedAmendment
from charter.queries.proposed import ShownChange, shown_changes
from charter.text.proposal import whole
from charter.web import asked
from charter.web.amendment_cards import Talks
from charter.web.amendments import found_amendment
from charter.web.reading import text_attributes
from charter.web.replies import form_page, posted, try_with
from charter.web.thread_forms import ChangeCommentForm, SaidForm, WordsOfChange


@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Open a thread on an amendment as a whole."""
    seat, found, language = _entered(request, slug, amendment)
    form = SaidForm(posted(request))
    if form.is_valid():
        done = try_with(
            form,
            lambda: actions.open_amendment_thread(
                actor=seat.person,
                charter=seat.charter,
                amendment=amendment,
                text=form.cleaned_data["text"],
            ),
        )
        if done is not None:
            return _to(seat, found, language, f"thread-{done.uuid}")
    context = _context(seat, found, language, "discussion") | {"form": form}
    return form_page(request, "threads/open_amendment.html", context, 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def open_on_change(request: HttpRequest, slug: str, amendment: UUID, change: UUID) -> HttpResponse:
    """Open a thread on words that a change proposes, or on all of it."""
    seat, found, language = _entered(request, slug, amendment)
    shown = _change(seat, amendment, change, language)
    form = ChangeCommentForm(posted(request), initial={"version": found.version})
    place = form.place(whole(shown.parts)) if form.is_valid() else None
    if place is not None:
        done = try_with(
            form,
            lambda: actions.open_amendment_thread(
                actor=seat.person,
                charter=seat.charter,
                amendment=amendment,
                change=change,
                start=place[0],
                end=place[1],
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"],
            ),
        )
        if done is not None:
            return _to(seat, found, language, f"thread-{done.uuid}")
    context = _context(seat, found, language, f"change-{change}") | _words(seat, shown)
    context |= {"form": form}
    return form_page(request, "threads/open_change.html", context, 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str, amendment: UUID, talk: UUID) -> HttpResponse:
    """Answer in a thread."""
    seat, found, language = _entered(request, slug, amendment)
    shown = _thread(seat, amendment, talk, language)
    form = SaidForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data["text"]
        done = try_with(
            form,
            lambda: actions.reply_on_amendment(**_act(seat, amendment, talk), text=said),
        )
        if done is not None:
            return _to(seat, found, language, f"thread-{talk}")
    context = _context(seat, found, language, f"thread-{talk}")
    context |= {"form": form, "form_id": f"replying-{talk}", "thread": shown}
    return form_page(request, "threads/reply.html", context, 422 if form.is_bound else 200)


@require_POST
def resolve(request: HttpRequest, slug: str, amendment: UUID, talk: UUID) -> HttpResponse:
    """Settle a thread."""
    seat, found, language = _entered(request, slug, amendment)
    _thread(seat, amendment, talk, language)
    actions.resolve_amendment_thread(**_act(seat, amendment, talk))
    messages.success(request, _("The thread is resolved."))
    return _to(seat, found, language, f"thread-{talk}")


@require_POST
def reopen(request: HttpRequest, slug: str, amendment: UUID, talk: UUID) -> HttpResponse:
    """Take a settled thread up again."""
    seat, found, language = _entered(request, slug, amendment)
    _thread(seat, amendment, talk, language)
    actions.reopen_amendment_thread(**_act(seat, amendment, talk))
    return _to(seat, found, language, f"thread-{talk}")


@require_http_methods(["GET", "HEAD", "POST"])
def reanchor(request: HttpRequest, slug: str, amendment: UUID, talk: UUID) -> HttpResponse:
    """Put a thread on other words of what its change proposes."""
    seat, found, language = _entered(request, slug, amendment)
    about = _thread(seat, amendment, talk, language)
    if about.change is None:
        raise Http404(str(talk))
    shown = _change(seat, amendment, about.change, language)
    form = WordsOfChange(posted(request), initial={"version": found.version})
    place = form.place(whole(shown.parts)) if form.is_valid() else None
    if place is not None:
        done = try_with(
            form,
            lambda: actions.reanchor_amendment_thread(
                **_act(seat, amendment, talk),
                start=place[0],
                end=place[1],
                version=form.cleaned_data["version"],
            ),
        )
        if done is not None:
            return _to(seat, found, language, f"thread-{talk}")
    context = _context(seat, found, language, f"thread-{talk}") | _words(seat, shown)
    context |= {"form": form, "thread": about}
    return form_page(
        request, "threads/reanchor_change.html", context, 422 if form.is_bound else 200
    )


def _entered(request: HttpRequest, slug: str, amendment: UUID) -> tuple[Seat, ListedAmendment, str]:
    seat = enter(request.user, slug, Right.COMMENT)
    language = asked.language(request, seat)
    return seat, found_amendment(seat, amendment, language), language


def _change(seat: Seat, amendment: UUID, change: UUID, language: str) -> ShownChange:
    for one in shown_changes(seat, amendment, language, dropped=True):
        if one.uuid == change:
            return one
    raise Http404(str(change))


def _thread(seat: Seat, amendment: UUID, thread: UUID, language: str) -> ShownAmendmentThread:
    try:
        return amendment_thread_of(seat, amendment, thread, language)
    except NoAmendmentThread as error:
        raise Http404(str(error)) from error


def _act(seat: Seat, amendment: UUID, thread: UUID) -> dict[str, object]:
    return {
        "actor": seat.person,
        "charter": seat.charter,
        "amendment": amendment,
        "thread": thread,
    }


def _words(seat: Seat, change: ShownChange) -> dict[str, object]:
    """The words proposed, to quote from."""
    text = reverse("text", args=[seat.charter.slug])
    talks = Talks((), change.places, address="", text=text, may_comment=False)
    return {
        "shown": talks.of_change(change, "").words if change.parts else SafeString(""),
        "attributes": text_attributes(change.language or seat.charter.working_language),
        "change": change,
    }


def _context(
    seat: Seat, amendment: ListedAmendment, language: str, place: str
) -> dict[str, object]:
    name = " ".join(filter(None, (amendment.symbol, amendment.title)))
    return {
        "seat": seat,
        "language": language,
        "amendment": amendment,
        "citation": name or _("the draft"),
        "back": _address(seat, amendment, language, place),
    }


def _to(seat: Seat, amendment: ListedAmendment, language: str, place: str) -> HttpResponseRedirect:
    return redirect(_address(seat, amendment, language, place))


def _address(seat: Seat, amendment: ListedAmendment, language: str, place: str) -> str:
    page = reverse("amendment", args=[seat.charter.slug, amendment.uuid])
    return f"{page}?language={language}#{place}"
