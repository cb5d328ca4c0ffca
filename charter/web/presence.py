"""Notes who is in the room of a charter, once their page is on its way."""

from collections.abc import Callable
from time import monotonic

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import Person
from charter.actions import presence

_REMEMBERED = 20_000  # persons and charters, in one process
_noted: dict[tuple[int, str], float] = {}


def forget() -> None:
    """Remember nobody, like a process that has just begun."""
    _noted.clear()


class InTheRoom:
    """Middleware: whoever was shown a page of a charter was in its room.

    It is written down after the answer has gone out, and at most once a minute: until then this
    process remembers that it was, and asks the database nothing. What programs read by the API is
    nobody's presence.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        slug = _room(request)
        if slug and answer.status_code < 400 and request.user.is_authenticated:
            _note(request.user, slug, answer)
        return answer


def _room(request: HttpRequest) -> str:
    """The charter whose page was asked for; "" when it was something else."""
    match = request.resolver_match
    return match.kwargs.get("slug", "") if match and not match.namespaces else ""


def _note(person: Person, slug: str, answer: HttpResponse) -> None:
    key, now = (person.pk, slug if person.shows_presence else ""), monotonic()
    if now - _noted.get(key, float("-inf")) < presence.OFTEN.total_seconds():
        return
    if len(_noted) >= _REMEMBERED:
        _noted.clear()
    _noted[key] = now

    def write() -> None:
        if person.shows_presence:
            presence.be_seen(person=person, slug=slug, at=timezone.now())
        else:
            presence.be_unseen(person=person)

    # Closers run when the server is done with the answer, in the same thread as the page.
    answer._resource_closers.append(write)
