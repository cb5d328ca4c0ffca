"""What an address or a form says is refused or ignored, and never breaks the server."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    "wish",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "1e3",
        "charters",
        "accounts:sign_out",
        "\U0001f600",
        "\x00",
    ],
)
def test_after_signing_in_one_stays_on_the_site(laid: Scene, wish):
    answer = client_of(laid.cast.observer).get("/sign-in/", {"next": wish})
    assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize("name", ["%00", "a%0Ab", "%ED%A0%80", "a.b"])
def test_what_cannot_be_a_principle_is_not_found(laid: Scene, name):
    chair = client_of(laid.cast.chair)
    for path in (f"principles/{name}/", f"principles/{name}/withdraw/"):
        assert chair.post(f"/charters/eurasia/{path}").status_code == 404


def test_the_first_place_is_named_exactly(laid: Scene):
    """What stands behind it would end up in a header of the answer."""
    address = reverse("clause_insert", args=["eurasia"])
    answer = client_of(laid.cast.drafter).post(
        f"{address}?place=first:%0D%0AX-Injected:%20yes", headers={"HX-Request": "true"}
    )
    assert answer.status_code == 404
