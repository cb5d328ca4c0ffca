"""Silence procedures: the list, each on its page, and what is done with one."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter.access import Right, Seat, enter
from charter.actions import silence as actions
from charter.models import SilenceState
from charter.queries.silence import NoSilence, Phase, Procedure, procedure_of, procedures_of
from charter.web import asked
from charter.web.forms import attempt
from charter.web.reading import text_attributes
from charter.web.silence_forms import BreakingForm, CallingOffForm, ExtensionForm
from charter.web.silence_opening import opening_context, opening_form
from charter.web.silence_said import named
from charter.web.silence_shown import shown_words


@require_safe
def silences(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures that run, with the time they have left, and those that ended."""
    seat = enter(request.user, slug)
    found = procedures_of(seat.charter, asked.language(request, seat))
    pairs = [(one, named(one)) for one in found]
    context = {
        "seat": seat,
        "running": [pair for pair in pairs if pair[0].state == SilenceState.RUNNING],
        "ended": [pair for pair in pairs if pair[0].state != SilenceState.RUNNING],
        "may_open": seat.may(Right.SILENCE),
        "now": timezone.now(),
    }
    return render(request, "silence/silences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put clauses, amendments or an edition under silence: `?of=` says which."""
    seat = enter(request.user, slug, Right.SILENCE)
    form = opening_form(request, seat)
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "deadline": form.deadline}
        for name in ("day", "clock", "zone"):
            del said[name]
        with attempt(form):
            made = actions.open_silence(actor=seat.person, charter=seat.charter, **said)
            messages.success(request, _("Procedure %(silence)s has begun.") % {"silence": made})
            return redirect("silence", slug, made.number)
    context = {"seat": seat, "form": form} | opening_context(form)
    return render(request, "silence/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def silence(request: HttpRequest, slug: str, silence: int) -> HttpResponse:
    """One procedure: what is under silence, until when, and what became of it."""
    seat = enter(request.user, slug)
    return _page(request, seat, _found(request, seat, silence))


@require_POST
def break_(request: HttpRequest, slug: str, silence: int) -> HttpResponse:
    """Object in the name of one's delegation."""
    seat = enter(request.user, slug, Right.OBJECT)
    found, form = _found(request, seat, silence), BreakingForm(request.POST, auto_id="break_%s")
    if form.is_valid():
        with attempt(form):
            actions.break_silence(**_act(seat, found), **form.cleaned_data)
            messages.success(request, _("Silence is broken."))
            return redirect("silence", slug, silence)
    return _page(request, seat, found, breaking=form)


@require_POST
def extend(request: HttpRequest, slug: str, silence: int) -> HttpResponse:
    """Move the deadline to a later time."""
    seat = enter(request.user, slug, Right.SILENCE)
    found, form = _found(request, seat, silence), ExtensionForm(request.POST, auto_id="extend_%s")
    if form.is_valid():
        with attempt(form):
            note = form.cleaned_data["note"]
            actions.extend_silence(**_act(seat, found), deadline=form.deadline, note=note)
            messages.success(request, _("The deadline is extended."))
            return redirect("silence", slug, silence)
    return _page(request, seat, found, extension=form)


@require_POST
def call_off(request: HttpRequest, slug: str, silence: int) -> HttpResponse:
    """End a procedure without an outcome."""
    seat = enter(request.user, slug, Right.MANAGE)
    found, form = _found(request, seat, silence), CallingOffForm(request.POST, auto_id="off_%s")
    if form.is_valid():
        with attempt(form):
            actions.call_off_silence(**_act(seat, found), **form.cleaned_data)
            messages.success(request, _("The procedure is called off."))
            return redirect("silence", slug, silence)
    return _page(request, seat, found, calling_off=form)


def _found(request: HttpRequest, seat: Seat, number: int) -> Procedure:
    try:
        return procedure_of(seat.charter, number, asked.language(request, seat))
    except NoSilence as error:
        raise Http404(str(error)) from error


def _act(seat: Seat, found: Procedure) -> dict[str, Any]:
    return {"actor": seat.person, "charter": seat.charter, "silence": found.number}


def _page(
    request: HttpRequest,
    seat: Seat,
    found: Procedure,
    *,
    breaking: Form | None = None,
    extension: Form | None = None,
    calling_off: Form | None = None,
) -> HttpResponse:
    """The procedure's page; with a form that came back, 422."""
    language = asked.language(request, seat)
    now = timezone.now()
    running = found.phase(now) is Phase.RUNNING
    context = {
        "seat": seat,
        "silence": found,
        "phase": found.phase(now).value,
        "name": named(found),
        "language": language,
        "attributes": text_attributes(language),
        "words": shown_words(seat.charter, found, language),
        "breaking": breaking or BreakingForm(auto_id="break_%s"),
        "extension": extension or ExtensionForm(auto_id="extend_%s", initial=_later(found)),
        "calling_off": calling_off or CallingOffForm(auto_id="off_%s"),
        # A form that came too late comes back with what was typed.
        "may_break": bool(running or breaking) and seat.may(Right.OBJECT),
        "sits": bool(seat.membership.delegation_id or breaking),
        "may_extend": bool(running or extension) and seat.may(Right.SILENCE),
        "may_call_off": bool(running or calling_off) and seat.may(Right.MANAGE),
    }
    came_back = breaking or extension or calling_off
    return render(request, "silence/silence.html", context, status=422 if came_back else 200)


def _later(found: Procedure) -> dict[str, object]:
    """The deadline that stands, on the reader's clock."""
    own = timezone.localtime(found.deadline)
    return {"day": own.date(), "clock": own.time()}
