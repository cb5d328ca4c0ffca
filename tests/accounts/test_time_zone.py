"""Each reads times in the zone of their own choice; who chose none, in UTC."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts import zones
from accounts.middleware import PersonTimeZone
from accounts.models import Person
from charter.templatetags.records import moment

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def olga() -> Person:
    return Person.objects.create_user("olga@example.org", "long enough", name="Olga")


def choose(client: Client, zone: str):
    said = {"name": "Olga", "appearance": "auto", "time_zone": zone}
    return client.post(reverse("accounts:account"), said)


def test_a_person_chooses_a_zone_on_the_page_of_the_account(olga, client):
    client.force_login(olga)
    assert choose(client, "Asia/Almaty").status_code == 302
    olga.refresh_from_db()
    assert olga.time_zone == "Asia/Almaty"
    assert b'value="Asia/Almaty" selected' in client.get(reverse("accounts:account")).content
    assert b"is not one of the available" in choose(client, "Asia/Nowhere").content
    olga.refresh_from_db()
    assert olga.time_zone == "Asia/Almaty"


def test_times_follow_it_and_say_how_far_they_are_from_utc():
    with timezone.override(zones.named("Asia/Almaty")):
        assert "24 November 2026, 17:00 UTC+5<" in moment(NOON)
        assert "24 November 2026, 12:00 UTC<" in moment(NOON, "utc")
        assert "25 November 2026<" in moment(NOON.replace(hour=20), "day")
    with timezone.override(zones.named("America/St_Johns")):
        assert ">08:30 UTC−3:30<" in moment(NOON, "clock")
    assert ">12:00 UTC<" in moment(NOON, "clock")


def in_zone_of(person: Person) -> str:
    """The zone in which a request of this person's is answered."""
    request = RequestFactory().get("/")
    request.user = person
    answered = PersonTimeZone(lambda _: HttpResponse(timezone.get_current_timezone_name()))
    return answered(request).content.decode()


def test_the_zone_of_one_request_is_not_that_of_the_next(olga):
    olga.time_zone = "Asia/Almaty"
    assert in_zone_of(olga) == "Asia/Almaty"
    assert timezone.get_current_timezone_name() == "UTC"
    assert in_zone_of(AnonymousUser()) == "UTC"


def test_a_zone_that_this_machine_does_not_know_is_none(olga):
    olga.time_zone = "Mars/Olympus"
    assert in_zone_of(olga) == "UTC"
