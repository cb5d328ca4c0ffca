"""The first minute of a newcomer."""

import re
import signal
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests.platform.processes import Serving, database


def rows(data: Path) -> list[int]:
    tables = ("accounts_person", "charter_charter", "charter_revision", "charter_comment")
    with database(data) as connection:
        return [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]


def test_one_click_signs_a_newcomer_in_and_a_second_start_adds_nothing(
    data: Path, serving: Callable[..., Serving]
):
    begun = serving(command="demo").ready()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{begun.url}/sign-in/").read().decode()
    door = re.search(r'action="(/sign-in/as/[^"]+)"', page)[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = urlencode({"csrfmiddlewaretoken": token, "next": "/"}).encode()
    home = browser.open(f"{begun.url}{door}", form)
    assert home.url == f"{begun.url}/"
    assert "/charters/eurasian-charter/" in home.read().decode()
    seeded = rows(data)
    code, said = begun.end(signal.SIGINT)
    assert code == 0
    assert f"Charter is at {begun.url}" in said
    assert f"{begun.url}/sign-in/" in said

    serving(command="demo").ready().end(signal.SIGINT)
    assert rows(data) == seeded
    assert seeded[1] == 1
