"""The schema says what the API does: it is valid, it is always the same, and nothing that is made
up from it by chance gets an answer it does not describe."""

import json

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, override_settings
from django.utils import translation
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from charter.api.schema import document
from tests.api.calling import problem
from tests.api.walk import addresses, register_tag, undone, version

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 12  # of each operation


def test_the_schema_is_valid_openapi():
    assert document()["openapi"].startswith("3.1")
    validate_schema(document())


def test_the_schema_is_the_same_whoever_asks_in_whatever_language(client, db):
    first = client.get("/api/v1/schema/", headers={"Accept-Language": "ru"})
    assert json.loads(first.content) == document()
    document.cache_clear()
    with translation.override("ru"):
        assert json.loads(first.content) == document()


def test_the_schema_is_not_sent_twice(client, db):
    first = client.get("/api/v1/schema/")
    again = client.get("/api/v1/schema/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_the_schema_is_only_read(method, db):
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/schema/")
    assert problem(answer)["code"] == "method_not_allowed"
    assert answer["Allow"] == "GET, HEAD"


def test_every_operation_is_named_once_and_said_in_a_sentence():
    operations = [one for path in document()["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))
    for one in operations:
        assert one["summary"], one["operationId"]
        assert one["tags"] != [""], one["operationId"]


def test_every_address_is_in_the_schema():
    assert len(document()["paths"]) == len(list(addresses()))


def test_a_read_says_that_it_may_be_known():
    for path in document()["paths"].values():
        for method, one in path.items():
            assert ("304" in one["responses"]) == (method == "get")


def test_a_write_says_what_it_was_made_against_where_it_must():
    for path in document()["paths"].values():
        for method, one in path.items():
            named = {parameter["name"] for parameter in one.get("parameters", [])}
            assert ("Idempotency-Key" in named) == (method != "get")
            assert ("If-Match" in named) == ("428" in one["responses"])


@pytest.fixture(scope="module")
def api_schema(laid):
    """The schema as the real application serves it, and the application to put it to the test.

    Read once: for each schema the whole application is searched for constants to try.
    """
    # Within a test's transaction no request may close the connection, as django.test has it too.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", WSGIHandler())
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def operations() -> list[tuple[str, str]]:
    return [(path, method) for path, found in document()["paths"].items() for method in found]


@pytest.mark.parametrize(("path", "method"), operations())
def test_whatever_is_asked_the_answer_is_as_described(path, method, api_schema, table, call):
    secret = call(table.scene.cast.chair).secret
    ids = {**table.ids, "slug": table.scene.charter.slug}
    head = table.scene.charter.head

    @given(case=api_schema[path][method].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        # The client that is used here does not undo a compression.
        said = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        case.headers = {**(case.headers or {}), **said}
        for name in list(case.path_parameters or {}):
            case.path_parameters[name] = ids[name]
        if "If-Match" in case.headers:
            against = version(case.formatted_path) if "{amendment}" in path else head
            is_register = path.endswith("/parties/import/")
            case.headers["If-Match"] = register_tag(table) if is_register else f'"{against}"'
        with undone():
            case.call_and_validate(checks=CHECKS)

    with override_settings(API_RATE_TOKEN=10**6, API_RATE_PERSON=10**6):
        ask()


@pytest.fixture
def table(laid, db):
    laid.scene.charter.refresh_from_db()
    return laid
