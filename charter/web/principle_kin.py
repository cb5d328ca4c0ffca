"""Merging a principle into another, and taking a new one out of it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.principle_kin import merge_principles, split_principle
from charter.queries.coverage import NoPrinciple, Reading, reading_of
from charter.queries.vocabulary import vocabulary_at
from charter.text import inline
from charter.web import asked
from charter.web.forms import attempt, sent
from charter.web.principles import PALETTE, Entry

_LINE = 140  # characters of a clause by which one knows it again


class Merger(forms.Form):
    """The principle that takes the place of this one, and what history is told."""

    into = forms.ChoiceField(label=gettext_lazy("Merge it into"))
    message = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("What history says of it: who proposed it, why."),
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", gettext_lazy("Choose")), *choices]


class Split(Entry):
    """The new principle's entry, and the clauses it is given."""

    clauses = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Clauses that serve the new principle"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    manner = forms.ChoiceField(
        label=gettext_lazy("What becomes of the old tag"),
        choices=(
            ("instead", gettext_lazy("The clauses serve the new principle instead of the old one")),
            ("both", gettext_lazy("The clauses serve both")),
        ),
        widget=forms.RadioSelect,
        initial="instead",
    )
    message = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("What history says of it: who proposed it, why."),
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = choices
        entry = [name for name in self.fields if name not in ("clauses", "manner", "message")]
        self.order_fields([*entry, "clauses", "manner", "message"])


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str, principle: str) -> HttpResponse:
    """Choose what takes the principle's place."""
    seat = enter(request.user, slug, Right.DEFINE)
    found = _in_use(request, seat, principle)
    language = found.language
    others = [
        (one.slug, one.name(language))
        for one in vocabulary_at(seat.charter, seat.charter.head)
        if not one.withdrawn and one.slug != principle
    ]
    form = Merger(*sent(request), choices=others)
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            merge_principles(
                actor=request.user,
                charter=seat.charter,
                principle=principle,
                into=form.cleaned_data["into"],
                message=form.cleaned_data["message"],
            )
            messages.success(request, _("The principles are merged. It can be undone."))
            return redirect("principles", slug)
    context = {"seat": seat, "form": form, "others": others, "reading": found}
    context |= {"name": found.principle.name(language), "principle": found.principle}
    status = 422 if form.errors else 200
    return render(request, "principles/merge.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, slug: str, principle: str) -> HttpResponse:
    """Write the new principle's entry and choose its clauses."""
    seat = enter(request.user, slug, Right.DEFINE)
    found = _in_use(request, seat, principle)
    form = Split(*sent(request), charter=seat.charter, choices=_choices(found))
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            split_principle(
                actor=request.user,
                charter=seat.charter,
                principle=principle,
                clauses=form.cleaned_data["clauses"],
                names=form.words("name"),
                definitions=form.words("definition"),
                colour=form.cleaned_data["colour"].lower(),
                both=form.cleaned_data["manner"] == "both",
                message=form.cleaned_data["message"],
            )
            messages.success(request, _("The principle is split. It can be undone."))
            return redirect("principles", slug)
    context = {"seat": seat, "form": form, "reading": found, "palette": PALETTE}
    context |= {"name": found.principle.name(found.language), "principle": found.principle}
    status = 422 if form.errors else 200
    return render(request, "principles/split.html", context, status=status)


def _in_use(request: HttpRequest, seat: Seat, slug: str) -> Reading:
    """The principle with its clauses as they stand; one that is withdrawn is not offered."""
    language = asked.language(request, seat)
    try:
        found = reading_of(seat.charter, slug, seat.charter.head, language)
    except NoPrinciple as error:
        raise Http404(slug) from error
    if found.principle.withdrawn:
        raise Http404(slug)
    return found


def _choices(found: Reading) -> list[tuple[str, str]]:
    """The clauses that carry the tag, each by its citation and its first words."""
    tagged = [one for one in found.members if one.clause.id in found.tagged]
    return [
        (
            one.clause.id,
            f"{one.number.citation} — {_begun(one.clause.heading or one.clause.text, found)}",
        )
        for one in tagged
    ]


def _begun(text: str, found: Reading) -> str:
    words = inline.plain(text, found.citations.get).body
    return words if len(words) <= _LINE else f"{words[:_LINE].rstrip()}…"
