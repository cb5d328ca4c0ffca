"""Adopting amendments: what is chosen, what comes of it, and only then the revision."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.adopting import adopt_changes, plan_adoption
from charter.actions.combining import SettledWords, Taking
from charter.actions.previews import preview_adoption
from charter.actions.refusals import Refused
from charter.models import OPEN_STATUSES
from charter.queries.amendments import ListedAmendment, amendments_of
from charter.queries.principles import names_of
from charter.queries.proposed import shown_changes_by_amendment
from charter.text.words import Words
from charter.web import asked, compare
from charter.web.colliding import Offer, seal, started, to_settle
from charter.web.reading import text_attributes

AT_ONCE = 50  # amendments on one page


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose changes of the amendments in `?amendment=`, see what comes of them, adopt them."""
    seat = enter(request.user, slug, Right.ADOPT)
    language = asked.language(request, seat)
    on_table = amendments_of(seat, language, OPEN_STATUSES)
    if not request.GET.getlist("amendment"):
        messages.info(request, _("First choose the amendments to adopt."))
        return redirect("amendments", slug)
    offers = _offers(request, seat, on_table, language)
    context = {
        "seat": seat,
        "language": language,
        "attributes": text_attributes(language),
        "offers": offers,
        "chosen": {},
        "others": [one for one in on_table if one not in [offer.amendment for offer in offers]],
        "base": seat.charter.head,
    }
    if request.method != "POST":
        return render(request, "adoption/choose.html", context)
    takings = list(_takings(request.POST, offers))
    try:
        return _outcome(request, seat, language, takings, context)
    except Refused as refused:
        context |= {"refused": refused.message, "chosen": {one.change: one for one in takings}}
        return render(request, "adoption/choose.html", context, status=422)


def _outcome(
    request: HttpRequest, seat: Seat, language: str, takings: list[Taking], context: dict[str, Any]
) -> HttpResponse:
    settled = list(_settled(request.POST))
    start = request.POST.get("start", "")
    if start:
        settled = started(settled, start, context["offers"])
    plan = plan_adoption(actor=seat.person, charter=seat.charter, takings=takings, settled=settled)
    same = request.POST.get("base") == str(seat.charter.head)
    seen = request.POST.get("seen", "") == seal(settled)
    settling = plan.open or bool(start)
    if "adopt" in request.POST and same and seen and not plan.open:
        return _commit(request, seat, takings, settled)
    context |= {
        "plan": plan,
        "takings": takings,
        "to_settle": list(to_settle(plan, settled, context["offers"])),
        "settling": settling,
        "seal": seal(settled),
        "misfits": [
            change
            for offer in context["offers"]
            for change in offer.changes
            if change.uuid in plan.misfits
        ],
        "moved_on": "adopt" in request.POST and not same,
        "reworded": "adopt" in request.POST and same and not seen,
        "message": request.POST.get("message", ""),
    }
    if not settling:
        outcome = preview_adoption(
            actor=seat.person,
            charter=seat.charter,
            takings=takings,
            settled=settled,
            language=language,
        )
        context |= {
            "redline": outcome.redline,
            "effect": outcome.effect,
            "counts": compare.counts(outcome.redline),
            "principle_names": names_of(seat.charter, language),
        }
    return render(request, "adoption/outcome.html", context, status=409 if plan.open else 200)


def _commit(
    request: HttpRequest, seat: Seat, takings: list[Taking], settled: list[SettledWords]
) -> HttpResponse:
    made = adopt_changes(
        actor=seat.person,
        charter=seat.charter,
        base=seat.charter.head,
        takings=takings,
        settled=settled,
        message=request.POST.get("message", ""),
    )
    said = _("Adopted as revision %(number)d.") % {"number": made.revision.number}
    messages.success(request, said)
    return redirect("revision", seat.charter.slug, made.revision.number)


def _offers(
    request: HttpRequest, seat: Seat, on_table: list[ListedAmendment], language: str
) -> list[Offer]:
    wanted = request.GET.getlist("amendment")[:AT_ONCE]
    known = {str(one.uuid): one for one in on_table}
    if not set(wanted) <= known.keys():
        raise Http404("amendment")
    chosen = [known[said] for said in dict.fromkeys(wanted)]
    changes = shown_changes_by_amendment(seat, [one.uuid for one in chosen], language)
    return [Offer(one, tuple(ask for ask in changes[one.uuid] if ask.open)) for one in chosen]


def _takings(data: QueryDict, offers: list[Offer]) -> Iterator[Taking]:
    """The changes that are ticked; in part, where that is ticked too, by their spans."""
    chosen, anyway = set(data.getlist("change")), set(data.getlist("anyway"))
    for offer in offers:
        for change in offer.changes:
            key = str(change.uuid)
            if key not in chosen:
                continue
            spans = data.getlist(f"span-{key}") if f"part-{key}" in data else None
            yield Taking(
                change=change.uuid,
                version=_version(data, key, offer.amendment.version),
                heading=None if spans is None else _places(spans, "h"),
                text=None if spans is None else _places(spans, "t"),
                anyway=key in anyway,
            )


def _version(data: QueryDict, key: str, now: int) -> int:
    """The version of the amendment when the page was made, which the change is adopted of."""
    said = data.get(f"version-{key}", "")
    return asked.whole(said) if said else now


def _places(spans: list[str], part: str) -> frozenset[int]:
    return frozenset(asked.whole(one[1:]) for one in spans if one[:1] == part)


def _settled(data: QueryDict) -> Iterator[SettledWords]:
    for said in data.getlist("settled"):
        clause, _slash, language = said.partition("/")
        try:
            key = UUID(clause)
        except ValueError as error:
            raise Http404(said) from error
        words = Words(data.get(f"heading-{said}", ""), data.get(f"text-{said}", ""))
        yield SettledWords(key, language, words)
