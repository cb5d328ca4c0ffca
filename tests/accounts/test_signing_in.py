import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import people, throttle, tokens
from accounts.models import Attempt, Person

pytestmark = pytest.mark.django_db
PASSWORD = "a password of mine"


@pytest.fixture
def olga() -> Person:
    return Person.objects.create_user("olga@example.org", PASSWORD, name="Olga")


def sign_in(client: Client, email: str, password: str, **more: str):
    return client.post("/sign-in/", {"email": email, "password": password, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_address_and_password_open_the_door_in_any_spelling_of_the_address(client, olga):
    assert sign_in(client, "OLGA@Example.org", PASSWORD).status_code == 302
    assert signed_in(client)


def test_one_comes_out_where_one_wanted_to_go(client, olga):
    assert sign_in(client, olga.email, PASSWORD, next="/account/").url == "/account/"


@pytest.mark.parametrize("trap", ["https://evil.example", "//evil.example", "javascript:alert(1)"])
def test_but_never_on_another_site(client, olga, trap):
    assert sign_in(client, olga.email, PASSWORD, next=trap).url == "/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, olga):
    wrong = sign_in(client, olga.email, "not it")
    unknown = sign_in(client, "nobody@example.org", "not it")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert not signed_in(client)


def test_who_is_not_active_stays_outside(client, olga):
    Person.objects.update(is_active=False)
    sign_in(client, olga.email, PASSWORD)
    assert not signed_in(client)


def test_guessing_is_braked_and_even_the_right_password_has_to_wait(client, olga):
    for _ in range(throttle.PER_PAIR):
        assert sign_in(client, olga.email, "guess").status_code == 200
    refused = sign_in(client, olga.email, PASSWORD)
    assert refused.status_code == 429
    assert not signed_in(client)


def test_the_brake_on_an_unknown_address_is_the_same(client):
    for _ in range(throttle.PER_PAIR):
        assert sign_in(client, "nobody@example.org", "guess").status_code == 200
    assert sign_in(client, "nobody@example.org", "guess").status_code == 429


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(olga):
    for _ in range(throttle.PER_PAIR + 1):
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), olga.email, "guess")
    owner = Client(REMOTE_ADDR="198.51.100.1")
    assert sign_in(owner, olga.email, PASSWORD).status_code == 302


def test_one_caller_trying_many_addresses_is_braked_too(client, olga):
    for number in range(throttle.PER_ORIGIN):
        sign_in(client, f"person{number}@example.org", "guess")
    assert sign_in(client, olga.email, PASSWORD).status_code == 429


def test_the_brake_is_released_after_a_quarter_of_an_hour(client, olga):
    for _ in range(throttle.PER_PAIR):
        sign_in(client, olga.email, "guess")
    Attempt.objects.update(at=timezone.now() - throttle.WINDOW - timedelta(seconds=1))
    assert sign_in(client, olga.email, PASSWORD).status_code == 302


def test_success_forgets_the_attempts_and_time_forgets_all(client, olga):
    sign_in(client, olga.email, "guess")
    sign_in(client, olga.email, PASSWORD)
    assert not Attempt.objects.exists()
    throttle.enter("other@example.org", "somewhere")
    Attempt.objects.update(at=timezone.now() - throttle.KEPT - timedelta(seconds=1))
    throttle.enter("third@example.org", "somewhere")
    assert Attempt.objects.count() == 1


def test_an_attempt_is_kept_without_the_address(client, olga):
    sign_in(client, olga.email, "guess")
    assert olga.email not in str(Attempt.objects.values().get())


def test_signing_out_takes_a_post(client, olga):
    client.force_login(olga)
    assert client.get("/sign-out/").status_code == 405
    assert signed_in(client)
    client.post("/sign-out/")
    assert not signed_in(client)


def test_forms_need_the_token_against_forgery(olga):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, olga.email, PASSWORD).status_code == 403


def test_a_new_session_begins_with_the_sign_in(client, olga):
    client.session["seen"] = True
    client.session.save()
    before = client.session.session_key
    sign_in(client, olga.email, PASSWORD)
    assert client.session.session_key != before


# --- the demo -----------------------------------------------------------------------------------


@pytest.fixture
def chair() -> Person:
    return Person.objects.create_user("chair@example.org", name="Samira", is_demo=True)


def test_the_demos_cast_comes_in_by_one_click(client, chair, settings):
    settings.DEMO = True
    assert f"/sign-in/as/{chair.uuid}/" in client.get("/sign-in/").content.decode()
    assert client.get(f"/sign-in/as/{chair.uuid}/").status_code == 405
    assert client.post(f"/sign-in/as/{chair.uuid}/", {"next": "/account/"}).url == "/account/"
    assert signed_in(client)


