"""Bodies as they come in: strict JSON in UTF-8, of a bounded size, without what cannot be kept."""

import json
import math
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser, MultiPartParser

from charter.api.problems import Problem

LARGEST = 8 * 1024 * 1024  # bytes of a body, unless the endpoint says otherwise
DEEPEST = 60  # levels of nesting


class StrictJson(BaseParser):
    """JSON (RFC 8259) with neither NaN nor a name given twice, nor NUL or half a surrogate pair."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, context: dict | None = None) -> Any:
        return parse(read(stream, getattr(context["view"], "largest", LARGEST)))


class Upload(MultiPartParser):
    """A form with a file, for those who upload one."""


def read(stream: Any, most: int) -> bytes:
    """The body. Problem when it is larger than `most` bytes, whatever its header said."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise too_large(most)
    return data


def too_large(most: int) -> Problem:
    """At most so many bytes."""
    detail = _("At most %(bytes)d bytes are read here.") % {"bytes": most}
    return Problem("too_large", detail, limit=most)


def parse(data: bytes) -> Any:
    """The value of a JSON text. Problem where it is none."""
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_float=_number,
        )
        deep = _depth(value) > DEEPEST
    except RecursionError:
        deep = True
    except UnicodeDecodeError as error:
        raise _malformed(_("The body is not UTF-8: byte %(at)d."), error.start + 1) from None
    except json.JSONDecodeError as error:
        raise _malformed(_("The body is not JSON: character %(at)d."), error.pos + 1) from None
    except ValueError:
        raise Problem("malformed", _("The body is not strict JSON.")) from None
    if deep:
        raise Problem("malformed", _("The body is nested too deep."))
    if b"\\u" in data:
        _require_characters(value)
    return value


def _malformed(sentence: str, at: int) -> Problem:
    return Problem("malformed", sentence % {"at": at})


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name given twice")
    return found


def _refuse(_constant: str) -> None:
    raise ValueError("no number")


def _number(said: str) -> float:
    value = float(said)
    if not math.isfinite(value):
        raise ValueError("out of range")
    return value


def _depth(value: Any) -> int:
    """How many levels deep a value is nested, no further than matters."""
    level, deep = [value], 0
    while level and deep <= DEEPEST:
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        deep += 1
    return deep


def _require_characters(value: Any) -> None:
    """Problem for text that PostgreSQL and UTF-8 cannot hold; only an escape can bring it in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            if "\x00" in one:
                raise Problem("malformed", _("There is a NUL character in it."))
            if any("\ud800" <= letter <= "\udfff" for letter in one):
                raise Problem("malformed", _("There is half a surrogate pair in it."))
