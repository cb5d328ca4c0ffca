import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from charter.actions import deliveries, webhooks
from charter.models import Delivery, DeliveryState, Mishap, Webhook
from charter.queries.webhooks import depth
from tests.builders import reword

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/webhooks/"
WISH = {"url": "https://example.org/told", "events": ["revision.committed", "edition.named"]}


@pytest.fixture
def hook(table) -> Webhook:
    return webhooks.add_webhook(actor=table.cast.chair, charter=table.charter, **WISH)[0]


@pytest.fixture
def chair(table, signed_in):
    return signed_in(table.cast.chair)


def page_of(hook: Webhook) -> str:
    return reverse("webhook", args=["eurasia", hook.pk])


def told(table, count: int = 1) -> None:
    for number in range(count):
        reword(table.charter, table.cast.drafter, table.first, f"Words {number}.")


def test_the_chair_adds_one_and_sees_its_secret_once(table, chair):
    answer = chair.post(ADDRESS, {**WISH, "description": "For the depositary"})
    secret = webhooks.secret_of(Webhook.objects.get())
    assert answer.status_code == 200
    assert secret in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    page = chair.get(ADDRESS).content.decode()
    assert "https://example.org/told" in page
    assert "For the depositary" in page
    assert "whsec_" not in page
    assert "whsec_" not in chair.get(page_of(Webhook.objects.get())).content.decode()


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"url": "http://example.org/"}, "has to begin with https://"),
        ({"url": "https://192.168.0.1/"}, "does not call machines at such an address"),
        ({"url": "https://ann:pw@example.org/"}, "not an address that can be called"),
        ({"events": []}, "This field is required"),
        ({"events": ["webhook.tested"]}, "Select a valid choice"),
    ],
)
def test_a_wish_that_cannot_be_comes_back_with_its_reason(table, chair, hook, wish, reason):
    for address in (ADDRESS, page_of(hook)):
        answer = chair.post(address, {**WISH, "description": "As typed", **wish})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert reason in page
        assert "As typed" in page
    assert Webhook.objects.count() == 1


def test_it_is_changed_switched_off_and_withdrawn(table, chair, hook):
    other = {"url": "https://example.org/other", "events": ["thread.changed"]}
    assert chair.post(page_of(hook), other).status_code == 302
    hook.refresh_from_db()
    assert (hook.url, hook.events, hook.active) == (other["url"], other["events"], False)
    assert "switched off" in chair.get(ADDRESS).content.decode()
    chair.post(reverse("webhook_withdraw", args=["eurasia", hook.pk]))
    assert other["url"] not in chair.get(ADDRESS).content.decode()
    assert chair.get(page_of(hook)).status_code == 404


def test_another_secret_is_shown_once(table, chair, hook):
    before = webhooks.secret_of(hook)
    answer = chair.post(reverse("webhook_secret", args=["eurasia", hook.pk]))
    hook.refresh_from_db()
    assert webhooks.secret_of(hook) != before
    assert webhooks.secret_of(hook) in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_the_log_says_how_each_message_went(table, chair, hook):
    told(table, 2)
    first, second = deliveries.take(2)
    deliveries.succeeded(first, status=204, milliseconds=31)
    deliveries.failed(second, mishap=Mishap.REFUSED, status=503, milliseconds=7)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", chair.get(page_of(hook)).content.decode()))
    assert "No. 1, answer 204, 31 ms" in page
    assert "No. 1, answer 503, 7 ms" in page
    assert "The answer was an error." in page
    assert "Words" not in page


def test_a_test_is_sent_and_a_message_sent_again(table, chair, hook):
    chair.post(reverse("webhook_test", args=["eurasia", hook.pk]))
    (one,) = Delivery.objects.all()
    assert one.entry.event == "webhook.tested"
    again = reverse("delivery_again", args=["eurasia", one.pk])
    assert again not in chair.get(page_of(hook)).content.decode(), "it is in line already"
    deliveries.succeeded(*deliveries.take(1), status=200, milliseconds=1)
    assert again in chair.get(page_of(hook)).content.decode()
    assert chair.post(again).status_code == 302
    one.refresh_from_db()
    assert one.state == DeliveryState.WAITING
    assert "in line already" in chair.post(again, follow=True).content.decode()


def test_one_that_stopped_is_said_where_the_chair_will_see_it(table, chair, hook, signed_in):
    settings = reverse("charter_settings", args=["eurasia"])
    said = "A webhook has stopped"
    assert said not in chair.get(settings).content.decode()
    Webhook.objects.update(stopped_at=timezone.now())
    assert said in chair.get(settings).content.decode()
    assert "failed for too long" in chair.get(ADDRESS).content.decode()
    assert "switch it on again" in chair.get(page_of(hook)).content.decode()
    assert said not in signed_in(table.cast.drafter).get(settings).content.decode()
    chair.post(page_of(hook), {**WISH, "active": "on"})
    assert said not in chair.get(settings).content.decode()


def test_the_cost_of_the_pages_does_not_grow(table, chair, hook, queries):
    told(table)
    few = queries(chair, ADDRESS), queries(chair, page_of(hook))
    told(table, 8)
    for _webhook in range(5):
        webhooks.add_webhook(actor=table.cast.chair, charter=table.charter, **WISH)
    assert (queries(chair, ADDRESS), queries(chair, page_of(hook))) == few


def test_a_long_log_goes_on_on_further_pages(table, chair, hook, monkeypatch):
    monkeypatch.setattr("charter.queries.webhooks.PAGE", 3)
    told(table, 7)
    address = page_of(hook)
    for count in (3, 3, 1):
        page = chair.get(address).content.decode()
        assert page.count('<th scope="row">') == count
        older = re.search(r'rel="next" href="(\?before=\d+)"', page)
        address = page_of(hook) + older[1] if older else ""
    assert not address
    assert chair.get(page_of(hook) + "?before=x").status_code == 404


def test_how_long_the_oldest_has_waited(table, chair, hook):
    assert depth() == (0, 0.0)
    told(table, 2)
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=90))
    count, seconds = depth()
    assert (count, round(seconds, -1)) == (2, 90)