def test_outside_the_demo_that_door_is_not_there(client, chair):
    assert "Samira" not in client.get("/sign-in/").content.decode()
    assert client.post(f"/sign-in/as/{chair.uuid}/").status_code == 404
    assert not signed_in(client)


def test_and_it_opens_to_nobody_but_the_cast(client, olga, settings):
    settings.DEMO = True
    assert client.post(f"/sign-in/as/{olga.uuid}/").status_code == 404


# --- timing -------------------------------------------------------------------------------------


class Counted(ScryptPasswordHasher):
    """The hasher of the house, cheaper, that says how often it worked."""

    work_factor = 2
    runs = 0

    def encode(self, *said, **more):
        Counted.runs += 1
        return super().encode(*said, **more)


@pytest.mark.parametrize("whose", ["known", "locked out", "without a password", "of the console"])
def test_an_unknown_address_takes_as_much_work_as_any_other(client, settings, whose):
    """The hashing is what takes time; statements and answers are the same in number."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    somebody = Person.objects.create_user("somebody@example.org", PASSWORD, name="Somebody")
    if whose == "locked out":
        Person.objects.update(is_active=False)
    if whose == "without a password":
        somebody.set_unusable_password()
        somebody.save()
    address = people.operator().email if whose == "of the console" else somebody.email
    cost = {}
    for email in ("warm@example.org", "nobody@example.org", address):
        before = Counted.runs
        with CaptureQueriesContext(connection) as captured:
            answer = sign_in(client, email, "guess")
        cost[email] = (
            Counted.runs - before,
            [query["sql"].split(" ")[0] for query in captured],
            answer.status_code,
        )
    assert cost[address] == cost["nobody@example.org"]
    assert cost[address][0] == 1


def test_and_as_long_with_the_hasher_of_the_house(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    Person.objects.create_user("somebody@example.org", PASSWORD, name="Somebody")
    taken = {"somebody@example.org": [], "nobody@example.org": []}
    for _ in range(4):
        for email, times in taken.items():
            started = time.process_time()
            sign_in(client, email, "guess")
            times.append(time.process_time() - started)
    known, unknown = (min(times) for times in taken.values())
    assert 0.5 < known / unknown < 2


# --- links to set a password --------------------------------------------------------------------


def accept(client: Client, path: str, password: str = PASSWORD):
    return client.post(
        path, {"name": "Olga Petrova", "new_password1": password, "new_password2": password}
    )


@pytest.fixture
def link(olga) -> str:
    return people.link(olga)


def test_who_has_the_link_chooses_a_name_and_a_password_and_is_in(client, olga, link):
    assert "Olga" in client.get(link).content.decode()
    assert accept(client, link, "a password of hers").status_code == 302
    assert signed_in(client)
    olga.refresh_from_db()
    assert (olga.name, olga.check_password("a password of hers")) == ("Olga Petrova", True)


def test_a_link_works_once(client, link):
    accept(client, link)
    assert client.get(link).status_code == 404
    assert accept(Client(), link, "another password").status_code == 404


def test_a_weak_or_endless_password_is_refused_and_the_link_stays_good(client, link):
    for refused in ("password", "a1!" * 400):
        assert accept(client, link, refused).status_code == 200
        assert not signed_in(client)
    assert accept(client, link).status_code == 302


def test_the_page_of_a_link_tells_no_other_site_and_no_cache(client, link):
    answer = client.get(link)
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_link_of_the_time_before_invitations_opens_the_account_and_confirms_nothing(client, olga):
    token = default_token_generator.make_token(olga)
    assert accept(client, f"/invitation/{olga.uuid}/{token}/").status_code == 302
    assert Person.objects.get().confirmed_at is None


# --- forgotten passwords ------------------------------------------------------------------------


def test_without_a_mail_server_no_letters_are_offered(client):
    assert "/forgotten/" not in client.get("/sign-in/").content.decode()
    assert client.get("/forgotten/").status_code == 404


@contextmanager
def template_uses(name: str) -> Iterator[list]:
    """How often a template is rendered meanwhile."""
    uses = []

    def note(template, **_more) -> None:
        if template.name == name:
            uses.append(template)

    template_rendered.connect(note)
    try:
        yield uses
    finally:
        template_rendered.disconnect(note)


def letters_sent(client: Client, email: str, mailoutbox, settings) -> list:
    settings.EMAIL_OFFERED = True
    answer = client.post("/forgotten/", {"email": email})
    assert "Look into your mailbox" in answer.content.decode()
    for thread in threading.enumerate():
        if thread.name == "letter":
            thread.join(5)
    return mailoutbox


def test_a_letter_brings_a_link_that_sets_a_new_password(client, olga, mailoutbox, settings):
    (letter,) = letters_sent(client, "OLGA@example.org", mailoutbox, settings)
    assert letter.to == [olga.email]
    path = next(line for line in letter.body.splitlines() if "/invitation/" in line)
    assert path.startswith("http://testserver/invitation/")
    assert Person.objects.get().confirmed_at is None
    assert accept(client, path.removeprefix("http://testserver")).status_code == 302
    assert Person.objects.get().confirmed_at, "only who reads the letters has the link"


def test_the_letter_puts_a_squatter_out(client, olga, mailoutbox, settings):
    """Somebody else had made the account with her address, and stayed signed in."""
    squatter = Client()
    squatter.force_login(olga)
    _, secret = tokens.issue(olga, name="Kept", scope="write", days=300)
    (letter,) = letters_sent(client, olga.email, mailoutbox, settings)
    path = next(line for line in letter.body.splitlines() if "/invitation/" in line)
    accept(client, path.removeprefix("http://testserver"), "a password of hers")
    assert squatter.get("/account/").status_code == 302
    assert tokens.holder(secret) is None


def test_asking_for_a_letter_takes_the_same_work_for_an_unknown_address(
    client, olga, mailoutbox, settings
):
    settings.EMAIL_OFFERED = True
    cost = []
    for email in ("warm@example.org", olga.email, "nobody@example.org"):
        with (
            CaptureQueriesContext(connection) as captured,
            template_uses("accounts/letter.txt") as uses,
        ):
            client.post("/forgotten/", {"email": email})
        cost.append((len(captured), len(uses)))
    for thread in threading.enumerate():
        if thread.name == "letter":
            thread.join(5)
    assert cost[1] == cost[2]
    assert cost[1][1] == 1
    assert [letter.to for letter in mailoutbox] == [[olga.email]]


def test_nobody_learns_whether_an_address_is_known(client, mailoutbox, settings):
    assert letters_sent(client, "nobody@example.org", mailoutbox, settings) == []


def test_the_stand_in_of_the_console_is_sent_no_link(client, mailoutbox, settings):
    assert letters_sent(client, people.operator().email, mailoutbox, settings) == []


# --- one's own account --------------------------------------------------------------------------


def test_the_account_is_behind_the_sign_in(client):
    assert client.get("/account/").url == "/sign-in/?next=/account/"


def test_the_account_says_whether_the_address_is_confirmed(client, olga, settings):
    client.force_login(olga)
    assert "/forgotten/" not in client.get("/account/").content.decode()
    settings.EMAIL_OFFERED = True
    assert "/forgotten/" in client.get("/account/").content.decode()
    people.confirm(olga)
    page = client.get("/account/").content.decode()
    assert "/forgotten/" not in page
    assert "confirmed" in page


def test_a_person_chooses_name_language_and_appearance(client, olga):
    client.force_login(olga)
    client.post("/account/", {"name": "О. Петрова", "language": "ru", "appearance": "dark"})
    olga.refresh_from_db()
    assert (olga.name, olga.language, olga.appearance) == ("О. Петрова", "ru", "dark")
    page = client.get("/account/")
    assert page["Content-Language"] == "ru"
    assert 'data-appearance="dark"' in page.content.decode()


def test_a_persons_language_wins_over_the_browsers(client, olga):
    Person.objects.update(language="en")
    client.force_login(olga)
    page = client.get("/account/", headers={"Accept-Language": "ru"})
    assert page["Content-Language"] == "en"


def test_without_a_choice_the_browser_decides(client):
    page = client.get("/sign-in/", headers={"Accept-Language": "ru,en;q=0.5"})
    assert page["Content-Language"] == "ru"


def test_a_language_that_is_not_offered_is_refused(client, olga):
    client.force_login(olga)
    client.post("/account/", {"name": "Olga", "language": "tlh", "appearance": "dark"})
    olga.refresh_from_db()
    assert (olga.language, olga.appearance) == ("", "auto")


def test_a_refused_form_does_not_rename_the_person_on_the_page(client, olga):
    client.force_login(olga)
    page = client.post("/account/", {"name": "Mallory", "language": "tlh", "appearance": "dark"})
    summary = page.content.decode().split("<summary", 1)[1].split("</summary>")[0]
    assert "Olga" in summary
    assert "Mallory" not in summary


def test_a_password_is_changed_by_who_knows_the_old_one_and_the_session_lives(client, olga):
    client.force_login(olga)
    new = {"new_password1": "quite another one", "new_password2": "quite another one"}
    assert client.post("/account/password/", {"old_password": "no", **new}).status_code == 200
    assert client.post("/account/password/", {"old_password": PASSWORD, **new}).status_code == 302
    assert signed_in(client)
    assert client.get("/account/").status_code == 200


def test_the_cast_of_the_demo_has_no_password_to_change(client, chair):
    client.force_login(chair)
    assert client.get("/account/password/").status_code == 404
