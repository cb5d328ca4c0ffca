"""A report of a failure says where and of which kind, and no word of what was being written."""

import gzip
import json
import os
import subprocess
import sys

import pytest

from charter.data import ROOT
from tests.outward.receiver import Receiver, receiving

# A process of its own, as Sentry's package changes Django's for good.
_FAIL = """
import os, sys, types, django
os.environ['DJANGO_SETTINGS_MODULE'] = 'charter.settings'
django.setup()
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import path
from django.test import Client
import structlog, sentry_sdk

def clause_edit(request, slug):
    whispered = request.POST['text']
    structlog.get_logger('charter').warning('whispered aside')
    try:
        raise ValueError(f'cannot cut {{whispered}}')
    except ValueError as error:
        {failure}

urls = types.ModuleType('urls_of_the_trial')
urls.urlpatterns = [path('charters/<slug:slug>/', clause_edit, name='clause_edit')]
sys.modules['urls_of_the_trial'] = urls
settings.ROOT_URLCONF = 'urls_of_the_trial'
client = Client(raise_request_exception=False, SERVER_NAME='localhost')
answer = client.post(
    '/charters/whispered-slug/?q=whispered+question',
    {{'text': 'whispered words', 'key': 'sekret'}},
    headers={{
        'X-Request-ID': 'the-request-1', 'Authorization': 'Bearer sekret', 'Cookie': 'a=sekret',
    }},
)
print(answer.status_code)
sentry_sdk.flush(10)
"""

RAISES = (
    "raise IntegrityError('null value\\nDETAIL:  Failing row contains (whispered).') from error"
)


def failing(receiver: Receiver, failure: str, tmp_path) -> list[dict]:
    """What a Sentry is sent when a view fails, envelope by envelope."""
    address = receiver.url.split("/told")[0].replace("://", "://public@") + "/1"
    done = subprocess.run(
        [sys.executable, "-c", _FAIL.format(failure=failure)],
        cwd=ROOT,
        env=os.environ | {"SENTRY_DSN": address, "CHARTER_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    logged = done.stderr.replace("whispered aside", "").replace("whispered-slug", "")
    assert "whispered" not in logged, "nor have the logs"
    sent = []
    for _path, headers, body in receiver.calls:
        lines = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
        sent += [json.loads(line) for line in lines.splitlines() if line.startswith(b"{")]
    return sent


def test_a_failure_is_reported_without_a_word_of_what_was_written(tmp_path):
    with receiving(answers=[200]) as receiver:
        sent = failing(receiver, RAISES, tmp_path)
    (report,) = [part for part in sent if "exception" in part]
    said = json.dumps(sent)
    for words in ("whispered-slug", "whispered question", "whispered words", "whispered+question",
                  "whispered aside", "sekret", "cannot cut", "Failing row",
                  "(whispered)"):  # fmt: skip
        assert words not in said, words
    kinds = [(one["type"], one["value"]) for one in report["exception"]["values"]]
    assert kinds == [("ValueError", "(not logged)"), ("IntegrityError", "null value")]
    frames = [
        frame["function"]
        for one in report["exception"]["values"]
        for frame in one["stacktrace"]["frames"]
    ]
    assert "clause_edit" in frames, "and it says where"
    assert not any("vars" in frame for one in report["exception"]["values"]
                   for frame in one["stacktrace"]["frames"])  # fmt: skip
    assert report["tags"] == {"request": "the-request-1"}
    assert not {"request", "user", "breadcrumbs", "extra", "server_name", "contexts"} & set(report)


def test_what_did_not_fail_is_not_reported(tmp_path):
    with receiving(answers=[200]) as receiver:
        assert failing(receiver, "return HttpResponse('done')", tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "message", "said"),
    [
        ("ValueError", "cannot cut the words", "(not logged)"),
        ("KeyError", "'the words'", "(not logged)"),
        ("DataError", "value \"the words\"", "(not logged)"),
        ("SMTPRecipientsRefused", "{'ann@example.org': 550}", "(not logged)"),
        ("OperationalError", "no connection\nDETAIL: the words", "no connection"),
        ("ProgrammingError", 'invalid input syntax for type uuid: "the words"',
         "invalid input syntax for type uuid: (not logged)"),
        ("AttributeError", "'NoneType' object has no attribute 'x'",
         "'NoneType' object has no attribute 'x'"),
    ],
)  # fmt: skip
def test_messages_are_told_only_where_they_speak_of_the_program(kind, message, said):
    from charter.discretion import message_of

    assert message_of(kind, message) == said
