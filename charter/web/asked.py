"""What an address asks for: a revision, a language, a place in a list. What is not there is 404."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from charter.access import Seat


def language(request: HttpRequest, seat: Seat) -> str:
    """The language of the text: asked for by `?language=`, the interface's, or the working one."""
    said = request.GET.get("language", "")
    if said and said not in seat.charter.languages:
        raise Http404(said)
    for wanted in (said, get_language()):
        if wanted in seat.charter.languages:
            return wanted
    return seat.charter.working_language


def revision(said: str | None, seat: Seat, *, least: int = 1) -> int | None:
    """The revision number that was said, None when none was."""
    if not said:
        return None
    number = whole(said)
    if not least <= number <= seat.charter.head:
        raise Http404(said)
    return number


def kept(request: HttpRequest, *names: str) -> list[tuple[str, str]]:
    """What the address says under these names, for a form that is to keep it."""
    return [(name, value) for name in names for value in request.GET.getlist(name)]


def clause(request: HttpRequest) -> UUID | None:
    """The clause of `?clause=`, None when none was said, or nothing that names one."""
    try:
        return UUID(request.GET.get("clause", ""))
    except ValueError:
        return None


def whole(said: str) -> int:
    """A number of at most nine digits."""
    if not (said.isascii() and said.isdigit() and len(said) <= 9):
        raise Http404(said)
    return int(said)
