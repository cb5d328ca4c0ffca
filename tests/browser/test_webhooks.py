"""The chair has another program told of what happens."""

import re

import pytest
from playwright.sync_api import expect

from charter.actions.webhooks import add_webhook
from charter.delivering import Worker
from charter.outward.addresses import Rules
from tests.builders import reword, scene
from tests.outward.receiver import receiving

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/charters/eurasia/webhooks/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def table(transactional_db, settings):
    settings.WEBHOOK_RULES = Rules(loopback=True)
    return scene()


def test_a_chair_adds_a_webhook_sees_it_told_and_withdraws_it(table, visit, violations):
    with receiving(answers=[500, 204]) as receiver:
        page = visit(table.cast.chair, "/charters/eurasia/settings/")
        page.get_by_role("main").get_by_role("link", name="Webhooks").click()
        page.get_by_label("Address").fill(receiver.url)
        page.get_by_label("A thread was opened").uncheck()
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_label("Secret")).to_have_value(re.compile(r"^whsec_[A-Za-z0-9+/]{43}=$"))
        assert violations(page) == []
        reword(table.charter, table.cast.drafter, table.first, "Other words.")
        Worker().run(once=True)
        page.get_by_role("link", name=receiver.url, exact=True).click()
        expect(page.get_by_text("answer 500")).to_be_visible()
        expect(page.get_by_text("failing")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Send a test").click()
        Worker().run(once=True)
        page.reload()
        expect(page.get_by_text("answer 204")).to_be_visible()
        page.get_by_role("button", name="Withdraw").click()
        expect(page.get_by_text("No program is told of anything yet.")).to_be_visible()


def test_on_a_phone_nothing_runs_over_the_edge(table, visit):
    made, _secret = add_webhook(
        actor=table.cast.chair,
        charter=table.charter,
        url="https://example.org/" + "a-long-way-to-go/" * 20,
        events=["revision.committed"],
    )
    page = visit(table.cast.chair, ADDRESS, viewport=PHONE)
    for path in (ADDRESS, f"{ADDRESS}{made.pk}/"):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], path
