"""Following clauses, and how one is told of a charter: in the inbox and by letter."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Seat, enter
from charter.actions import notices as actions
from charter.exports.citations import citation_of
from charter.exports.languages import isolated
from charter.models import LetterPace, NoticeKind
from charter.queries.notices import followed, follows, wish_of
from charter.web import asked
from charter.web.editing import clause_of
from charter.web.forms import attempt, refusing
from charter.web.replies import posted


class WishForm(forms.Form):
    """What a person wants to be told of, and how often by letter."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Tell me of"),
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    letters = forms.ChoiceField(
        label=gettext_lazy("By letter"),
        choices=LetterPace.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "A letter names clauses and amendments and has links; it repeats no words of the text "
            "or of comments, for mail is not confidential. Of silence procedures, which have "
            "deadlines, a daily letter does not wait for the morning."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What the person follows in this charter, and how they are told of it."""
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    wish = wish_of(seat)
    heard = [kind for kind in NoticeKind.values if kind not in wish.muted]
    form = WishForm(posted(request), initial={"letters": wish.letters, "kinds": heard})
    if form.is_valid():
        with attempt(form):
            actions.wish(
                actor=seat.person,
                charter=seat.charter,
                letters=form.cleaned_data["letters"],
                muted=set(NoticeKind.values) - set(form.cleaned_data["kinds"]),
            )
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("notice_settings", slug=slug)
    found = followed(seat, language)
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "followed": [one for one in found if not one.is_whole],
        "whole": any(one.is_whole for one in found),
        "confirmed": seat.person.confirmed_at is not None,
    }
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


@require_POST
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow the whole charter, or no longer with `stop`."""
    seat = enter(request.user, slug)
    _follow(request, seat, None)
    return redirect("notice_settings", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Follow a clause with all that stands in it, or no longer with `stop`; GET asks."""
    seat = enter(request.user, slug)
    row = clause_of(seat.charter, clause)
    language = asked.language(request, seat)
    if request.method == "POST":
        _follow(request, seat, row.pk)
        if "settings" in request.POST:
            return redirect("notice_settings", slug=slug)
        if "page" in request.POST:
            return redirect(f"{reverse('clause', args=[slug, row.pk])}?language={language}")
        return redirect(f"{reverse('text', args=[slug])}?language={language}#clause-{row.pk}")
    context = {
        "seat": seat,
        "language": language,
        "clause": row.pk,
        "called": _called(seat, row, language),
        "follows": follows(seat, row.pk),
    }
    return render(request, "notices/follow.html", context)


def following_context(seat: Seat, clause: UUID) -> dict[str, Any]:
    """What the button on a clause's page needs."""
    return {"follows": follows(seat, clause)}


def _called(seat: Seat, row: Any, language: str) -> str:
    cited = citation_of(seat.charter, row.pk, language)
    return isolated(cited, language) or str(row.get_kind_display())


def _follow(request: HttpRequest, seat: Seat, clause: UUID | None) -> None:
    stops = "stop" in request.POST
    act = actions.unfollow if stops else actions.follow
    done = False
    with refusing(request):
        act(actor=seat.person, charter=seat.charter, clause=clause)
        done = True
    if done and stops:
        messages.success(request, _("You are not told of it any more."))
    elif done:
        messages.success(request, _("You are told in your inbox of what becomes of it."))
