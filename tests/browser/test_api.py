"""The pages about the API in a browser: they need nothing from elsewhere, and may be tried."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.builders import scene

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_reference_is_drawn_from_this_site_alone(visit):
    table = scene()
    elsewhere = []
    page = visit(table.cast.chair, "/api/docs/problems/")
    page.on("request", lambda asked: elsewhere.append(asked.url))
    page.goto("/api/docs/")
    expect(page.get_by_role("button", name=re.compile("Begin a charter"))).to_be_visible()
    site = page.url.partition("/api/")[0]
    assert [url for url in elsewhere if not url.startswith((site, "data:"))] == []


def test_a_person_tries_an_address_with_the_rights_they_have(visit):
    table = scene()
    page = visit(table.cast.chair, "/api/docs/")
    operation = page.locator("#operations-editions-editions_post .opblock-summary-control")
    while not operation.count():  # what is below the window is drawn when one comes near
        page.mouse.wheel(0, 2000)
        page.wait_for_timeout(50)
    operation.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_placeholder("slug").fill("eurasia")
    body = json.dumps({"revision": 1, "name": "Zero draft", "symbol": ""})
    page.locator("textarea.body-param__text").fill(body)
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tr.response .response-col_status")).to_have_text(
        re.compile("201")
    )
    assert table.charter.editions.get().name == "Zero draft"


@pytest.mark.parametrize("part", ["", "examples/", "problems/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_about_the_api_are_accessible(part, scheme, visit, violations):
    page = visit(None, f"/api/docs/{part}", color_scheme=scheme)
    if not part:
        expect(page.get_by_role("button", name=re.compile("Begin a charter"))).to_be_visible()
    assert violations(page) == []
