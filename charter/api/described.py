"""What an endpoint's method takes and gives: said once, kept by the frame, told in the schema."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from charter.api.asked import Asked
from charter.api.preconditions import Precondition


@dataclass(frozen=True, slots=True)
class Described:
    """A method of an endpoint. See `describe`."""

    answer: Any = None
    status: int = 200
    body: Any = None
    query: type[Asked] | None = None
    if_match: Precondition | None = None
    media_types: tuple[str, ...] = ("application/json",)
    more: dict[Any, Any] = field(default_factory=dict)


def describe(
    *,
    answer: Any = None,
    status: int = 200,
    body: Any = None,
    query: type[Asked] | None = None,
    if_match: Precondition | None = None,
    media_types: tuple[str, ...] = ("application/json",),
    more: dict[Any, Any] | None = None,
) -> Callable:
    """Decorates a method of an `Endpoint`.

    `body` and `answer` are Shapes; without a `body` nothing may be sent, without an `answer` the
    answer is empty. The checked body is `self.said`, the checked `query` `self.asked`. With
    `if_match` REVISION, `self.base` is the revision the write was made against, with VERSION
    `self.version` the version of the thing, with REGISTER `self.register` the digest of the
    register of parties; with TAG the method only runs while the endpoint's `shown` still has the
    tag that was sent. `more` are further answers by status, or by status and media type.
    """
    said = Described(answer, status, body, query, if_match, media_types, more or {})

    def put(method: Callable) -> Callable:
        method.described = said  # type: ignore[attr-defined]
        return method

    return put
