"""The operator's pages in a browser, under the site's own policy."""

import pytest
from playwright.sync_api import expect

from accounts.models import Person
from tests.builders import scene
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_operator_signs_in_by_the_sites_door_and_makes_a_person(transactional_db, visit):
    scene()
    operator = person("operator")
    operator.set_password("a long and quiet word")
    operator.is_staff = True
    operator.save()
    page = visit(None, "/admin/")
    page.get_by_label("E-mail address").fill(operator.email)
    page.get_by_label("Password", exact=True).fill("a long and quiet word")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="This installation")).to_be_visible()
    for name in ("Charters", "Memberships", "Revisions", "Wordings", "Clauses", "Webhooks"):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto("/admin/")
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="Add person").click()
    page.get_by_label("E-mail address").fill("new@example.org")
    page.get_by_label("Name").fill("New")
    page.get_by_label("First password").fill("another quiet word")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert Person.objects.get(email="new@example.org").check_password("another quiet word")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
