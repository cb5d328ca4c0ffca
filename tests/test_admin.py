"""The operator's pages: for operators alone, and nothing there writes or reads a text."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse
from simple_history.admin import SimpleHistoryAdmin

from accounts.models import Person
from charter.actions.members import add_member
from charter.actions.threads import open_thread
from charter.actions.webhooks import add_webhook, secret_of
from charter.models import Charter, Clause, Membership, Revision, Role, Wording
from tests.builders import FIRST, OTHER, SECOND, principle, reword, scene
from tests.cast import person
from tests.platform.processes import until

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/person/"
PASSWORD = "a long and quiet word"


@pytest.fixture
def laid():
    found = scene()
    principle(found.charter, found.cast.chair, "sovereignty")
    reword(found.charter, found.cast.drafter, found.first, "Later words.", message="Said aside")
    open_thread(
        actor=found.cast.chair,
        charter=found.charter,
        clause=found.second,
        language="en",
        base=found.charter.head,
        text="A remark in passing",
    )
    return found


@pytest.fixture
def operator() -> Person:
    made = person("operator")
    Person.objects.filter(pk=made.pk).update(is_staff=True)
    return Person.objects.get(pk=made.pk)


@pytest.fixture
def client(operator) -> Client:
    made = Client()
    made.force_login(operator)
    return made


def lists() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


def pages(client: Client) -> list[str]:
    """Every page an operator can walk to."""
    seen, ahead = set(), ["/admin/"]
    while ahead:
        address = ahead.pop()
        seen.add(address)
        said = client.get(address).content.decode()
        for found in re.findall(r'href="(/admin/[^"#?]*)"', said):
            if found not in seen and found not in ahead:
                ahead.append(found)
    return sorted(seen)


def patterns() -> list[str]:
    (root,) = (one for one in get_resolver().url_patterns if str(one.pattern) == "admin/")
    return [f"/admin/{one.pattern}" for one in root.url_patterns]


# --- who comes in -------------------------------------------------------------------------------


def test_for_whoever_is_no_operator_nothing_is_there(client, laid):
    walked = pages(client)
    assert len(walked) > 20
    for role in ("chair", "stranger"):
        other = Client()
        other.force_login(getattr(laid.cast, role))
        nowhere = other.get("/no-such-page/").content
        for address in (*walked, "/admin/no-such-page/"):
            answer = other.get(address)
            assert answer.status_code == 404, address
            assert plain(answer.content) == plain(nowhere)
            assert other.post(address).status_code == 404


def plain(page: bytes) -> str:
    """Without the token of its forms and the nonce of its scripts."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', r"\1", page.decode())


def test_somebody_who_has_not_signed_in_is_sent_to_the_sites_own_page(client):
    for address in (*pages(client), "/admin/no-such-page/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:sign_in")), address


def test_there_is_no_other_way_in():
    assert not [one for one in patterns() if re.search("log|password", one)]


def test_whoever_is_deactivated_is_out_at_once(client, operator):
    assert client.get("/admin/").status_code == 200
    Person.objects.filter(pk=operator.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_a_superuser_without_the_flag_is_no_operator():
    made = person("root")
    Person.objects.filter(pk=made.pk).update(is_superuser=True)
    client = Client()
    client.force_login(made)
    assert client.get("/admin/").status_code == 404


# --- what is there ------------------------------------------------------------------------------


def test_every_page_opens_and_keeps_to_the_policy(client, laid):
    add_webhook(
        actor=laid.cast.chair,
        charter=laid.charter,
        url="https://example.org/told",
        events=["revision.committed"],
    )
    walked = pages(client)
    assert {address.split("/")[3] for address in walked if address.count("/") > 3} >= {
        "person", "charter", "membership", "revision", "clause", "wording", "webhook",
    }  # fmt: skip
    for address in walked:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), address
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", page), address


def test_no_page_shows_a_word_of_a_text_or_of_a_discussion(client, laid, settings):
    hook, secret = add_webhook(
        actor=laid.cast.chair,
        charter=laid.charter,
        url="https://example.org/key-in-the-address",
        events=["revision.committed"],
    )
    assert secret == secret_of(hook)
    secrets = (FIRST, SECOND, OTHER, "Later words", "Said aside", "A remark in passing",
               "What sovereignty means", "Openness", "key-in-the-address", secret)  # fmt: skip
    for address in pages(client):
        page = client.get(address).content.decode()
        for words in secrets:
            assert words not in page, (address, words)


@pytest.mark.parametrize(
    "question",
    [
        "text__contains=Later",
        "text__icontains=Nowhere",
        "heading__startswith=O",
        "clause__wordings__text__contains=Later",
        "charter__clauses__wordings__text__contains=Later",
    ],
)
def test_words_are_not_felt_out_by_questions_either(client, laid, question):
    for address in lists():
        assert client.get(f"{address}?{question}").status_code in (302, 400), address


def test_nor_are_messages_digests_or_passwords(client, laid):
    for address, question in (
        ("/admin/charter/revision/", "message__contains=aside"),
        ("/admin/charter/revision/", "author__password__startswith=md5"),
        (PEOPLE, "password__startswith=md5"),
        ("/admin/charter/invitation/", "key_digest__startswith=a"),
        ("/admin/charter/webhook/", "url__contains=key"),
    ):
        assert client.get(f"{address}?{question}").status_code in (302, 400), question


