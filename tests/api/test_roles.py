"""Every role, and every kind of token, at every address of the API. A new one without a line in
`asks` fails."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Token
from accounts.tokens import revoke_all
from charter.access import RIGHTS, may
from charter.models import Membership, Stage
from tests.api.asks import OF_CHARTERS, OPEN
from tests.api.calling import Caller, caller, problem
from tests.api.walk import NOWHERE, Table, addresses, asked, undone

pytestmark = pytest.mark.django_db

ADDRESSES = dict(addresses())
NAMES = sorted(OF_CHARTERS)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def table(laid, db) -> Table:
    laid.scene.charter.refresh_from_db()
    return laid


@pytest.fixture(scope="module")
def elsewhere(laid, django_db_blocker) -> Iterator[Table]:
    """Another charter with the same chair, and one of each thing in it."""
    with django_db_blocker.unblock(), undone():
        yield _another(laid)


def test_every_address_has_its_line_in_the_table():
    assert set(ADDRESSES) == set(OF_CHARTERS) | set(OPEN)
    assert {name for name, needed in ADDRESSES.items() if "slug" in needed} == set(OF_CHARTERS)


@pytest.mark.parametrize("name", NAMES)
def test_an_address_opens_to_the_roles_that_have_its_right(name, table):
    path = table.path(name)
    for role in RIGHTS:
        there = caller(getattr(table.scene.cast, role))
        for method, ask in OF_CHARTERS[name].items():
            answer = asked(there, method, path, ask, table)
            if may(role, Stage.NEGOTIATION, ask.right):
                assert answer.status_code in (200, 201, 204), (method, role, answer.content)
            else:
                said = problem(answer)
                assert (said["code"], said["status"]) == ("forbidden", 403), (method, role)


@pytest.mark.parametrize("name", NAMES)
def test_a_method_that_is_not_offered_is_405_and_says_which_are(name, table):
    there, path = caller(table.scene.cast.chair), table.path(name)
    for method in METHODS:
        if method not in OF_CHARTERS[name]:
            answer = there.ask(method, path)
            assert problem(answer)["code"] == "method_not_allowed", method
            assert set(OF_CHARTERS[name]) <= set(answer["Allow"].split(", "))


@pytest.mark.parametrize("name", NAMES)
def test_a_charter_one_has_no_seat_in_looks_like_one_that_is_not_there(name, table):
    there = caller(table.scene.cast.stranger)
    for method, ask in OF_CHARTERS[name].items():
        answers = [
            asked(there, method, path, ask, table)
            for path in (table.path(name), table.path(name, slug="no-such-charter"))
        ]
        assert [answer.status_code for answer in answers] == [404, 404], method
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_nobody_gets_in_without_a_token_that_works(name, table):
    chair = table.scene.cast.chair
    revoked, expired = caller(chair), caller(chair)
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    somebody = caller(chair)
    revoke_all(chair)
    path = _path(name, table)
    for nobody in (Caller(), Caller("chr_invented"), revoked, expired, somebody):
        for method in METHODS:
            answer = nobody.ask(method, path)
            assert problem(answer)["code"] == "not_signed_in", method
            assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("name", NAMES)
def test_a_token_that_reads_writes_nothing(name, table):
    there, path = caller(table.scene.cast.chair, "read"), table.path(name)
    for method, ask in OF_CHARTERS[name].items():
        answer = asked(there, method, path, ask, table)
        if method == "GET":
            assert answer.status_code == 200
            assert there.ask("HEAD", path + ask.query).status_code == 200
        else:
            assert problem(answer)["code"] == "read_only_token", method


@pytest.mark.parametrize("name", [name for name in NAMES if len(ADDRESSES[name]) > 1])
def test_what_belongs_to_another_charter_is_not_there(name, table, elsewhere):
    there = caller(table.scene.cast.chair)
    for path in (
        elsewhere.path(
            name, slug=table.scene.charter.slug, **{"revision": 10**6, "silence": 10**6}
        ),
        table.path(name, **NOWHERE | {"clause": uuid4()}),
    ):
        for method, ask in OF_CHARTERS[name].items():
            answer = asked(there, method, path, ask, table)
            there_at_all = may("chair", Stage.NEGOTIATION, ask.right)
            expected = "not_found" if there_at_all else "forbidden"
            assert problem(answer)["code"] == expected, (method, path)


@pytest.mark.parametrize("role", sorted(RIGHTS))
def test_a_removed_member_is_out_at_once(role, table):
    somebody = getattr(table.scene.cast, role)
    there = caller(somebody)
    assert there.get(table.path("text")).status_code == 200
    Membership.objects.filter(charter=table.scene.charter, person=somebody).delete()
    assert problem(there.get(table.path("text")))["code"] == "not_found"


@pytest.mark.parametrize("name", sorted(OPEN))
def test_an_address_of_no_charter_answers_as_written(name, table):
    there = caller(table.scene.cast.stranger)
    for method, status in OPEN[name].items():
        with undone():
            answer = there.ask(method, _path(name, table), {} if method == "POST" else None)
        assert answer.status_code == status, (method, answer.content)


def test_a_token_opens_no_page(table):
    secret = caller(table.scene.cast.chair).secret
    answer = Client().get("/charters/eurasia/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 302


def test_a_session_writes_nothing_without_the_secret_of_its_forms(table):
    client = Client(enforce_csrf_checks=True)
    client.force_login(table.scene.cast.chair)
    assert client.get(table.path("text")).status_code == 200
    body = {"revision": 2, "name": "Rev.1"}
    refused = client.post(table.path("editions"), body, content_type="application/json")
    assert problem(refused)["code"] == "forbidden"
    client.get("/api/docs/")
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value}
    done = client.post(
        table.path("editions"), body, content_type="application/json", headers=headers
    )
    assert done.status_code == 201


def test_a_token_that_does_not_work_is_not_made_up_for_by_a_session(table):
    client = Client()
    client.force_login(table.scene.cast.chair)
    answer = client.get(table.path("text"), headers={"Authorization": "Bearer chr_invented"})
    assert problem(answer)["code"] == "not_signed_in"


def _path(name: str, table: Table) -> str:
    if name in OF_CHARTERS:
        return table.path(name)
    return table.path(name, invitation=10**8)


def _another(table: Table) -> Table:
    from charter.actions.charters import create_charter
    from tests.api import walk
    from tests.builders import Scene, insert, seat_all, stand_at

    people = table.scene.cast
    charter = create_charter(actor=people.chair, title="Another", slug="elsewhere")
    seat_all(charter, people)
    article = insert(charter, people.chair, "article", heading="Far away")
    clause = insert(charter, people.chair, "paragraph", "Elsewhere.", parent=article)
    stand_at(charter, people.chair, "negotiation")
    found = walk._furnished(Scene(charter, people, article, clause, clause, clause))
    found.ids["principle"] = "elsewhere-only"
    return found
