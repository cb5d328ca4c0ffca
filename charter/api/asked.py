"""What the query string asks for, checked against the parameters an endpoint knows."""

from typing import Any

from django.http import Http404, QueryDict
from rest_framework import serializers

from charter.access import Seat
from charter.api.fields import Language, Number, Shape
from charter.api.problems import Problem


class Asked(Shape):
    """Parameters of an address. A subclass names them; unknown ones are refused."""


class Spoken(Asked):
    """The language of words and names in the answer."""

    language = Language(
        required=False, help_text="A language of the charter; its working language if not given."
    )


class Dated(Spoken):
    """A text in a language, as it was."""

    at = Number(least=1, required=False, help_text="A revision's number; the head if not given.")


class Compared(Dated):
    """Two texts: `since`, and `at`."""

    since = Number(least=0, help_text="The earlier revision; 0 is the empty text.")


def read(shape: type[Asked] | None, query: QueryDict) -> dict[str, Any]:
    """The parameters given. Raises Problem for what is unknown, given twice or of the wrong form.

    `said` are the parameters as they stand in the address, each once.
    """
    known = (shape or Asked)().fields
    said: dict[str, Any] = {}
    for name, values in query.lists():
        if isinstance(known.get(name), serializers.ListField):
            said[name] = values
        elif len(values) == 1:
            said[name] = values[0]
        else:
            raise _bad([{"parameter": name, "code": "repeated", "detail": "Given twice."}])
    asked = (shape or Asked)(data=said)
    if not asked.is_valid():
        raise _bad(
            [
                {"parameter": str(name), "code": str(error.code), "detail": str(error)}
                for name, errors in asked.errors.items()
                for error in _flat(errors)
            ]
        )
    return dict(asked.validated_data)


def _flat(errors: Any) -> list[Any]:
    if isinstance(errors, dict):
        return [one for inner in errors.values() for one in _flat(inner)]
    if isinstance(errors, list):
        return [one for inner in errors for one in _flat(inner)]
    return [errors]


def _bad(errors: list[dict[str, str]]) -> Problem:
    return Problem("bad_query", errors[0]["detail"], errors=errors)


def language(asked: dict[str, Any], seat: Seat) -> str:
    """The language asked for, the working one unasked. Http404 for one the charter has not."""
    said = asked.get("language")
    if said is None:
        return seat.charter.working_language
    if said not in {seat.charter.working_language, *seat.charter.languages}:
        raise Http404(said)
    return said


def revision(number: int | None, seat: Seat, *, least: int = 1) -> int | None:
    """The revision asked for, None unasked. Http404 for one that is not there."""
    if number is not None and not least <= number <= seat.charter.head:
        raise Http404(str(number))
    return number
