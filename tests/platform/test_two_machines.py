"""Two web machines on one PostgreSQL: who signs in on one is known to both, and reads one text."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from charter import embedded
from tests.outward.receiver import receiving
from tests.platform.processes import Serving, database, manage, until

EMAIL, PASSWORD = "chair@example.org", "a long and quiet word"
TEXT = "# Bylaws\n\n## Article 1. Name\n\nThe name is Charter.\n\n## Article 2. Seat\n\nIn Minsk.\n"


Fields = dict[str, str]


class Forms(HTMLParser):
    """The forms of a page: of each its action, and what a browser would send of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Fields]] = []
        self.area = self.choice = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if tag == "form":
            self.found.append((given.get("action") or "", {}))
        elif tag == "input" and given.get("name") and self.found:
            if given.get("type") not in ("checkbox", "radio", "file") or "checked" in given:
                self.found[-1][1].setdefault(given["name"], given.get("value") or "")
        elif tag == "select" and self.found:
            self.choice = given["name"]
        elif tag == "option" and self.choice:
            fields = self.found[-1][1]
            if "selected" in given or self.choice not in fields:
                fields[self.choice] = given.get("value") or ""
        elif tag == "textarea" and self.found:
            self.area = given["name"]
            self.found[-1][1][self.area] = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[-1][1][self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.choice = ""

    def with_field(self, name: str) -> Fields:
        return next(fields for _action, fields in self.found if name in fields)

    def sent_to(self, ending: str) -> Fields:
        return next(fields for action, fields in self.found if action.endswith(ending))


class Browser:
    """One browser, which keeps its cookies whichever machine answers."""

    def __init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, url: str, tag: str = "") -> tuple[int, str, str]:
        """Status, page, and the page's tag."""
        asking = urllib.request.Request(url, headers={"If-None-Match": tag} if tag else {})
        try:
            with self.opener.open(asking) as answer:
                return answer.status, answer.read().decode(), answer.headers.get("ETag", "")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers.get("ETag", "")

    def post(self, address: str, form: Fields, **typed: str) -> tuple[int, str]:
        body = urlencode({**form, **typed}).encode()
        try:
            with self.opener.open(address, body) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, machine: Serving, password: str = PASSWORD) -> int:
        url = f"{machine.url}/sign-in/"
        form = Forms(self.get(url)[1]).with_field("email")
        return self.post(url, form, email=EMAIL, password=password)[0]


