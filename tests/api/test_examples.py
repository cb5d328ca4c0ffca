"""The worked examples do what they say: each is sent to a real server, one after another."""

import http.client
import json
import re
import shlex
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from charter.api.manual import Block, blocks
from tests.api.calling import caller
from tests.cast import person

ANYTHING = "…"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def sent(command: str, known: dict[str, str]) -> Answer:
    """Do what the `curl` in the example would."""
    words = shlex.split(filled(command, known))
    assert words.pop(0) == "curl"
    method, headers, data, address = "GET", {}, None, ""
    while words:
        match words.pop(0):
            case "-X":
                method = words.pop(0)
            case "-H":
                name, _colon, value = words.pop(0).partition(": ")
                headers[name] = value
            case "-d":
                data = words.pop(0).encode()
            case other:
                assert not other.startswith("-"), other
                address = other
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request(method, path, data, headers)
    answer = connection.getresponse()
    found = Answer(answer.status, answer.headers, answer.read())
    connection.close()
    return found


def filled(command: str, known: dict[str, str]) -> str:
    """The command with the values of its variables, as a shell would have them in quotes."""

    def value(found: re.Match) -> str:
        return known[found[1]].replace('"', '\\"')

    return re.sub(r"\$([A-Z]+)", value, command)


def expect(said: str, answer: Answer, known: dict[str, str]) -> None:
    """The answer is as the example says; its variables are `known` from then on."""
    status, *lines = said.splitlines()
    assert answer.status == int(status), answer.body
    while lines and re.match(r"[A-Z][A-Za-z-]+: ", lines[0]):
        name, _colon, value = lines.pop(0).partition(": ")
        alike(value, answer.headers[name], known, name)
    if lines and lines[0].startswith("{"):
        alike(json.loads("\n".join(lines)), json.loads(answer.body), known, "")
    elif lines:
        begins = "\n".join(lines).partition(ANYTHING)[0]
        assert answer.body.decode().startswith(begins)
    else:
        assert answer.body == b""


def alike(said, found, known: dict[str, str], where: str) -> None:
    match said:
        case dict():
            open_ended = ANYTHING in said
            given = {key: value for key, value in said.items() if key != ANYTHING}
            assert open_ended or set(given) == set(found), where
            for key, value in given.items():
                alike(value, found[key], known, f"{where}/{key}")
        case list():
            shown = [one for one in said if one != ANYTHING]
            assert len(shown) <= len(found) if ANYTHING in said else len(shown) == len(found)
            for at, value in enumerate(shown):
                alike(value, found[at], known, f"{where}/{at}")
        case str() if said.startswith("$"):
            assert known.setdefault(said[1:], str(found)) == str(found), where
        case str() if said == ANYTHING:
            pass
        case str() if ANYTHING in said:
            assert str(found).startswith(said.partition(ANYTHING)[0]), (where, found)
        case _:
            assert found == said, (where, found)


def pairs() -> list[tuple[Block, Block]]:
    fenced = [block for block in blocks() if block.kind in ("sh", "http")]
    return list(zip(fenced[::2], fenced[1::2], strict=True))


def test_every_example_has_its_answer():
    assert len(pairs()) >= 15
    for command, answer in pairs():
        assert (command.kind, answer.kind) == ("sh", "http")


@pytest.mark.django_db(transaction=True)
def test_the_examples_do_what_they_say(live_server):
    secret = caller(person("delegate")).secret
    known = {"SITE": live_server.url, "TOKEN": secret}
    for command, answer in pairs():
        expect(answer.text, sent(command.text, known), known)


def test_the_page_shows_them_all(client, db):
    page = client.get("/api/docs/examples/").content.decode()
    assert page.count("<pre") == 2 * len(pairs())
    assert "<h1>Worked examples</h1>" in page