def test_searching_looks_at_names_of_charters_and_people_alone(client, laid):
    for address in lists():
        for words in ("Later", "aside", "remark"):
            found = client.get(address, {"q": words})
            assert found.status_code == 200
            assert found.context["cl"].result_count == 0, (address, words)
    assert client.get("/admin/charter/wording/", {"q": "eurasia"}).context["cl"].result_count > 3


# --- what is changed there ----------------------------------------------------------------------


def test_nothing_of_a_charter_can_be_added_changed_or_removed(client, laid):
    rows = {
        "charter": laid.charter.pk,
        "membership": Membership.objects.first().pk,
        "revision": Revision.objects.first().pk,
        "clause": laid.first,
        "wording": Wording.objects.first().pk,
    }
    before = list(Charter.objects.values()), Membership.objects.count(), Clause.objects.count()
    for model, key in rows.items():
        address = f"/admin/charter/{model}/"
        for path in ("add/", f"{key}/delete/"):
            assert client.get(address + path).status_code == 403
            assert client.post(address + path, {"post": "yes"}).status_code == 403
        typed = {"title": "Mine", "role": "chair", "slug": "mine", "stage": "adopted"}
        assert client.post(f"{address}{key}/change/", typed).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [str(key)], "post": "yes"}
        client.post(address, chosen)
    assert before == (
        list(Charter.objects.values()), Membership.objects.count(), Clause.objects.count(),
    )  # fmt: skip


def test_the_history_packages_own_pages_are_nowhere():
    assert not [one for one in admin.site._registry.values() if isinstance(one, SimpleHistoryAdmin)]


def test_an_operator_makes_a_person_who_can_sign_in(client, operator):
    typed = {"email": "New@Example.org", "name": "New", "password": PASSWORD}
    assert client.post(PEOPLE + "add/", typed).status_code == 302
    made = Person.objects.get(email="new@example.org")
    assert made.check_password(PASSWORD)
    assert not made.is_staff
    assert made.confirmed_at is None
    entry = LogEntry.objects.get()
    assert (entry.user, entry.is_addition(), entry.object_id) == (operator, True, str(made.pk))


def test_or_has_a_letter_sent_to_them(client, settings):
    settings.EMAIL_OFFERED = True
    client.post(PEOPLE + "add/", {"email": "new@example.org", "name": "New", "password": ""})
    assert not Person.objects.get(email="new@example.org").has_usable_password()
    until(lambda: mail.outbox, "the letter")
    assert mail.outbox[0].to == ["new@example.org"]


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "", "name": "New", "password": PASSWORD},
        {"email": "chair@example.org", "name": "New", "password": PASSWORD},
        {"email": "CHAIR@example.org", "name": "New", "password": PASSWORD},
        {"email": "new@example.org", "name": "New", "password": "short"},
        {"email": "new@example.org", "name": "New", "password": ""},
    ],
)
def test_what_cannot_be_a_person_is_refused(client, laid, typed):
    people = Person.objects.count()
    answer = client.post(PEOPLE + "add/", typed)
    assert answer.status_code == 200
    assert answer.context["adminform"].errors
    assert Person.objects.count() == people


def change(client: Client, someone: Person, **typed: str):
    return client.post(f"{PEOPLE}{someone.pk}/change/", typed)


def test_an_operator_deactivates_somebody_and_gives_the_flag(client, operator, laid):
    drafter = laid.cast.drafter
    assert change(client, drafter, is_active="on", is_staff="on").status_code == 302
    drafter.refresh_from_db()
    assert drafter.is_staff
    assert change(client, drafter).status_code == 302
    drafter.refresh_from_db()
    assert (drafter.is_active, drafter.is_staff) == (False, False)
    entries = LogEntry.objects.filter(user=operator, object_id=str(drafter.pk))
    assert [entry.is_change() for entry in entries] == [True, True]


def test_an_account_is_not_taken_over(client, laid):
    """Who could set an address or a password could read what its person may."""
    drafter = laid.cast.drafter
    kept = drafter.email, drafter.name, drafter.password
    change(
        client, drafter, is_active="on", email="mine@example.org", name="Me", password=PASSWORD,
        is_superuser="on", confirmed_at_0="2026-01-01",
    )  # fmt: skip
    drafter.refresh_from_db()
    assert (drafter.email, drafter.name, drafter.password) == kept
    assert not drafter.is_superuser
    assert client.get(f"{PEOPLE}{drafter.pk}/password/").status_code in (302, 404)


def test_the_only_chair_of_a_charter_is_not_deactivated(client, laid):
    chair = laid.cast.chair
    answer = change(client, chair)
    assert answer.status_code == 200
    assert "1 charter has no other chair" in answer.content.decode()
    chair.refresh_from_db()
    assert chair.is_active
    add_member(actor=chair, charter=laid.charter, person=laid.cast.stranger, role=Role.CHAIR)
    assert change(client, chair).status_code == 302
    chair.refresh_from_db()
    assert not chair.is_active


def test_operators_do_not_shut_themselves_out(client, operator):
    assert change(client, operator).status_code == 403
    operator.refresh_from_db()
    assert operator.is_active
    assert operator.is_staff


def test_nobody_is_removed(client, laid):
    assert (
        client.post(f"{PEOPLE}{laid.cast.drafter.pk}/delete/", {"post": "yes"}).status_code == 403
    )


def test_lists_cost_the_same_however_long_they_are(client, laid, django_assert_max_num_queries):
    for address in lists():
        client.get(address)
        with django_assert_max_num_queries(10):
            client.get(address)
