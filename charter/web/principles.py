"""The charter's vocabulary of principles."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, Seat, enter
from charter.actions import principles as actions
from charter.actions.entries import StaleEntry
from charter.queries import principles as queries
from charter.web import asked, languages
from charter.web.forms import attempt, refusing, sent

# Offered first; each is dark enough for 4.5:1 on white, and they differ for the colour-blind too.
PALETTE = (
    "#12307a",
    "#0f7ab8",
    "#00806a",
    "#4f6b00",
    "#7a6100",
    "#b8500a",
    "#c0392b",
    "#7a1111",
    "#c2187e",
    "#7b52d6",
    "#5a4a42",
    "#33332b",
)


class Entry(forms.Form):
    """Name and definition in each language of the charter, and a colour for the tag."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args, charter, principle=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = charter.head
        self.languages = [
            charter.working_language,
            *(code for code in charter.languages if code != charter.working_language),
        ]
        for code in self.languages:
            self._add_words(code, principle, required=code == charter.working_language)
        self.fields["colour"] = forms.RegexField(
            "^#[0-9a-fA-F]{6}$",
            label=gettext_lazy("Colour"),
            help_text=gettext_lazy("Marks the tag beside its name, never alone."),
            initial=principle.colour if principle else PALETTE[0],
            widget=forms.TextInput(attrs={"type": "color", "list": "palette"}),
        )

    def _add_words(self, code, principle, *, required):
        named = {"language": languages.name(code)}
        self.fields[f"name_{code}"] = forms.CharField(
            label=_("Name in %(language)s") % named,
            required=required,
            max_length=500,
            initial=principle.names.get(code, "") if principle else "",
            widget=forms.TextInput(attrs={"lang": code, "class": "words"}),
        )
        self.fields[f"definition_{code}"] = forms.CharField(
            label=_("Definition in %(language)s") % named,
            required=False,
            initial=principle.definitions.get(code, "") if principle else "",
            widget=forms.Textarea(attrs={"rows": 3, "lang": code, "class": "words"}),
        )

    def words(self, part: str) -> dict[str, str]:
        """What was written as "name" or "definition", by language."""
        said = {code: self.cleaned_data[f"{part}_{code}"] for code in self.languages}
        return {code: words for code, words in said.items() if words}


@require_http_methods(["GET", "HEAD", "POST"])
def principles(request: HttpRequest, slug: str) -> HttpResponse:
    """The vocabulary in order, each with the clauses that serve it; the chair adds to it."""
    seat = enter(request.user, slug, Right.DEFINE if request.method == "POST" else Right.READ)
    form = Entry(*sent(request), charter=seat.charter)
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            actions.add_principle(
                actor=request.user,
                charter=seat.charter,
                names=form.words("name"),
                definitions=form.words("definition"),
                colour=form.cleaned_data["colour"].lower(),
            )
            messages.success(request, _("The principle is part of the vocabulary."))
            return redirect("principles", slug)
    language = asked.language(request, seat)
    return render(
        request,
        "principles/principles.html",
        {
            "seat": seat,
            "form": form,
            "language": language,
            "principles": queries.vocabulary(seat.charter, language),
            "may_define": seat.may(Right.DEFINE),
            "palette": PALETTE,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def principle(request: HttpRequest, slug: str, principle: str) -> HttpResponse:
    """Change one entry of the vocabulary."""
    seat = enter(request.user, slug, Right.DEFINE)
    found = _found(seat, principle)
    form = Entry(*sent(request), charter=seat.charter, principle=found)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            with attempt(form):
                _change(seat, found.slug, form)
                messages.success(request, _("Saved."))
                return redirect("principles", slug)
        except StaleEntry as refused:
            stale = _told(refused)
            form.data = {**form.data.dict(), "base": str(refused.head)}
    return render(
        request,
        "principles/principle.html",
        {
            "seat": seat,
            "form": form,
            "principle": found,
            "name": found.name(asked.language(request, seat)),
            "palette": PALETTE,
            "stale": stale,
        },
        status=409 if stale else 422 if form.errors else 200,
    )


def _change(seat: Seat, slug: str, form: Entry) -> None:
    actions.change_principle(
        actor=seat.person,
        charter=seat.charter,
        principle=slug,
        names=form.words("name"),
        definitions=form.words("definition"),
        colour=form.cleaned_data["colour"].lower(),
        base=form.cleaned_data["base"],
    )


def _told(stale: StaleEntry) -> list[dict[str, str]]:
    """The parts that both have changed, each with what was read, what stands, what was wanted."""
    named = {"names": _("Name in %(language)s"), "definitions": _("Definition in %(language)s")}
    found = []
    for part in stale.base:
        kind, _dot, code = part.partition(".")
        label = named[kind] % {"language": languages.name(code)} if code else _("Colour")
        sides = {"base": stale.base, "theirs": stale.theirs, "yours": stale.yours}
        found.append(
            {"label": label, **{side: parts[part] or "—" for side, parts in sides.items()}}
        )
    return found


@require_POST
def withdraw(request: HttpRequest, slug: str, principle: str) -> HttpResponse:
    """Take a principle out of the vocabulary; its history and its tags' stay."""
    seat = enter(request.user, slug, Right.DEFINE)
    found = _found(seat, principle)
    with refusing(request):
        actions.withdraw_principle(actor=request.user, charter=seat.charter, principle=found.slug)
        messages.success(request, _("The principle is withdrawn. It can be restored."))
    return redirect("principles", slug)


@require_POST
def restore(request: HttpRequest, slug: str, principle: str) -> HttpResponse:
    """Bring a withdrawn principle back."""
    seat = enter(request.user, slug, Right.DEFINE)
    found = _found(seat, principle)
    with refusing(request):
        actions.restore_principle(actor=request.user, charter=seat.charter, principle=found.slug)
        messages.success(request, _("The principle is back."))
    return redirect("principles", slug)


def _found(seat: Seat, slug: str):
    found = queries.principle_of(seat.charter, slug)
    if found is None:
        raise Http404(slug)
    return found