@pytest.fixture
def machines(data: Path, folder: Path) -> Iterator[tuple[Serving, Serving]]:
    """Each with a folder of its own; the database and the key are shared."""
    with database(data):
        host = quote(str(embedded.address(data)["HOST"]), safe="")
        knobs = {
            "DATABASE_URL": f"postgres://charter@{host}/charter",
            "SECRET_KEY": "shared by both machines",
            "CHARTER_WEBHOOK_LOOPBACK": "on",
            "CHARTER_METRICS_TOKEN": "of-the-operator",
        }
        made = manage(
            folder / "one", "createsuperuser", "--noinput", "--email", EMAIL, "--name", "Chair",
            DJANGO_SUPERUSER_PASSWORD=PASSWORD, **knobs,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        file = folder / "bylaws.md"
        file.write_text(TEXT)
        done = manage(
            folder / "one", "import_text", str(file), "--charter", "bylaws", "--as", EMAIL, **knobs
        )
        assert done.returncode == 0, done.stderr
        pair = tuple(Serving(folder / name, knobs=knobs) for name in ("one", "two"))
        try:
            yield tuple(one.ready() for one in pair)
        finally:
            for one in pair:
                one.end()


def edit(browser: Browser, machine: Serving, words: str, becoming: str) -> None:
    """Change the first clause that has these words, on this machine."""
    text = browser.get(f"{machine.url}/charters/bylaws/")[1]
    clauses = dict.fromkeys(re.findall(r'id="clause-([0-9a-f-]{36})"', text))
    for clause in clauses:
        url = f"{machine.url}/charters/bylaws/clauses/{clause}/edit/"
        for _action, form in Forms(browser.get(url)[1]).found:
            for name, value in form.items():
                if words in value:
                    typed = {name: value.replace(words, becoming).strip()}
                    status, page = browser.post(url, form, **typed)
                    assert status == 200, re.findall("errorlist.*", page)
                    return
    pytest.fail(f"no clause says {words}")


def test_a_save_on_one_machine_is_read_on_the_other_at_once(machines):
    one, two = machines
    browser, reader = Browser(), Browser()
    assert browser.sign_in(one) == 200
    assert reader.sign_in(two) == 200
    address = f"{two.url}/charters/bylaws/"
    reader.get(address)
    status, page, tag = reader.get(address)
    assert (status, "The name is Charter." in page) == (200, True)
    assert reader.get(address, tag)[0] == 304, "the other machine has it in memory"
    for becoming, before in (("Hartia", "Charter"), ("Ustav", "Hartia"), ("Tüzük", "Ustav")):
        edit(browser, one, f"The name is {before}.", f"The name is {becoming}.")
        status, page, tag = reader.get(address, tag)
        assert status == 200
        assert f"The name is {becoming}." in page
        assert f"The name is {before}." not in page
        assert reader.get(address, tag)[0] == 304
    assert "The name is Charter." in reader.get(f"{address}?at=1")[1], "and the past stays"
    edit(browser, two, "In Minsk.", "In Astana.")
    assert "In Astana." in browser.get(f"{one.url}/charters/bylaws/")[1], "the other way too"


def test_sessions_and_the_brake_on_guessing_hold_on_both(machines):
    one, two = machines
    browser = Browser()
    browser.sign_in(one)
    for machine in machines:
        status, page, _tag = browser.get(f"{machine.url}/charters/bylaws/")
        assert (status, "The name is Charter." in page) == (200, True)
    status, page, _tag = browser.get(f"{two.url}/")
    browser.post(f"{two.url}/sign-out/", Forms(page).sent_to("/sign-out/"))
    assert "password" in browser.get(f"{one.url}/charters/bylaws/")[1], "signed out on both"

    guesser = Browser()
    answers = [guesser.sign_in(machines[guess % 2], "a wild guess") for guess in range(10)]
    assert answers == [200] * 8 + [429] * 2


def test_a_webhook_is_told_once_though_both_work_at_it(machines):
    one, two = machines
    browser = Browser()
    browser.sign_in(one)
    with receiving() as receiver:
        url = f"{one.url}/charters/bylaws/webhooks/"
        form = Forms(browser.get(url)[1]).with_field("url")
        status, page = browser.post(url, form, url=receiver.url, events="revision.committed")
        assert status == 200
        assert "whsec_" in page
        names = ["Charter", "Hartia", "Ustav", "Nizam", "Gramota"]
        for before, becoming, machine in zip(names, names[1:], [one, two, one, two], strict=False):
            edit(browser, machine, f"The name is {before}.", f"The name is {becoming}.")
        until(lambda: len(receiver.calls) >= 4, "all are told")
    assert len(receiver.calls) == len(set(receiver.ids)) == 4
    told = sorted(json.loads(body)["data"]["revision"] for _path, _headers, body in receiver.calls)
    assert told == list(range(told[0], told[0] + 4))


def test_each_machine_counts_for_itself_and_both_count_the_same_outbox(machines):
    def metrics(machine: Serving) -> str:
        asking = urllib.request.Request(
            f"{machine.url}/metrics", headers={"Authorization": "Bearer of-the-operator"}
        )
        return urllib.request.urlopen(asking).read().decode()

    one, two = machines
    browser = Browser()
    browser.sign_in(one)
    edit(browser, one, "The name is Charter.", "The name is Hartia.")
    assert "charter_revisions_total 1.0" in metrics(one)
    assert "charter_revisions_total 0.0" in metrics(two)
    for machine in machines:
        page = metrics(machine)
        assert "charter_outbox_waiting 0.0" in page
        assert 'charter_database_connections{state="most"} 20.0' in page
