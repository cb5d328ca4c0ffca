"""No log holds a key to an account or a word of a text."""

import logging

import pytest
from django.test import Client

from accounts import people
from charter.logs import without_secrets
from tests.cast import person

pytestmark = pytest.mark.django_db


def test_a_refused_form_leaves_no_key_in_the_log(caplog):
    path = people.link(person("guest"))
    with caplog.at_level(logging.WARNING):
        Client(enforce_csrf_checks=True).post(path)
    records = [record for record in caplog.records if "/invitation/" in record.getMessage()]
    assert any(record.name == "django.security.csrf" for record in records)
    key = path.rstrip("/").rsplit("/", 1)[1]
    for record in records:
        line = without_secrets(None, "warning", {"event": record.getMessage()})["event"]
        assert "/invitation/" in line
        assert key not in line
