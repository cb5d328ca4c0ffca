"""Discussion: the list of threads, and opening, answering, settling and moving them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter.access import Right, Seat, enter
from charter.actions import threads as actions
from charter.exports.citations import citation_of
from charter.exports.languages import isolated
from charter.queries import texts
from charter.queries.amendment_threads import (
    ShownAmendmentThread,
    amendment_thread_counts,
    amendment_threads_of,
)
from charter.queries.threads import NoThread, ShownThread, counts, thread_of, threads_of
from charter.text.words import Words
from charter.web import asked
from charter.web.amendment_cards import AmendmentCards
from charter.web.cards import Cards
from charter.web.clauses import cited_in
from charter.web.editing import clause_of
from charter.web.reading import text_attributes
from charter.web.replies import form_page, posted, to_text, try_with
from charter.web.thread_forms import AnchorForm, CommentForm, SaidForm
from charter.web.words import WordsHtml


@require_safe
def threads(request: HttpRequest, slug: str) -> HttpResponse:
    """All discussion in the order of the text: what is open, or with `?show=resolved` the rest."""
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    resolved = request.GET.get("show") == "resolved"
    cited = cited_in(texts.text_at(seat.charter, None, language))
    order = {id: at for at, id in enumerate(cited)}
    found = sorted(
        threads_of(seat.charter, language, resolved=resolved),
        key=lambda thread: (order.get(str(thread.clause), len(order)), thread.start, thread.id),
    )
    address = reverse("text", args=[seat.charter.slug])
    cards = Cards(address, language="", may_comment=seat.may(Right.COMMENT))
    amendments = amendment_threads_of(seat, language, resolved=resolved)
    opened, settled = map(
        sum, zip(counts(seat.charter), amendment_thread_counts(seat), strict=True)
    )
    context = {
        "seat": seat,
        "language": language,
        "resolved": resolved,
        "opened": opened,
        "settled": settled,
        "threads": [
            {
                "thread": thread,
                "citation": cited.get(str(thread.clause), ""),
                "card": cards.card(thread, at, cited.get(str(thread.clause), "")),
            }
            for at, thread in enumerate(found, start=1)
        ],
        "amendments": list(_of_amendments(seat, amendments, len(found))),
    }
    return render(request, "threads/threads.html", context)


def _of_amendments(
    seat: Seat, threads: Sequence[ShownAmendmentThread], before: int
) -> Iterator[dict[str, object]]:
    """The threads of amendments by the number of these, each to be answered on the page of its."""
    ordered = sorted(threads, key=lambda one: (len(one.symbol), one.symbol, one.amendment))
    for at, thread in enumerate(ordered, start=before + 1):
        address = reverse("amendment", args=[seat.charter.slug, thread.amendment])
        citation = " ".join(filter(None, (thread.symbol, thread.title)))
        cards = AmendmentCards(address, language="", may_comment=False)
        yield {
            "address": f"{address}#thread-{thread.id}",
            "citation": citation,
            "card": cards.card(thread, at, citation),
        }


@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Open a thread on words of the clause, or on all of it."""
    seat = enter(request.user, slug, Right.COMMENT)
    clause_of(seat.charter, clause)
    language = asked.language(request, seat)
    form = CommentForm(posted(request), initial={"base": seat.charter.head, "language": language})
    if form.is_valid():
        language = form.cleaned_data["language"]
        words = _words(seat, clause, language, form.cleaned_data["base"])
        place = form.place(words.text)
        if place is not None:
            thread = try_with(form, lambda: _open(seat, clause, place, form))
            if thread is not None:
                return to_text(seat, language, thread=thread.pk)
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "form_id": f"commenting-{clause}",
        "clause": clause,
        **_shown(seat, clause, language),
    }
    return form_page(request, "threads/open.html", context, 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Answer in a thread."""
    seat = enter(request.user, slug, Right.COMMENT)
    language = asked.language(request, seat)
    shown = _thread(seat, thread, language)
    form = SaidForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data["text"]
        done = try_with(
            form,
            lambda: actions.reply(
                actor=seat.person, charter=seat.charter, thread=thread, text=said
            ),
        )
        if done is not None:
            return to_text(seat, language, thread=thread)
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "form_id": f"replying-{thread}",
        "thread": shown,
        "citation": citation_of(seat.charter, shown.clause, language),
        "back": f"{reverse('text', args=[slug])}?language={language}#thread-{thread}",
    }
    return form_page(request, "threads/reply.html", context, 422 if form.is_bound else 200)


@require_POST
def resolve(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Settle a thread."""
    seat = enter(request.user, slug, Right.COMMENT)
    language = asked.language(request, seat)
    shown = _thread(seat, thread, language)
    actions.resolve_thread(actor=seat.person, charter=seat.charter, thread=thread)
    messages.success(request, _("The thread is resolved. It stays in Discussion."))
    return to_text(seat, language, clause=shown.clause)


@require_POST
def reopen(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Take a settled thread up again."""
    seat = enter(request.user, slug, Right.COMMENT)
    language = asked.language(request, seat)
    _thread(seat, thread, language)
    actions.reopen_thread(actor=seat.person, charter=seat.charter, thread=thread)
    return to_text(seat, language, thread=thread)


@require_http_methods(["GET", "HEAD", "POST"])
def reanchor(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Put a thread on other words of its clause."""
    seat = enter(request.user, slug, Right.COMMENT)
    language = asked.language(request, seat)
    shown = _thread(seat, thread, language)
    form = AnchorForm(posted(request), initial={"base": seat.charter.head})
    if form.is_valid():
        words = _words(seat, shown.clause, shown.language, form.cleaned_data["base"])
        place = form.place(words.text)
        if place is not None:
            done = try_with(form, lambda: _reanchor(seat, thread, place, form))
            if done is not None:
                return to_text(seat, shown.language, thread=thread)
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "form_id": f"anchoring-{thread}",
        "thread": shown,
        "clause": shown.clause,
        **_shown(seat, shown.clause, shown.language),
    }
    return form_page(request, "threads/reanchor.html", context, 422 if form.is_bound else 200)


def _thread(seat: Seat, thread: int, language: str) -> ShownThread:
    try:
        return thread_of(seat.charter, thread, language)
    except NoThread as error:
        raise Http404(str(thread)) from error


def _words(seat: Seat, clause: UUID, language: str, number: int) -> Words:
    """The clause's words as of a revision. Http404 for a language or a revision that is not."""
    if language not in seat.charter.languages or not 1 <= number <= seat.charter.head:
        raise Http404(language)
    return texts.wording_at(seat.charter, clause, language, number) or Words()


def _shown(seat: Seat, clause: UUID, language: str) -> dict:
    """The clause's words as the page shows them, to quote from."""
    cited = cited_in(texts.text_at(seat.charter, None, language))
    words = _words(seat, clause, language, seat.charter.head)
    return {
        "citation": isolated(cited.get(str(clause), ""), language),
        "attributes": text_attributes(language),
        "shown": WordsHtml(cited).of(words.text),
    }


def _open(seat: Seat, clause: UUID, place: tuple[int, int], form: CommentForm):
    data = form.cleaned_data
    return actions.open_thread(
        actor=seat.person,
        charter=seat.charter,
        clause=clause,
        language=data["language"],
        base=data["base"],
        start=place[0],
        end=place[1],
        text=data["text"],
    )


def _reanchor(seat: Seat, thread: int, place: tuple[int, int], form: AnchorForm):
    return actions.reanchor_thread(
        actor=seat.person,
        charter=seat.charter,
        thread=thread,
        base=form.cleaned_data["base"],
        start=place[0],
        end=place[1],
    )
