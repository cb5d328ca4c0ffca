"""A change of one's own brought up to the text that has moved on: the sponsor's merge.

The form is that of a merge (`web.merging`) with one language, so its fields are plain `heading`
and `text`. `from` is the revision the proposed words were written against, `base` the one they are
brought up to; where the words have moved on once more, what was settled is brought up from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.proposals import propose_rewording
from charter.exports.languages import isolated
from charter.models import ProposedAct
from charter.queries.amendments import ListedAmendment
from charter.queries.beside import place_left
from charter.queries.proposed import ShownChange, shown_changes
from charter.queries.states import words_at
from charter.text.merge import merge
from charter.text.words import Words
from charter.web import asked
from charter.web.amendment_forms import Reworking
from charter.web.amendments import found_amendment
from charter.web.drafting import put, suggested
from charter.web.merging import PARTS, Sides, composed, meeting_of, same, too_long
from charter.web.redrawing import redrawn
from charter.web.replies import form_page


@dataclass(frozen=True, slots=True)
class Desk:
    """A change to be reworked, by whom, and the revisions it is brought from and up to."""

    request: HttpRequest
    seat: Seat
    amendment: ListedAmendment
    change: ShownChange
    since: int
    at: int

    def words(self, number: int) -> Words:
        """The clause's words as of a revision."""
        language = self.change.language
        return words_at(self.change.clause, [language], number).get(language, Words())

    def sides(self, yours: Words) -> dict[str, Sides]:
        """The three texts of the heading and of the words, each with what comes of merging them."""
        base, theirs = self.words(self.since), self.words(self.at)
        found = {}
        for part in PARTS:
            three = [getattr(one, part) for one in (base, yours, theirs)]
            found[part] = Sides(*three, merge(*three, self.change.language))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
def rework(request: HttpRequest, slug: str, amendment: UUID, change: UUID) -> HttpResponse:
    """The words of a change beside what the text has become, to be made one by its sponsor."""
    at = _desk(request, slug, amendment, change)
    if request.method != "POST":
        if not at.amendment.own:
            said = _("Only the delegation that proposed an amendment can change it.")
            messages.error(request, said)
            return redirect("amendment", slug, amendment)
        return _page(at, _form(at, None), at.change.words.proposed, {})
    if refusal := too_long(request.POST):
        form = _form(at, request.POST)
        form.add_error(None, refusal)
        return _page(at, form, at.change.words.proposed, {}, 422)
    yours = _yours(request.POST, at.change.words.proposed)
    form = _form(at, _settled(request.POST, at.sides(yours)))
    if "compose" in request.POST:
        return _page(at, form, yours, request.POST)
    if not form.is_valid():
        return _page(at, form, yours, request.POST, 422)
    head = at.seat.charter.head
    if at.words(head) != at.words(at.at):
        later = Desk(at.request, at.seat, at.amendment, at.change, at.at, head)
        return _page(later, _form(later, None), form.words(), {}, 409)
    return _saved(at, form) or _page(at, form, yours, request.POST, 422)


def _saved(at: Desk, form: Reworking) -> HttpResponse | None:
    """Back to the text or the amendment; None, with the reason in the form, when it is refused."""
    more = {
        "clause": at.change.clause,
        "language": at.change.language,
        "base": at.at,
        "words": form.words(),
        "version": form.cleaned_data["version"],
    }
    made = put(at.seat, form, lambda **act: propose_rewording(**act, **more))
    if made is None:
        return None
    return suggested(at.request, at.seat, at.change.language, made, at.change.clause)


def _desk(request: HttpRequest, slug: str, amendment: UUID, change: UUID) -> Desk:
    """Http404 where the amendment does not ask for such words."""
    seat = enter(request.user, slug, Right.PROPOSE)
    language = asked.language(request, seat)
    found = found_amendment(seat, amendment, language)
    # What was typed on a change that has given way to another is kept, and the action refuses it.
    posted = request.method == "POST"
    changes = shown_changes(seat, amendment, language, dropped=posted)
    shown = next((one for one in changes if one.uuid == change and (posted or one.open)), None)
    if shown is None or shown.act != ProposedAct.REWORD:
        raise Http404(str(change))
    since = asked.revision(request.POST.get("from"), seat) or shown.base
    until = asked.revision(request.POST.get("base"), seat) or seat.charter.head
    return Desk(request, seat, found, shown, since, until)


def _form(at: Desk, data: Mapping[str, str] | None) -> Reworking:
    own = str(at.amendment.uuid)
    given = None if data is None else {**data, "amendment": own}
    return Reworking(
        given,
        own=[at.amendment],
        language=at.change.language,
        initial={"base": at.at, "amendment": own, "version": at.amendment.version},
        auto_id=f"reworking-{at.change.uuid}-%s",
    )


def _yours(posted: QueryDict, proposed: Words) -> Words:
    """What the sponsor proposes, where the form carries it."""
    return Words(*(posted.get(f"yours-{part}", getattr(proposed, part)) for part in PARTS))


def _settled(posted: QueryDict, sides: Mapping[str, Sides]) -> dict[str, str]:
    """What was sent, with results composed from its choices, unless edited by hand."""
    data = posted.dict()
    for part, three in sides.items():
        if f"made-{part}" in posted and same(posted.get(part, ""), posted[f"made-{part}"]):
            data[part] = composed(part, part, three.merged, posted)
    return data


def _page(
    at: Desk, form: Reworking, yours: Words, posted: Mapping[str, str], status: int = 200
) -> HttpResponse:
    sides = at.sides(yours)
    meetings = [
        meeting_of(part, at.change.language, part, three, posted)
        for part, three in sides.items()
        if three.merged.conflicts
    ]
    met = {one.part: one.result for one in meetings}
    results = {
        part: met.get(part, posted.get(part, three.merged.text or ""))
        for part, three in sides.items()
    }
    gone = at.change.clause is None or str(at.change.clause) not in at.change.places
    context = {
        "seat": at.seat,
        "amendment": at.amendment,
        "change": at.change,
        "language": at.change.language,
        "citation": isolated(at.change.citation, at.change.language),
        "form": form,
        "form_id": f"reworking-{at.change.uuid}",
        "since": at.since,
        "at": at.at,
        "meetings": meetings,
        "kept": [
            (part, words, sides[part].yours) for part, words in results.items() if part not in met
        ],
        "labels": _labels(at, yours),
        "redline": redrawn(at.words(at.at), Words(**results), at.change.language),
        "places": at.change.places,
        "stale": status == 409,
        "gone": gone and not _is_title(at),
    }
    if context["gone"]:
        context["place"] = place_left(at.seat.charter, at.change.clause, at.change.places)
    return form_page(at.request, "suggesting/rework.html", context, status)


def _labels(at: Desk, yours: Words) -> dict[str, str]:
    again = yours != at.change.words.proposed
    written = _("Revision %(number)d") % {"number": at.since}
    return {
        "base": written,
        "theirs": _("As it is now"),
        "yours": _("What you settled") if again else _("As proposed"),
    }


def _is_title(at: Desk) -> bool:
    """Whether the words are those of the charter's title, which no clause of the text has."""
    return at.seat.charter.clauses.filter(pk=at.change.clause, parent=None).exists()
