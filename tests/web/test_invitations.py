"""The page of an invitation's key, and the invitations to one's own address."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import people, throttle
from accounts.models import Attempt, Person
from charter.actions import invitations
from charter.actions.charters import create_charter
from charter.models import Invitation, Membership
from tests.cast import person

pytestmark = pytest.mark.django_db

PASSWORD = "a long and quiet word"
ADDRESS = "guest@example.org"


@pytest.fixture
def issued(table) -> invitations.Issued:
    return issue(table)


def issue(table, email: str = ADDRESS, role: str = "drafter", **more) -> invitations.Issued:
    return invitations.invite_member(
        actor=table.cast.chair,
        charter=table.charter,
        email=email,
        name="Olga from the capital",
        role=role,
        **more,
    )


def page_of(key: str) -> str:
    return reverse("invitation", args=[key])


def account(**more: str) -> dict[str, str]:
    said = {"name": "Olga", "email": ADDRESS, "password1": PASSWORD, "password2": PASSWORD}
    return said | more


def signed_in_as(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


# --- what the page says -------------------------------------------------------------------------


def test_it_says_to_what_by_whom_and_as_what_and_nothing_else_of_the_charter(table, issued, client):
    page = client.get(page_of(issued.key)).content.decode()
    for said in (table.charter.title, "Chair invites you", "Drafter", ADDRESS, "Olga from the"):
        assert said in page
    assert table.charter.slug not in page
    assert "Drafter@" not in page
    assert "sovereignty" not in page


def test_it_is_kept_by_no_cache_and_named_to_no_other_page(issued, client):
    answer = client.get(page_of(issued.key))
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_forged_key_opens_nothing(table, issued, client, signed_in):
    for browser in (client, signed_in(table.cast.stranger)):
        for key in ("forged", issued.key[:-1], issued.key + "x", "%00", "%ED%A0%80"):
            for answer in (
                browser.get(f"/invitations/{key}/"),
                browser.post(f"/invitations/{key}/", account()),
            ):
                assert answer.status_code == 404
                assert table.charter.title not in answer.content.decode()
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize("fate", ["used", "withdrawn", "expired"])
def test_a_closed_one_says_why_and_no_word_of_the_charter(table, issued, client, signed_in, fate):
    if fate == "used":
        invitations.accept_invitation(person=person("first"), key=issued.key)
    elif fate == "withdrawn":
        invitations.withdraw_invitation(
            actor=table.cast.chair, charter=table.charter, invitation=issued.invitation.pk
        )
    else:
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    reason = {"used": "taken with it", "withdrawn": "was withdrawn", "expired": "fourteen days"}
    for browser in (client, signed_in(table.cast.stranger)):
        for answer in (
            browser.get(page_of(issued.key)),
            browser.post(page_of(issued.key), account()),
        ):
            assert answer.status_code == 410
            assert reason[fate] in answer.content.decode()
            assert table.charter.title not in answer.content.decode()
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert not Membership.objects.filter(person=table.cast.stranger).exists()


# --- with an account ----------------------------------------------------------------------------


def test_somebody_who_is_signed_in_takes_the_seat_by_one_button(table, issued, signed_in):
    browser = signed_in(table.cast.stranger)
    assert "Take the seat as Stranger" in browser.get(page_of(issued.key)).content.decode()
    answer = browser.post(page_of(issued.key), follow=True)
    assert answer.redirect_chain[-1][0] == "/charters/eurasia/"
    assert "Your role: Drafter" in answer.content.decode()
    assert browser.post(page_of(issued.key)).url == "/charters/eurasia/", "twice does no harm"


def test_signing_in_comes_back_to_the_invitation_and_its_key_is_in_no_address(issued, client):
    known = person("known")
    known.set_password(PASSWORD)
    known.save()
    page = client.get(page_of(issued.key)).content.decode()
    assert not re.search(r'(href|src)="[^"]*' + issued.key, page)
    back = re.search(r'name="next" value="([^"]*)"', page)[1]
    answer = client.post(
        "/sign-in/", {"email": known.email, "password": PASSWORD, "next": back}, follow=True
    )
    assert "Take the seat as Known" in answer.content.decode()


def test_who_sits_there_already_is_shown_the_charter_and_leaves_the_seat(table, issued, signed_in):
    for method in ("get", "post"):
        answer = getattr(signed_in(table.cast.observer), method)(page_of(issued.key), follow=True)
        assert "You have a seat in this charter already." in answer.content.decode()
    assert Membership.objects.get(person=table.cast.observer).role == "observer"
    assert Invitation.objects.get().accepted_at is None


# --- with a new account -------------------------------------------------------------------------


def test_a_newcomer_makes_an_account_and_is_in(table, issued, client):
    answer = client.post(page_of(issued.key), account(), follow=True)
    assert answer.redirect_chain[-1][0] == "/charters/eurasia/"
    made = Person.objects.get(email=ADDRESS)
    assert signed_in_as(client) == str(made.pk)
    assert (made.name, made.confirmed_at) == ("Olga", None)
    assert Membership.objects.get(person=made).role == "drafter"
    assert not Attempt.objects.exists()


def test_a_letters_link_confirms_the_address_unless_another_is_given(table, issued):
    Client().post(page_of(issued.letter_key), account())
    assert Person.objects.get(email=ADDRESS).confirmed_at
    other = issue(table, "other@example.org")
    Client().post(page_of(other.letter_key), account(email="mine@example.org"))
    assert Person.objects.get(email="mine@example.org").confirmed_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "turned \u202e round"},
        {"email": "nobody"},
        {"password2": "another"},
        {"password1": "password", "password2": "password"},
        {"password1": "guest@example.org", "password2": "guest@example.org"},
        {"password1": "a1!" * 400, "password2": "a1!" * 400},
    ],
)
def test_an_account_needs_a_name_an_address_and_a_good_password(issued, client, wrong):
    answer = client.post(page_of(issued.key), account(**wrong))
    assert answer.status_code == 422
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert Invitation.objects.get().accepted_at is None
    assert not Attempt.objects.exists(), "what is wrong with a form says nothing of anybody"


def test_an_address_that_is_taken_is_refused_in_few_words(table, issued, client):
    answer = client.post(page_of(issued.key), account(email=table.cast.chair.email.upper()))
    assert answer.status_code == 422
    assert "Sign in, or use another address." in answer.content.decode()
    assert "account can be made with this address" in answer.content.decode()
    assert not signed_in_as(client)
    assert Invitation.objects.get().accepted_at is None


def test_nobody_finds_out_by_many_invitations_who_has_an_account(table):
    for nth in range(throttle.PER_PAIR):
        key = issue(table, f"guest{nth}@example.org").key
        answer = Client().post(page_of(key), account(email=table.cast.chair.email))
        assert answer.status_code == 422
    key = issue(table, "last@example.org").key
    answer = Client().post(page_of(key), account(email="free@example.org"))
    assert answer.status_code == 429
    assert not Person.objects.filter(email="free@example.org").exists()


def test_a_whole_delegation_makes_its_accounts_from_one_network(table):
    for nth in range(throttle.PER_PAIR + 2):
        email = f"guest{nth}@example.org"
        answer = Client().post(page_of(issue(table, email).key), account(email=email))
        assert answer.status_code == 302


def test_forms_need_the_token_against_forgery(table, issued):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page_of(issued.key), account()).status_code == 403
    strict.force_login(table.cast.stranger)
    assert strict.post(page_of(issued.key)).status_code == 403
    assert Invitation.objects.get().accepted_at is None


def test_opening_the_page_costs_the_same_for_every_address(table):
    person("known")
    costs = []
    for email in ("warm@example.org", "known@example.org", "unknown@example.org"):
        key = issue(table, email).key
        with CaptureQueriesContext(connection) as captured:
            Client().get(page_of(key))
        costs.append(len(captured))
    assert costs[1] == costs[2]


# --- to one's own address -----------------------------------------------------------------------


@pytest.fixture
def guest() -> Person:
    made = person("guest")
    people.confirm(made)
    return made


def test_who_owns_the_address_finds_the_invitation_among_the_charters(
    table, issued, guest, signed_in
):
    browser = signed_in(guest)
    page = browser.get("/").content.decode()
    assert table.charter.title in page
    address = reverse("invitation_accept", args=[issued.invitation.pk])
    assert f'action="{address}"' in page
    assert browser.post(address, follow=True).redirect_chain[-1][0] == "/charters/eurasia/"
    assert Membership.objects.get(person=guest).role == "drafter"
    assert 'id="invitations"' not in browser.get("/").content.decode()


def test_or_declines_it(issued, guest, signed_in, client):
    browser = signed_in(guest)
    address = reverse("invitation_decline", args=[issued.invitation.pk])
    assert "declined" in browser.post(address, follow=True).content.decode()
    assert browser.post(address).status_code == 404
    assert client.get(page_of(issued.key)).status_code == 410


def test_who_only_typed_the_address_in_finds_nothing(table, issued, signed_in):
    squatter = person("guest")
    browser = signed_in(squatter)
    assert table.charter.title not in browser.get("/").content.decode()
    for name in ("invitation_accept", "invitation_decline"):
        assert browser.post(reverse(name, args=[issued.invitation.pk])).status_code == 404
    assert not Membership.objects.filter(person=squatter).exists()


def test_nor_does_anybody_else(table, issued, signed_in):
    people.confirm(table.cast.stranger)
    browser = signed_in(table.cast.stranger)
    assert table.charter.title not in browser.get("/").content.decode()
    for name in ("invitation_accept", "invitation_decline"):
        assert browser.post(reverse(name, args=[issued.invitation.pk])).status_code == 404


def test_the_cost_of_the_list_does_not_grow_with_invitations(
    table, issued, guest, signed_in, queries
):
    browser = signed_in(guest)
    few = queries(browser, "/")
    for nth in range(5):
        charter = create_charter(actor=table.cast.chair, title=f"Further {nth}")
        invitations.invite_member(
            actor=table.cast.chair, charter=charter, email=ADDRESS, role="observer"
        )
    assert queries(browser, "/") == few


# --- letters ------------------------------------------------------------------------------------


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Posts as a browser does, whose request has committed when it is answered."""

    def posted(client: Client, address: str, said: dict | None = None) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, said or {}).content.decode()

    return posted


