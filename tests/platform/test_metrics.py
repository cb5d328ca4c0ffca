"""`/metrics`: for those who may, by names of routes, adding up where processes share a door."""

import json
import os
import re
import subprocess
import sys
from ipaddress import ip_network

import pytest
from django.db import connection
from django.test import Client

from charter.actions.webhooks import add_webhook
from charter.data import ROOT
from charter.metrics import registry
from tests.builders import reword, scene

pytestmark = pytest.mark.django_db

TOKEN = {"Authorization": "Bearer of-the-operator"}


@pytest.fixture
def told(settings, client: Client):
    settings.METRICS_TOKEN = "of-the-operator"
    return lambda: client.get("/metrics", headers=TOKEN).content.decode()


def value(name: str, **labels: str) -> float:
    return registry.get_sample_value(name, labels) or 0.0


def test_without_a_setting_there_is_nothing(client: Client):
    nowhere = client.get("/nowhere")
    for headers in ({}, TOKEN, {"Authorization": "Bearer "}):
        answer = client.get("/metrics", headers=headers)
        assert answer.status_code == nowhere.status_code == 404


@pytest.mark.parametrize(
    "given", ["", "Bearer ", "Bearer of-the-operato", "Basic b3A6", "Bearer ü"]
)
def test_who_has_not_the_token_is_told_there_is_nothing(client: Client, settings, given):
    settings.METRICS_TOKEN = "of-the-operator"
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("caller", "status"),
    [("10.1.2.3", 200), ("::ffff:10.1.2.3", 200), ("10.2.0.1", 404), ("::1", 404), ("", 404)],
)
def test_a_network_is_let_in_by_its_addresses(client: Client, settings, caller, status):
    settings.METRICS_NETWORKS = (ip_network("10.1.0.0/16"),)
    assert client.get("/metrics", REMOTE_ADDR=caller).status_code == status


def test_requests_are_counted_by_the_name_of_their_route(client: Client, told):
    laid = scene("a-secret-name")
    client.force_login(laid.cast.drafter)
    before = value("charter_requests_total", method="GET", route="text", status="200")
    client.get("/charters/a-secret-name/")
    client.get(f"/charters/a-secret-name/clauses/{laid.first}/")
    client.get("/charters/whispered-words/")
    client.get("/nowhere/whispered-words/")
    client.generic("WHISPER", "/")
    page = told()
    counted = value("charter_requests_total", method="GET", route="text", status="200")
    assert counted == before + 1
    assert value("charter_request_seconds_count", method="GET", route="text") >= 2
    assert value("charter_requests_total", method="GET", route="none", status="404") >= 1
    assert value("charter_requests_total", method="other", route="charters", status="405") >= 1
    for words in ("secret-name", "whisper", "WHISPER", str(laid.first)):
        assert words not in page


def test_revisions_the_outbox_and_the_process_are_told(told, django_capture_on_commit_callbacks):
    laid = scene()
    add_webhook(
        actor=laid.cast.chair,
        charter=laid.charter,
        url="https://example.org/told",
        events=["revision.committed"],
    )
    before = value("charter_revisions_total")
    with django_capture_on_commit_callbacks(execute=True):
        reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    assert value("charter_revisions_total") == before + 1
    page = told()
    assert "charter_outbox_waiting 1.0" in page
    assert re.search(r"^charter_outbox_seconds \d", page, re.MULTILINE)
    assert "charter_process_resident_memory_bytes" in page
    told()  # and again: nothing is registered twice


def test_a_database_that_does_not_answer_takes_only_its_own_numbers_away(told, monkeypatch):
    from django.db import OperationalError

    def dead():
        raise OperationalError

    monkeypatch.setattr("charter.queries.webhooks.depth", dead)
    page = told()
    assert "charter_outbox" not in page
    assert "charter_requests_total" in page


_WORK = """
import os, django
os.environ['DJANGO_SETTINGS_MODULE'] = 'charter.settings'
django.setup()
from django.test import Client
for _ in range({times}):
    assert Client().get('/healthz').status_code == 200
answer = Client().get('/metrics', headers={{'Authorization': 'Bearer x'}})
print(answer.content.decode())
"""


def test_processes_that_share_a_folder_add_up(tmp_path):
    at = connection.settings_dict
    surroundings = os.environ | {
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "CHARTER_METRICS_TOKEN": "x",
    }
    assert at["NAME"]
    pages = []
    for times in (3, 4):
        done = subprocess.run(
            [sys.executable, "-c", _WORK.format(times=times)],
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        pages.append(done.stdout)
    found = [
        float(re.search(r'^charter_requests_total\{.*route="health".*\} (\S+)', page, re.M)[1])
        for page in pages
    ]
    assert found == [3.0, 7.0]
    assert json.dumps(pages).count("charter_process_") == 0, "a process of many speaks for none"
