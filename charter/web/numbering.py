"""The numbers of clauses: frozen or computed, and where each stood under which number."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from charter.access import Right, enter
from charter.actions.numbering import freeze_numbers, release_numbers
from charter.exports.points import name
from charter.queries.comparisons import concordance as concorded
from charter.queries.points import points_of
from charter.web import asked
from charter.web.compare import default_since


@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """`number`, a revision: its numbers are kept from now on."""
    seat = enter(request.user, slug, Right.DEFINE)
    number = asked.revision(request.POST.get("number"), seat) or seat.charter.head
    freeze_numbers(
        actor=request.user,
        charter=seat.charter,
        number=number,
        message=_("Freeze the numbers of revision %(number)d") % {"number": number},
    )
    messages.success(request, _("The numbers are frozen."))
    return redirect("charter_settings", slug)


@require_POST
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """All numbers are computed again."""
    seat = enter(request.user, slug, Right.DEFINE)
    release_numbers(actor=request.user, charter=seat.charter, message=_("Compute all numbers anew"))
    messages.success(request, _("The numbers are computed again."))
    return redirect("charter_settings", slug)


@require_safe
def concordance(request: HttpRequest, slug: str) -> HttpResponse:
    """`?since=&at=`, revision numbers; `all` for clauses that kept their number too."""
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    since = asked.revision(request.GET.get("since"), seat)
    points = points_of(seat.charter, since, at)
    since = since or default_since(points, at)
    everything = bool(request.GET.get("all"))
    context = {
        "seat": seat,
        "language": language,
        "since": since,
        "at": at,
        "points": points,
        "everything": everything,
    }
    if since is not None:
        context |= {
            "since_name": name(points, since),
            "at_name": name(points, at),
            "rows": [
                row
                for row in concorded(seat.charter, since, at, language)
                if everything or row[1] != row[2]
            ],
        }
    return render(request, "compare/concordance.html", context)
