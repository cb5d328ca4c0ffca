"""Who may come in, who cannot be shut out, and what a name may not hide."""

import pytest
from django.test import Client

from accounts import people, throttle
from accounts.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "a password of mine"


@pytest.fixture
def olga() -> Person:
    return Person.objects.create_user("olga@example.org", PASSWORD, name="Olga")


def sign_in(client: Client, password: str, origin: str = "127.0.0.1") -> int:
    said = {"email": "olga@example.org", "password": password}
    return client.post("/sign-in/", said, REMOTE_ADDR=origin).status_code


def guess_from_everywhere() -> None:
    for at in range(throttle.PER_EMAIL):
        assert throttle.enter("olga@example.org", f"198.51.100.{at}") is not None


def test_strangers_who_guess_do_not_shut_out_who_has_been_in_with_this_browser(olga):
    client = Client()
    assert sign_in(client, PASSWORD) == 302
    client.post("/sign-out/")
    guess_from_everywhere()
    assert sign_in(Client(), PASSWORD) == 429
    assert sign_in(client, PASSWORD) == 302


def test_a_known_browser_gets_few_guesses_too(olga):
    client = Client()
    sign_in(client, PASSWORD)
    client.post("/sign-out/")
    answers = [sign_in(client, "wrong") for _ in range(throttle.PER_PAIR + 1)]
    assert answers == [200] * throttle.PER_PAIR + [429]


@pytest.mark.parametrize("forged", ["", "x", "x.y", "x.y:z"])
def test_a_browser_does_not_make_itself_known(olga, forged):
    client = Client()
    client.cookies[throttle.DEVICE] = forged
    guess_from_everywhere()
    assert sign_in(client, PASSWORD) == 429


def test_a_browser_is_known_for_one_address_only(olga):
    other = Person.objects.create_user("other@example.org", PASSWORD, name="Other")
    client = Client()
    client.post("/sign-in/", {"email": other.email, "password": PASSWORD})
    client.post("/sign-out/")
    guess_from_everywhere()
    assert sign_in(client, PASSWORD) == 429


def test_the_addresses_of_one_network_are_one_caller(olga):
    answers = {sign_in(Client(), "wrong", f"2001:db8::{at:x}") for at in range(9)}
    assert answers == {200, 429}
    answers = {sign_in(Client(), "wrong", f"::ffff:192.0.2.{at}") for at in range(9)}
    assert answers == {200}


@pytest.mark.parametrize("name", ["\u202egnp.ylurt", "a\u200bb", "\u3164", "a\x1bb", "a\u2028b"])
def test_a_name_hides_nothing(olga, name):
    client = Client()
    client.force_login(olga)
    page = client.post("/account/", {"name": f"x{name}", "language": "", "appearance": "auto"})
    assert "hidden character" in page.content.decode()
    guest = Person.objects.create_user("guest@example.org", None, name="Guest")
    said = {"name": f"x{name}", "new_password1": PASSWORD, "new_password2": PASSWORD}
    page = Client().post(people.link(guest), said)
    assert "hidden character" in page.content.decode()
    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == ["Olga", "Guest"]


def test_a_name_may_be_in_any_script(olga):
    client = Client()
    client.force_login(olga)
    for name in ("Ольга", "علی\u200cرضا", "क्\u200dष", "王小明"):
        client.post("/account/", {"name": name, "language": "", "appearance": "auto"})
        assert Person.objects.get(pk=olga.pk).name == name


def test_signing_out_clears_what_the_browser_kept(olga):
    client = Client()
    client.force_login(olga)
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache"'
