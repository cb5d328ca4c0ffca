"""A delegation: who sits in it, and what it did."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from charter.access import enter
from charter.exports.figures import shown
from charter.queries import delegations as queries
from charter.queries.history import revisions_of
from charter.queries.parties import register
from charter.queries.picking import Wanted
from charter.queries.presence import seen_in
from charter.web import asked
from charter.web.statements import of_delegation, own

LATEST = 5  # revisions that are shown


@require_safe
def delegation(request: HttpRequest, slug: str, delegation: int) -> HttpResponse:
    """One delegation's page."""
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    try:
        found = queries.delegation_of(seat, delegation, language)
    except queries.NoDelegation:
        raise Http404(str(delegation)) from None
    parties = {one.id: one for one in register(seat.charter, language)}
    latest = revisions_of(
        seat.charter, limit=LATEST, language=language, wanted=Wanted(delegation=found.id)
    )
    return render(
        request,
        "delegations/delegation.html",
        {
            "seat": seat,
            "language": language,
            "delegation": found,
            "party": found.party,
            "work": found.work,
            "tallies": [(name, shown(value)) for name, value in _tallies(found)],
            "organisations": [parties[one] for one in found.party.organisation_ids],
            "members": [parties[one] for one in found.party.member_ids],
            "seen": seen_in(seat),
            "latest": latest.entries,
            "statements": of_delegation(seat, language, found.id),
            **own(seat),
        },
    )


def _tallies(found: queries.Delegated) -> list[tuple[str, int]]:
    work = found.work
    return [
        (_("Revisions"), work.revisions),
        (_("Clauses changed"), work.changes),
        (pgettext("number of words", "Words written"), work.written),
        (pgettext("number of words", "Words taken out"), work.taken),
        (_("Threads opened"), work.threads),
        (_("Comments"), work.comments),
    ]
