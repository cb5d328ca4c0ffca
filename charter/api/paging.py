"""Lists in pages. A cursor says behind which place the page begins, so that nothing is shown
twice or passed over when the list grows meanwhile. What it holds is nobody's business."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.api.asked import Asked
from charter.api.fields import Number, Shape
from charter.api.problems import Problem

T = TypeVar("T")
DEFAULT, MOST = 50, 200
LONGEST = 400  # characters of a cursor


class Paged(Asked):
    """Parameters of a list. A list with more of them inherits from this."""

    limit = Number(least=1, most=MOST, default=DEFAULT, help_text="The most items of a page.")
    cursor = serializers.CharField(
        max_length=LONGEST, required=False, help_text="From `next` of the page before."
    )


def page_of(item: type[serializers.Serializer]) -> type[Shape]:
    """The shape of a page of such items."""
    name = item.__name__
    return type(
        f"{name}Page",
        (Shape,),
        {
            "__doc__": "A page of a list; `next` is the address of the following one, or null.",
            "items": item(many=True),
            "next": serializers.URLField(allow_null=True),
        },
    )


def place(asked: dict[str, Any]) -> list[Any] | None:
    """Where the page begins: the values given to `paged` as `behind`; None for the first page."""
    cursor = asked.get("cursor")
    if cursor is None:
        return None
    try:
        value = json.loads(urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, Error, RecursionError):
        value = None
    if not isinstance(value, list) or not value or not all(map(_simple, value)):
        raise Problem("bad_cursor")
    return value


def _simple(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return False
    return abs(value) < 2**63 if isinstance(value, int) else "\x00" not in value


def number(asked: dict[str, Any]) -> int | None:
    """The same where the place is one number."""
    found = place(asked)
    if found is None:
        return None
    if len(found) != 1 or not isinstance(found[0], int) or not 0 <= found[0] < 2**31:
        raise Problem("bad_cursor")
    return found[0]


def paged(request: Request, items: list[Any], behind: list[Any] | None) -> Response:
    """A page of `items`, as they go out; `behind` is the last one's place, None at the end."""
    following = None if behind is None else _address(request, behind)
    answer = Response({"items": items, "next": following})
    if following:
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer


def sliced(
    request: Request,
    asked: dict[str, Any],
    found: Iterable[T],
    key: Callable[[T], int | str],
    shown: Callable[[T], Any],
) -> Response:
    """A page of a list that is at hand whole; `key` tells its items apart.

    An item that is not there any more ends the list: Problem for its cursor.
    """
    rows = list(found)
    after = place(asked)
    start = 0
    if after is not None:
        keys = [key(row) for row in rows]
        if after[0] not in keys:
            raise Problem("bad_cursor")
        start = keys.index(after[0]) + 1
    page = rows[start : start + asked["limit"]]
    more = start + len(page) < len(rows)
    return paged(request, [shown(row) for row in page], [key(page[-1])] if more else None)


def _address(request: Request, behind: list[Any]) -> str:
    said = json.dumps(behind, ensure_ascii=False, separators=(",", ":")).encode()
    query = request.query_params.copy()
    query["cursor"] = urlsafe_b64encode(said).decode("ascii")
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
