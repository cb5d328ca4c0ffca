"""Webhooks by the API."""

import pytest

from charter.actions import deliveries, webhooks
from charter.models import Delivery, Mishap, Webhook
from tests.api.calling import problem
from tests.builders import reword

LIST = "charters/eurasia/webhooks/"
WISH = {"url": "https://example.org/told", "events": ["edition.named", "revision.committed"]}


@pytest.fixture
def hook(table) -> Webhook:
    return webhooks.add_webhook(actor=table.cast.chair, charter=table.charter, **WISH)[0]


def told(table, count: int = 1) -> None:
    for number in range(count):
        reword(table.charter, table.cast.drafter, table.first, f"Words {number}.")


def test_the_chair_has_an_address_told_and_is_given_the_secret_once(table, call):
    chair = call(table.cast.chair)
    made = chair.post(LIST, {**WISH, "description": "The depositary"})
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    said = made.json()
    assert said["secret"] == webhooks.secret_of(Webhook.objects.get())
    read = chair.get(made["Location"]).json()
    assert read == said["webhook"]
    assert read["events"] == ["revision.committed", "edition.named"]
    assert "secret" not in read
    assert "whsec_" not in str(chair.get(LIST).json())


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"url": "http://example.org/"}, "invalid"),
        ({"url": "https://10.0.0.1/"}, "invalid"),
        ({"url": "nonsense"}, "invalid"),
        ({"events": []}, "invalid"),
        ({"events": ["webhook.tested"]}, "invalid"),
        ({"colour": "red"}, "invalid"),
    ],
)
def test_what_cannot_be_is_refused(table, call, wish, code):
    said = problem(call(table.cast.chair).post(LIST, {**WISH, **wish}))
    assert (said["status"], said["code"]) == (422, code)
    assert not Webhook.objects.exists()


def test_it_is_changed_by_whoever_has_read_it_and_withdrawn(table, call, hook):
    chair, there = call(table.cast.chair), f"{LIST}{hook.pk}/"
    tag = chair.get(there)["ETag"]
    off = {**WISH, "active": False}
    assert problem(chair.put(there, off))["code"] == "precondition_required"
    done = chair.put(there, off, match=tag)
    assert done.json()["active"] is False
    assert problem(chair.put(there, WISH, match=tag))["code"] == "stale"
    assert chair.delete(there, match=done["ETag"]).status_code == 204
    assert problem(chair.get(there))["code"] == "not_found"


def test_another_secret_takes_the_place_of_the_first(table, call, hook):
    before = webhooks.secret_of(hook)
    made = call(table.cast.chair).post(f"{LIST}{hook.pk}/secret/")
    hook.refresh_from_db()
    assert made.status_code == 201
    assert made.json() == {"secret": webhooks.secret_of(hook)}
    assert made.json()["secret"] != before


def test_the_log_comes_in_pages_and_says_how_it_went(table, call, hook):
    told(table, 3)
    (first, second) = deliveries.take(2)
    deliveries.succeeded(first, status=204, milliseconds=31)
    deliveries.failed(second, mishap=Mishap.REFUSED, status=503, milliseconds=7)
    chair, found = call(table.cast.chair), []
    path = f"{LIST}{hook.pk}/deliveries/?limit=2"
    while path:
        page = chair.get(path).json()
        found += page["items"]
        path = (page["next"] or "").removeprefix("http://testserver")
    assert [one["state"] for one in found] == ["waiting", "waiting", "delivered"]
    assert (found[1]["status"], found[1]["mishap"], found[1]["attempts"]) == (503, "refused", 1)
    assert (found[2]["status"], found[2]["mishap"], found[2]["milliseconds"]) == (204, None, 31)
    assert found[2]["message"] == f"msg_{first.entry.uuid.hex}"
    assert "Words" not in str(found)


def test_a_test_and_a_message_once_more(table, call, hook):
    chair = call(table.cast.chair)
    assert chair.post(f"{LIST}{hook.pk}/test/").status_code == 204
    assert problem(chair.post(f"{LIST}{hook.pk}/test/"))["code"] == "in_use"
    one = Delivery.objects.get()
    again = f"charters/eurasia/deliveries/{one.pk}/again/"
    assert problem(chair.post(again))["code"] == "in_use"
    deliveries.succeeded(one, status=200, milliseconds=1)
    assert chair.post(again).status_code == 204
    one.refresh_from_db()
    assert one.state == "waiting"


@pytest.mark.parametrize("role", ["drafter", "reviewer", "observer"])
def test_others_do_not_learn_that_there_are_any(table, call, hook, role):
    for path in (LIST, f"{LIST}{hook.pk}/", f"{LIST}{10**8}/"):
        assert problem(call(getattr(table.cast, role)).get(path))["code"] == "forbidden"


def test_the_lists_take_as_many_queries_however_long_they_are(table, call, hook, queries):
    chair = call(table.cast.chair)
    told(table)
    paths = (LIST, f"{LIST}{hook.pk}/deliveries/")
    before = [queries(lambda path=path: chair.get(path)) for path in paths]
    told(table, 5)
    for _webhook in range(3):
        webhooks.add_webhook(actor=table.cast.chair, charter=table.charter, **WISH)
    assert [queries(lambda path=path: chair.get(path)) for path in paths] == before
