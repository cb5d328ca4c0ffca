"""What tests of pages share: the usual scene, somebody signed in, a count of queries."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from tests.builders import Scene


@pytest.fixture
def table(db) -> "Scene":
    """A charter of two articles with its cast."""
    # Models cannot be imported while pytest gathers its fixtures.
    from tests.builders import scene

    return scene()


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """`signed_in(person)` is a client of that person's."""

    def client(person) -> Client:
        made = Client()
        made.force_login(person)
        return made

    return client


@pytest.fixture
def queries() -> Callable[[Client, str], int]:
    """`queries(client, address)`: how many a page that answers 200 takes, once it is warm."""

    def count(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
