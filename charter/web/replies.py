"""How a form is answered: done and back to the text, or the form again with what was typed.

Forms are plain posts with a redirect. Sent by htmx, a form that did not go through takes its own
place again; one that did is followed to the text, from which the page takes what it shows.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import reselect, reswap, retarget

from charter.access import Seat
from charter.actions.refusals import NoSuch, Refused, StaleWording
from charter.actions.staleness import StaleClause
from charter.actions.values import Committed

FORM = "form.editing"


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, be it nothing, and None when it is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The form's page; status 422 or 409 when it comes back. htmx takes the form out of it."""
    response = render(request, template, context, status=status)
    if request.htmx and status != 200:
        name = context.get("form_id", "")
        own = f"#{name}" if name else FORM
        reswap(reselect(retarget(response, own), own), "outerHTML show:none")
    return response


def try_with(form: Form, act: Callable[[], Any]) -> Any | None:
    """What the action gives back; None when it refused, the reason then stands in the form.

    Http404 when it was about something that is not in this charter. StaleWording and
    StaleClause pass: a person decides on a page.
    """
    try:
        return act()
    except (StaleWording, StaleClause):
        raise
    except NoSuch as error:
        raise Http404(error.code) from error
    except Refused as refused:
        form.add_error(None, refused.message)
        return None


def committed(request: HttpRequest, done: Committed) -> None:
    """Say what came of a change of the text."""
    if done.revision is None:
        messages.info(request, _("Nothing changed."))
    elif done.merged:
        said = _("Committed as revision %(number)s, joined with what others changed meanwhile.")
        messages.success(request, said % {"number": done.revision.number})
    else:
        said = _("Committed as revision %(number)s.")
        messages.success(request, said % {"number": done.revision.number})


def to_text(
    seat: Seat, language: str, clause: UUID | str = "", thread: int | None = None
) -> HttpResponseRedirect:
    """Back to the text in this language, at a clause or a thread."""
    place = f"#thread-{thread}" if thread else f"#clause-{clause}" if clause else ""
    address = reverse("text", args=[seat.charter.slug])
    query = urlencode({"language": language})
    return HttpResponseRedirect(f"{address}?{query}{place}")
