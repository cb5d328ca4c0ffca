"""How many requests a minute, agreed between all processes by one row a caller."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections
from django.db.models import F
from django.test import Client, override_settings

from charter.actions.paces import WINDOW, Limit, spend
from charter.models import Pace
from tests.api.calling import problem


def let_pass(seconds: float) -> None:
    """So much time goes by for every caller."""
    Pace.objects.update(full_at=F("full_at") - timedelta(seconds=seconds))


@override_settings(API_RATE_TOKEN=3, API_RATE_PERSON=10)
def test_a_token_asks_so_often_and_then_waits(table, call):
    caller = call(table.cast.observer)
    left = [caller.get("me/").headers["RateLimit"] for _ in range(3)]
    assert [said.rpartition('"token";r=')[2][0] for said in left] == ["2", "1", "0"]
    answer = caller.get("me/")
    assert (answer.status_code, problem(answer)["code"]) == (429, "too_many_requests")
    assert answer["RateLimit-Policy"] == '"person";q=10;w=60, "token";q=3;w=60'
    assert 1 <= int(answer["Retry-After"]) <= WINDOW / 3
    let_pass(WINDOW / 3)
    assert caller.get("me/").status_code == 200
    assert caller.get("me/").status_code == 429


@override_settings(API_RATE_TOKEN=10, API_RATE_PERSON=3)
def test_a_person_gets_no_more_by_having_more_tokens(table, call):
    answers = [call(table.cast.observer).get("me/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert call(table.cast.chair).get("me/").status_code == 200


@override_settings(API_RATE_STRANGER=2)
def test_guessing_at_tokens_is_slowed_down_and_nobody_else_is(table, call):
    headers = {"Authorization": "Bearer chr_guessed"}
    answers = [Client().get("/api/v1/me/", headers=headers).status_code for _ in range(3)]
    assert answers == [401, 401, 429]
    assert call(table.cast.chair).get("me/").status_code == 200


@override_settings(API_RATE_TOKEN=1)
def test_a_refused_request_has_no_effect(table, call):
    chair = call(table.cast.chair)
    chair.get("me/")
    body = {"revision": 1, "name": "a"}
    assert chair.post("charters/eurasia/editions/", body).status_code == 429
    let_pass(WINDOW)
    assert chair.post("charters/eurasia/editions/", body).status_code == 201


def test_the_whole_allowance_is_there_after_a_minute_and_no_more(db):
    limit = [Limit("token", "somebody", 5)]
    assert [spend(limit)[0].left for _ in range(5)] == [4, 3, 2, 1, 0]
    assert spend(limit)[0].wait > 0
    let_pass(10 * WINDOW)
    assert [bool(spend(limit)[0].wait) for _ in range(6)] == [False] * 5 + [True]


@pytest.mark.django_db(transaction=True)
def test_forty_callers_at_once_share_one_allowance():
    passed = []

    def ask() -> None:
        try:
            passed.append(not spend([Limit("person", "p", 10), Limit("token", "t", 100)])[0].wait)
        finally:
            connections.close_all()

    threads = [Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A place falls free every six seconds.
    assert 10 <= sum(passed) <= 11
