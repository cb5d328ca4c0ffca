"""No line of the log has a word of a text in it, whatever failed."""

import logging
import sys

import pytest
import structlog
from django.test import Client

from charter.discretion import told
from charter.logs import logging_config


def test_no_exception_of_a_chain_says_what_it_choked_on():
    try:
        try:
            raise KeyError("".join(("whis", "pered")))
        except KeyError as error:
            raise ValueError("".join(("whis", "pered"))) from error
    except ValueError:
        said = told(sys.exc_info())
    assert "whispered" not in said
    assert "KeyError: (not logged)" in said
    assert "ValueError: (not logged)" in said
    assert "test_told.py" in said, "it says where"


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_failure_is_logged_without_what_was_written(form):
    formatter = logging_config("INFO", form)["formatters"]["lines"]
    made = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
    )
    try:
        int("".join(("the very", " words")))
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "failed", None, sys.exc_info()
        )
    line = made.format(record)
    assert "the very words" not in line
    assert "ValueError: (not logged)" in line


@pytest.mark.django_db
def test_the_name_of_a_principle_is_not_logged():
    with structlog.testing.capture_logs() as lines:
        Client().get("/charters/eurasia/principles/whispered-word/")
    assert [line["path"] for line in lines if line["event"] == "answered"] == [
        "/charters/eurasia/principles/…/"
    ]


@pytest.mark.parametrize("forged", ["идентификатор", "x" * 65, "short", "a b c d e f g h"])
def test_only_a_well_formed_id_is_taken_over(forged):
    answer = Client().get("/healthz", headers={"X-Request-ID": forged})
    assert answer["X-Request-ID"] != forged
    assert answer["X-Request-ID"].isascii()
