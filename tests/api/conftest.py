"""What tests of the API share: the usual scene, and callers that speak with a token."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from tests.api.calling import Caller
    from tests.api.walk import Table
    from tests.builders import Scene


@pytest.fixture(autouse=True)
def _nothing_by_chance(monkeypatch):
    """One request in a thousand also tidies up; a test that counts statements leaves that out."""
    monkeypatch.setattr("charter.actions.paces._FORGETTING", 0)


@pytest.fixture
def table(db) -> "Scene":
    """A charter of two articles with its cast."""
    # Models cannot be imported while pytest gathers its fixtures.
    from tests.builders import scene

    return scene()


@pytest.fixture(scope="module")
def laid(django_db_setup, django_db_blocker) -> "Iterator[Table]":
    """A charter with one of each thing, made once for a module; each of its tests is undone."""
    from tests.api.walk import furnished, undone

    with django_db_blocker.unblock(), undone():
        yield furnished()


@pytest.fixture
def call(db) -> "Callable[..., Caller]":
    """`call(person)` asks with a write token, `call(person, "read")` with one that only reads,
    `call(None)` with none."""
    from tests.api.calling import caller

    return caller


@pytest.fixture
def queries() -> Callable[[Callable[[], Any]], int]:
    """`queries(ask)`: how many an answer below 300 takes, once it is warm."""

    def count(ask: Callable[[], Any]) -> int:
        ask()
        with CaptureQueriesContext(connection) as captured:
            assert ask().status_code < 300
        return len(captured)

    return count
