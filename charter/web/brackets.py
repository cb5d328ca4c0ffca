"""The square brackets of one clause: to put words in some, and to lift them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.brackets import lift_brackets, place_brackets
from charter.actions.refusals import NoSuch, Refused, Stale, StaleWording
from charter.actions.values import Committed
from charter.exports.languages import isolated
from charter.models import ROOT, Clause
from charter.queries import texts
from charter.text.words import Words
from charter.web import asked
from charter.web.bracket_forms import LIFT, PLACE, BracketForm, Gesture, standing
from charter.web.clauses import cited_in
from charter.web.editing import clause_of
from charter.web.reading import text_attributes
from charter.web.replies import committed, form_page, posted, to_text
from charter.web.words import WordsHtml


@require_http_methods(["GET", "HEAD", "POST"])
def brackets(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """The clause with its brackets, and the form of the three acts on them."""
    seat = enter(request.user, slug, Right.EDIT)
    language = asked.language(request, seat)
    row = clause_of(seat.charter, clause)
    form = BracketForm(posted(request))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            done = _do(seat, row, language, form)
        except (Stale, StaleWording) as stale:
            form.add_error(None, stale.message)
            seat.charter.refresh_from_db()
            done, status = None, 409
        if done is not None:
            committed(request, done)
            return to_text(seat, language, "" if row.kind == ROOT else row.pk)
    if form.is_bound:
        base = form.cleaned_data.get("base") or seat.charter.head
        form.quote_place(_words(seat, row, language, min(base, seat.charter.head)))
    return _page(request, seat, row, language, form, status)


def _do(seat: Seat, row: Clause, language: str, form: BracketForm) -> Committed | None:
    """The act that was asked for, done; None, with the reason in the form."""
    base = form.cleaned_data["base"]
    if base > seat.charter.head:
        raise Http404(str(base))
    wanted = form.gesture(_words(seat, row, language, base))
    if wanted is None:
        return None
    act = {
        "actor": seat.person,
        "charter": seat.charter,
        "clause": row.pk,
        "language": language,
        "base": base,
        "part": wanted.part,
        "message": form.cleaned_data["message"],
    }
    try:
        return _act(wanted, act)
    except (Stale, StaleWording):
        raise
    except NoSuch as error:
        raise Http404(error.code) from error
    except Refused as refused:
        form.add_error(None, refused.message)
        return None


def _act(wanted: Gesture, act: dict) -> Committed:
    if wanted.act == PLACE:
        return place_brackets(**act, start=wanted.start, end=wanted.end)
    return lift_brackets(**act, start=wanted.start, words=wanted.act == LIFT)


def _words(seat: Seat, row: Clause, language: str, number: int) -> Words:
    return texts.wording_at(seat.charter, row.pk, language, number) or Words()


def _page(
    request: HttpRequest, seat: Seat, row: Clause, language: str, form: BracketForm, status: int
) -> HttpResponse:
    words = _words(seat, row, language, seat.charter.head)
    cited = cited_in(texts.text_at(seat.charter, None, language))
    said = _("the title") if row.kind == ROOT else isolated(cited.get(str(row.pk), ""), language)
    shown = WordsHtml(cited)
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "form_id": f"bracketing-{row.pk}",
        "clause": row,
        "base": seat.charter.head,
        "citation": said,
        "attributes": text_attributes(language),
        "heading": shown.heading(words.heading),
        "shown": shown.of(words.text, key=f"bracketing-{row.pk}"),
        "standing": [(one, shown.plain(one.words)) for one in standing(words)],
    }
    return form_page(request, "brackets/brackets.html", context, status)
