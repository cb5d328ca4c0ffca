"""Silence procedures in a real browser: opened and broken, on the clock of the device."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from charter.actions.silence import call_off_silence, open_silence
from charter.actions.threads import open_thread
from charter.models import Silence
from tests.browser.conftest import PHONE
from tests.builders import Scene, scene, seated

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = "/charters/eurasia/silence/"


@pytest.fixture
def table(transactional_db) -> Scene:
    """The scene with a delegation, and a procedure that was called off."""
    laid = scene()
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "IND")
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    open_silence(**act, clauses=[laid.other], deadline=noon(3), invitation="Please.")
    call_off_silence(**act, silence=1, note="Not ripe.")
    return laid


def noon(days: int) -> datetime:
    day = datetime.now(UTC) + timedelta(days=days)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


def test_an_article_is_put_under_silence_and_a_delegation_breaks_it(table, visit, violations):
    page = visit(table.cast.chair, f"/charters/eurasia/clauses/{table.article}/")
    page.get_by_role("link", name="Put under silence").click()
    expect(page.get_by_role("heading", name="Begin a silence procedure")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Article 1")).to_be_checked()
    page.get_by_label("Day of the deadline").fill(f"{noon(5):%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill("12:00")
    page.get_by_label("Invitation").fill("Please tell your capitals.")
    assert violations(page) == []
    page.get_by_role("button", name="Put under silence").click()
    expect(page.get_by_role("heading", name="S-2 · Article 1")).to_be_visible()
    assert violations(page) == []

    reader = visit(table.cast.reviewer, PAGES, timezone_id="Asia/Almaty")
    expect(reader.get_by_text("17:00 on this device")).to_be_visible()
    reader.set_viewport_size(PHONE)
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme)
        assert violations(reader) == [], scheme
    reader.get_by_role("link", name="S-2 · Article 1").click()
    reader.get_by_label("Reason").fill("We have no instructions.")
    reader.get_by_role("button", name="Break silence").press("Enter")
    expect(reader.get_by_text("IND broke silence (Reviewer)")).to_be_visible()
    assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Silence.objects.get(number=2).state == "broken"


def test_the_mark_of_a_silence_is_not_under_a_card(table, visit):
    at = {"actor": table.cast.chair, "charter": table.charter}
    open_silence(**at, clauses=[table.article], deadline=noon(3), invitation="Please.")
    said = {"language": "en", "base": table.charter.head, "text": "Who?"}
    open_thread(**at, clause=table.article, **said)
    page = visit(table.cast.reviewer, "/charters/eurasia/")
    expect(page.locator(".margin.aligned > .thread")).to_be_visible()
    mark = page.locator(".margin > .silenced").bounding_box()
    card = page.locator(".margin > .thread").bounding_box()
    assert mark["y"] + mark["height"] <= card["y"]
