"""What people come for, from the first page to the last."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from accounts.people import confirm
from charter.actions.invitations import invite_member
from charter.models import Charter
from charter.queries.texts import text_at
from tests.builders import FIRST, principle, scene
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a long and quiet word"
TEXT = """# Statute of the river

## Article 1. Water

1. The river belongs to nobody.
2. Everybody keeps it clean.

## Article 2. Entry into force

This statute enters into force at once.
"""


@pytest.fixture
def table(transactional_db):
    return scene()


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def test_a_newcomer_signs_in_and_begins_a_charter_from_a_text(transactional_db, visit):
    newcomer = person("newcomer")
    newcomer.set_password(PASSWORD)
    newcomer.save()
    page = visit(None, "/")
    page.get_by_label("E-mail address").fill(newcomer.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You have no seat in a charter yet")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="New charter").first.click()
    page.get_by_label("Text file").set_input_files(
        {"name": "statute.md", "mimeType": "text/markdown", "buffer": TEXT.encode()}
    )
    page.get_by_role("button", name="Create the charter").click()
    expect(page.get_by_text("Everybody keeps it clean.")).to_be_visible()
    expect(page).to_have_title(re.compile("Statute of the river"))
    assert len(text_at(Charter.objects.get()).clauses) == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_a_chair_invites_and_a_newcomer_walks_in(table, visit, violations, scripts):
    chair = visit(table.cast.chair, "/charters/eurasia/members/", java_script_enabled=scripts)
    chair.get_by_label("E-mail address").fill("guest@example.org")
    chair.get_by_label("Name", exact=True).fill("A guest")
    chair.get_by_label("Role").select_option("drafter")
    chair.get_by_role("button", name="Invite").click()
    link = chair.get_by_label("Link of the invitation").input_value()
    expect(chair.get_by_role("heading", name="Open invitations")).to_be_visible()

    guest = visit(None, link, java_script_enabled=scripts)
    expect(heading(guest)).to_have_text("A charter of tests")
    new = guest.get_by_role("region", name="I am new here")
    expect(new.get_by_label("E-mail address")).to_have_value("guest@example.org")
    if scripts:
        assert violations(chair) == []
        assert violations(guest) == []
    for field in new.locator('input[type="password"]').all():
        field.fill(PASSWORD)
    new.get_by_role("button", name="Make the account and take the seat").click()
    expect(guest.get_by_text(FIRST)).to_be_visible()
    expect(guest.get_by_text("Your role: Drafter")).to_be_visible()
    assert Person.objects.get(email="guest@example.org").has_usable_password()
    chair.goto("/charters/eurasia/members/")
    expect(chair.get_by_role("row", name="guest@example.org")).to_contain_text("A guest")


def test_somebody_with_an_account_comes_in_by_another_address(table, visit, violations):
    known = person("known")
    known.set_password(PASSWORD)
    known.save()
    at = {"actor": table.cast.chair, "charter": table.charter}
    issued = invite_member(**at, email="guest@example.org", role="reviewer")
    page = visit(None, f"/invitations/{issued.key}/")
    region = page.get_by_role("region", name="I have an account")
    region.get_by_label("E-mail address").fill(known.email)
    region.get_by_label("Password").fill("not it")
    region.get_by_role("button", name="Sign in").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    take = page.get_by_role("button", name="Take the seat as Known")
    expect(take).to_be_visible()
    assert violations(page) == []
    take.click()
    expect(page.get_by_text(FIRST)).to_be_visible()
    chair = visit(table.cast.chair, "/charters/eurasia/members/")
    expect(chair.get_by_role("row", name="known@example.org")).to_contain_text(
        "invited as guest@example.org"
    )


def test_what_was_sent_to_ones_own_address_waits_among_the_charters(table, visit, violations):
    guest = person("guest")
    confirm(guest)
    at = {"actor": table.cast.chair, "charter": table.charter}
    invite_member(**at, email=guest.email, role="reviewer")
    page = visit(guest, "/")
    assert violations(page) == []
    page.get_by_role("button", name="Take the seat").click()
    expect(page.get_by_text(FIRST)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_drafter_reads_edits_tags_comments_and_compares(table, visit, scripts):
    principle(table.charter, table.cast.chair, "sovereignty")
    page = visit(
        table.cast.drafter,
        f"/charters/eurasia/clauses/{table.first}/",
        java_script_enabled=scripts,
    )
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Words", exact=True).first.fill(
        FIRST.replace("shall respect", "shall fully respect")
    )
    page.get_by_label("Sovereignty").check()
    page.get_by_label("Message").fill("As agreed in the morning")
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_text("shall fully respect")).to_be_visible()

    page.goto(f"/charters/eurasia/clauses/{table.first}/")
    page.get_by_label("Comment", exact=True).fill("Is “fully” needed?")
    page.get_by_role("button", name="Comment").click()
    page.goto("/charters/eurasia/threads/")
    expect(page.get_by_text("Is “fully” needed?")).to_be_visible()

    page.get_by_role("link", name="History", exact=True).first.click()
    entry = page.locator("li.entry").first
    expect(entry).to_contain_text("As agreed in the morning")
    expect(entry).to_contain_text("Drafter")
    page.goto(f"/charters/eurasia/compare/?since={table.charter.head}")
    expect(page.locator("ins", has_text="fully")).to_be_visible()


def test_a_next_version_from_a_file_is_looked_at_before_it_is_committed(table, visit):
    page = visit(table.cast.drafter, "/charters/eurasia/history/")
    page.get_by_role("link", name="Import a new version").click()
    page.get_by_label("Or paste the text").fill(
        "# A charter of tests\n\n## Article 1. Principles\n\n"
        f"1. {FIRST.replace('respect', 'honour')}\n\n## Article 2. Openness\n\nOpen to all.\n"
    )
    page.get_by_label("Message").fill("From the capital")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("ins", has_text="honour")).to_be_visible()
    page.get_by_role("button", name="Commit as the next revision").click()
    expect(heading(page)).to_have_text(f"Revision {table.charter.head + 1}")
    expect(page.get_by_text("From the capital")).to_be_visible()


def test_a_chair_keeps_the_vocabulary_and_names_an_edition(table, visit):
    page = visit(table.cast.chair, "/charters/eurasia/principles/")
    page.get_by_label("Name in English").fill("Openness")
    page.get_by_label("Definition in English").fill("Nobody is shut out.")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Openness")).to_be_visible()
    page.get_by_role("navigation", name="Charter").get_by_text("More").click()
    page.get_by_role("link", name="Editions").click()
    page.get_by_label("Name", exact=True).fill("Rev.1")
    page.get_by_label("Document symbol").fill("EC/1/Rev.1")
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_role("link", name="Rev.1", exact=True)).to_be_visible()


def test_what_one_may_not_see_is_not_there(table, visit):
    page = visit(table.cast.stranger, "/charters/eurasia/")
    expect(page.get_by_text("There is nothing at this address")).to_be_visible()
    assert "A charter of tests" not in page.content()
