"""What surrounds every page: headers, health, static files, logs."""

import json
import logging
import re

import pytest
import structlog
from django.test import Client

from accounts import people
from charter.logs import logging_config, without_secrets
from tests.cast import person

pytestmark = pytest.mark.django_db


def test_the_policy_allows_nothing_that_is_not_the_sites_own(client: Client):
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    allowed = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    assert allowed["frame-ancestors"] == allowed["base-uri"] == "'none'"
    assert allowed["script-src"].split()[0] == "'self'"
    assert "unsafe" not in policy


def test_no_page_carries_a_script_or_a_style_that_the_policy_would_refuse(client: Client):
    page = client.get("/sign-in/").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_security_headers_stand_on_every_page(client: Client, header: str, value: str):
    assert client.get("/sign-in/")[header] == value


def test_pages_are_kept_out_of_shared_caches(client: Client):
    assert "private" in client.get("/sign-in/")["Cache-Control"]


def test_a_probe_may_call_by_any_name_and_without_https(client: Client, settings):
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/healthz", "/readyz"):
        answer = client.get(path, headers={"Host": "10.0.0.7"})
        assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.get("/sign-in/", headers={"Host": "10.0.0.7"}).status_code == 400


def test_a_static_file_is_answered_whole_and_changes_are_noticed(client: Client):
    first = client.get("/static/css/page.css")
    assert first.status_code == 200
    assert not first.streaming
    assert first["X-Content-Type-Options"] == "nosniff"
    again = client.get("/static/css/page.css", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/../manage.py").status_code == 404


def logged(client: Client, path: str, **headers: str) -> list[dict]:
    with structlog.testing.capture_logs() as lines:
        client.get(path, headers=headers)
    return [line for line in lines if line["event"] == "answered"]


def test_every_answer_is_one_line_with_the_requests_id(client: Client):
    answer = client.get("/sign-in/", headers={"X-Request-ID": "from-the-proxy-1"})
    assert answer["X-Request-ID"] == "from-the-proxy-1"
    (line,) = logged(client, "/sign-in/")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/sign-in/", 200)


def test_an_id_that_would_forge_a_line_is_replaced(client: Client):
    answer = client.get("/sign-in/", headers={"X-Request-ID": 'x" forged="yes'})
    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])


def test_neither_questions_nor_keys_are_logged(client: Client):
    (asked,) = logged(client, "/sign-in/?next=/charters/secret-words/")
    assert "secret-words" not in str(asked)
    path = people.link(person("guest"))
    (opened,) = logged(client, path)
    assert path.split("/")[3] not in str(opened)
    key = "k" * 43
    (opened,) = logged(client, f"/invitations/{key}/")
    assert key not in str(opened)


def test_a_failing_row_is_not_quoted_in_the_log(capsys: pytest.CaptureFixture[str]):
    traceback = (
        "IntegrityError: null value violates not-null constraint\n"
        "DETAIL:  Failing row contains (7, The Parties shall secretly agree, null).\n"
    )
    event = without_secrets(None, "error", {"event": "failed", "exception": traceback})
    assert "secretly" not in event["exception"]
    assert "IntegrityError: null value" in event["exception"]


def test_lines_are_json_for_machines():
    config = logging_config("INFO", "json")
    formatter = config["formatters"]["lines"]
    made = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
    )
    record = logging.LogRecord("django", logging.ERROR, __file__, 1, "Тихо", None, None)
    assert json.loads(made.format(record))["event"] == "Тихо"