def sent_letters(mailoutbox) -> list:
    for thread in threading.enumerate():
        if thread.name == "letter":
            thread.join(5)
    return mailoutbox


def test_where_letters_are_sent_one_brings_a_link_of_its_own(
    table, signed_in, post, mailoutbox, settings
):
    settings.EMAIL_OFFERED = True
    said = {"email": ADDRESS, "name": "Olga", "role": "drafter"}
    page = post(signed_in(table.cast.chair), "/charters/eurasia/members/", said)
    assert "letter with a link of its own" in page
    (letter,) = sent_letters(mailoutbox)
    assert letter.to == [ADDRESS]
    assert table.charter.title in letter.body
    assert table.charter.title not in letter.subject
    path = re.search(r"http://testserver(/invitations/\S+)", letter.body)[1]
    assert path not in page
    browser = Client()
    browser.post(path, account())
    assert Person.objects.get(email=ADDRESS).confirmed_at
    assert Membership.objects.get(person__email=ADDRESS).role == "drafter"


def test_an_invitation_that_is_renewed_is_sent_again(
    table, issued, signed_in, post, mailoutbox, settings
):
    settings.EMAIL_OFFERED = True
    address = reverse("invitation_renew", args=["eurasia", issued.invitation.pk])
    post(signed_in(table.cast.chair), address)
    assert [letter.to for letter in sent_letters(mailoutbox)] == [[ADDRESS]]


def test_without_a_mail_server_nothing_is_sent(table, signed_in, post, mailoutbox):
    said = {"email": ADDRESS, "role": "drafter"}
    page = post(signed_in(table.cast.chair), "/charters/eurasia/members/", said)
    assert "letter with a link" not in page
    assert sent_letters(mailoutbox) == []
