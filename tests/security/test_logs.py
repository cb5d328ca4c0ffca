"""No log holds a key to an account or a word of a text."""

import logging
import secrets

import pytest
from django.test import Client
from django.urls import reverse

from accounts import people
from charter.logs import without_secrets
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["invitation", "invitations"])
def test_a_refused_form_leaves_no_key_in_the_log(caplog, kind):
    path = people.link(person("guest"))
    if kind == "invitations":
        path = reverse("invitation", args=[secrets.token_urlsafe(32)])
    with caplog.at_level(logging.WARNING):
        Client(enforce_csrf_checks=True).post(path)
    records = [record for record in caplog.records if f"/{kind}/" in record.getMessage()]
    assert any(record.name == "django.security.csrf" for record in records)
    key = path.rstrip("/").rsplit("/", 1)[1]
    for record in records:
        line = without_secrets(None, "warning", {"event": record.getMessage()})["event"]
        assert f"/{kind}/" in line
        assert key not in line


def test_the_key_of_a_letter_stands_in_no_log():
    path = reverse("letters_stop", args=[secrets.token_urlsafe(60)])
    line = without_secrets(None, "warning", {"event": f"Not Found: {path}"})["event"]
    assert line == "Not Found: /inbox/stop/…/"
