"""Amendments: the list, each on its page, and what is done with one."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter.access import Right, Seat, enter
from charter.actions import amendments as actions
from charter.actions.proposals import drop_change
from charter.actions.refusals import Stale
from charter.models import OPEN_STATUSES, AmendmentStatus
from charter.queries.amendment_threads import amendment_threads_of
from charter.queries.amendments import (
    ListedAmendment,
    NoAmendment,
    amendment_of,
    amendments_of,
    deeds_of,
)
from charter.queries.effects import effect_of
from charter.queries.proposed import ShownChange, shown_changes
from charter.queries.silence import under_silence
from charter.web import asked
from charter.web.amendment_cards import Talks
from charter.web.amendment_forms import Description, Note, Redescription
from charter.web.forms import attempt, refusing, sent
from charter.web.position_forms import position_context
from charter.web.reading import text_attributes
from charter.web.silence_shown import silence_context

SETTLED = tuple(
    status for status in AmendmentStatus if status not in (*OPEN_STATUSES, AmendmentStatus.DRAFT)
)


@require_safe
def amendments(request: HttpRequest, slug: str) -> HttpResponse:
    """What is on the table, one's own drafts, and what was settled."""
    seat = enter(request.user, slug)
    found = amendments_of(seat, asked.language(request, seat))
    return render(
        request,
        "amendments/amendments.html",
        {
            "seat": seat,
            "open": [one for one in found if one.open],
            "drafts": [one for one in found if one.status == AmendmentStatus.DRAFT],
            "under": under_silence(seat.charter).amendments,
            "settled": [one for one in found if one.status in SETTLED and one.symbol],
            "may_propose": seat.may(Right.PROPOSE),
            "may_adopt": seat.may(Right.ADOPT),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an amendment."""
    seat = enter(request.user, slug, Right.PROPOSE)
    form = Description(*sent(request))
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            made = actions.draft_amendment(
                actor=request.user, charter=seat.charter, **form.cleaned_data
            )
            messages.success(request, _("The draft is seen by your delegation only."))
            return redirect("amendment", slug, made.uuid)
    return render(
        request,
        "amendments/new.html",
        {"seat": seat, "form": form, "back": reverse("amendments", args=[slug])},
        status=422 if form.errors else 200,
    )


@require_safe
def amendment(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """One amendment: what it asks for, who stands behind it, and what became of it."""
    return amendment_page(request, enter(request.user, slug), amendment)


def amendment_page(
    request: HttpRequest, seat: Seat, amendment: UUID, **came_back: Form
) -> HttpResponse:
    """The page of an amendment; status 422 with a form that came back, by its name on the page."""
    language = asked.language(request, seat)
    found = found_amendment(seat, amendment, language)
    editable = found.own and _alive(found)
    changes = shown_changes(seat, amendment, language, dropped="dropped" in request.GET)
    talks = _talks(seat, found, changes, language)
    return render(
        request,
        "amendments/amendment.html",
        {
            "seat": seat,
            "amendment": found,
            "language": language,
            "attributes": text_attributes(language),
            "changes": [(one, talks.of_change(one, one.citation)) for one in changes],
            "talk": talks.of_the_rest(found.symbol or found.title),
            "may_comment": seat.may(Right.COMMENT),
            "effect": effect_of(seat, amendment, language) if _alive(found) else None,
            "deeds": deeds_of(seat, amendment, language),
            "note": Note(initial={"version": found.version}),
            "may_change": editable and seat.may(Right.PROPOSE) and seat.may(_rewriting(found)),
            "may_withdraw": editable and seat.may(Right.WITHDRAW),
            "may_table": editable and found.status == AmendmentStatus.DRAFT,
            "may_join": found.open
            and not found.own
            and seat.may(Right.WITHDRAW if found.joined else Right.TABLE)
            and seat.membership.delegation_id is not None,
            "may_settle": found.open and seat.may(Right.MANAGE),
            "others": [
                one for one in amendments_of(seat, language, OPEN_STATUSES) if one.uuid != amendment
            ]
            if seat.may(Right.MANAGE)
            else [],
        }
        | silence_context(seat, amendment=amendment if found.open else None)
        | position_context(seat, language, amendment=amendment)
        | came_back,
        status=422 if came_back else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Give an amendment another title or rationale."""
    seat = enter(request.user, slug, Right.PROPOSE)
    found = found_amendment(seat, amendment, asked.language(request, seat))
    stands = {"title": found.title, "rationale": found.rationale, "version": found.version}
    form, stale = Redescription(*sent(request), initial=stands), False
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            try:
                actions.describe_amendment(
                    actor=request.user,
                    charter=seat.charter,
                    amendment=amendment,
                    **form.cleaned_data,
                )
            except Stale:
                stale = True
                form.seen_again(found.version)
                raise
            messages.success(request, _("Saved."))
            return redirect("amendment", slug, amendment)
    return render(
        request,
        "amendments/describe.html",
        {
            "seat": seat,
            "form": form,
            "amendment": found,
            "stale": stale,
            "back": reverse("amendment", args=[slug, amendment]),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def table(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Put a draft on the table."""
    said = _("The amendment is on the table.")
    return _settle(request, slug, amendment, Right.TABLE, actions.table_amendment, said)


@require_POST
def withdraw(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Take an amendment back."""
    said = _("The amendment is withdrawn.")
    return _settle(request, slug, amendment, Right.WITHDRAW, actions.withdraw_amendment, said)


@require_POST
def join(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Put the name of one's delegation under an amendment."""
    said = _("Your delegation sponsors this amendment.")
    return _settle(request, slug, amendment, Right.TABLE, actions.join_amendment, said)


@require_POST
def leave(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Take the name of one's delegation off an amendment."""
    said = _("Your delegation does not sponsor this amendment any more.")
    return _settle(request, slug, amendment, Right.WITHDRAW, actions.leave_amendment, said)


@require_POST
def reject(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Record that the table did not accept it."""
    said = _("The amendment is rejected.")
    return _settle(request, slug, amendment, Right.MANAGE, actions.reject_amendment, said)


@require_POST
def supersede(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Record that another amendment took its place."""
    seat = enter(request.user, slug, Right.MANAGE)
    found_amendment(seat, amendment)
    try:
        other = UUID(request.POST.get("other", ""))
    except ValueError:
        messages.error(request, _("Choose the amendment that takes its place."))
        return redirect("amendment", slug, amendment)

    def act(**more) -> None:
        actions.supersede_amendment(other=other, **more)

    said = _("The other amendment has taken its place.")
    return _settle(request, slug, amendment, Right.MANAGE, act, said)


@require_POST
def drop(request: HttpRequest, slug: str, amendment: UUID, change: UUID) -> HttpResponse:
    """Ask for one of the changes no longer."""

    def act(**more) -> None:
        drop_change(change=change, **more)

    said = _("The amendment does not ask for this any more.")
    return _settle(request, slug, amendment, Right.PROPOSE, act, said)


def found_amendment(seat: Seat, amendment: UUID, language: str = "") -> ListedAmendment:
    """The amendment. Http404 where the seat may not know of it."""
    try:
        return amendment_of(seat, amendment, language)
    except NoAmendment as error:
        raise Http404(str(error)) from error


def _rewriting(found: ListedAmendment) -> Right:
    """What it takes to change what it asks for."""
    return Right.PROPOSE if found.status == AmendmentStatus.DRAFT else Right.TABLE


def _alive(found: ListedAmendment) -> bool:
    """Whether anything can still come of it."""
    return found.status in (AmendmentStatus.DRAFT, *OPEN_STATUSES)


def _talks(
    seat: Seat, found: ListedAmendment, changes: Sequence[ShownChange], language: str
) -> Talks:
    """What is said of the amendment, for its page."""
    return Talks(
        amendment_threads_of(seat, language, amendment=found.uuid),
        changes[0].places if changes else {},
        address=reverse("amendment", args=[seat.charter.slug, found.uuid]),
        text=reverse("text", args=[seat.charter.slug]),
        may_comment=seat.may(Right.COMMENT),
    )


_NOTED = (actions.withdraw_amendment, actions.reject_amendment)


def _settle(
    request: HttpRequest,
    slug: str,
    amendment: UUID,
    right: Right,
    act: Callable[..., object],
    said: str,
) -> HttpResponse:
    """Do something with an amendment that its page has a button for."""
    seat = enter(request.user, slug, right)
    found = found_amendment(seat, amendment)
    form = Note(request.POST)
    if not form.is_valid():
        return amendment_page(request, seat, amendment, note=form)
    more: dict[str, object] = {}
    if act in _NOTED:
        more["note"] = form.cleaned_data["note"]
    if act is actions.table_amendment and "title" in request.POST:
        more["title"] = request.POST["title"]
    if form.cleaned_data["version"] and act not in _UNVERSIONED:
        more["version"] = form.cleaned_data["version"]
    # What was typed comes back with the reason; a button alone has nothing to lose.
    typed = any(more.get(name) for name in ("note", "title"))
    with attempt(form) if typed else refusing(request):
        act(actor=request.user, charter=seat.charter, amendment=amendment, **more)
        messages.success(request, said)
    if not form.errors:
        return redirect("amendment", slug, amendment)
    form.seen_again(found.version)
    return amendment_page(request, seat, amendment, note=form)


_UNVERSIONED = (actions.join_amendment, actions.leave_amendment)
