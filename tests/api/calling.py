"""Callers: programs that ask for somebody, as a test writes them down."""

import json
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import Person
from accounts.tokens import issue

ROOT = "/api/v1/"
_names = count(1)


@dataclass(frozen=True)
class Caller:
    """Somebody's program. Paths are under `/api/v1/`; bodies are given as values.

    `match` is a revision's number or an ETag for If-Match, `key` an Idempotency-Key.
    """

    secret: str = ""

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: Any = None, **more: Any) -> HttpResponse:
        return self.ask("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> HttpResponse:
        return self.ask("PUT", path, body, **more)

    def patch(self, path: str, body: Any = None, **more: Any) -> HttpResponse:
        return self.ask("PATCH", path, body, **more)

    def delete(self, path: str, **more: Any) -> HttpResponse:
        return self.ask("DELETE", path, **more)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        match: int | str | None = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> HttpResponse:
        said = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if self.secret:
            said.setdefault("Authorization", f"Bearer {self.secret}")
        if match is not None:
            said["If-Match"] = f'"{match}"' if isinstance(match, int) else match
        if key is not None:
            said["Idempotency-Key"] = key
        sent = {} if body is None else {"data": json.dumps(body)}
        return Client().generic(
            method,
            path if path.startswith("/") else ROOT + path,
            **sent,
            content_type="application/json" if sent else "",
            headers=said,
        )


def caller(person: Person | None, scope: str = "write") -> Caller:
    """A program with a fresh token of this person's."""
    if person is None:
        return Caller()
    _token, secret = issue(person, name=f"token {next(_names)}", scope=scope, days=1)
    return Caller(secret)


def problem(answer: HttpResponse) -> dict[str, Any]:
    """The problem document of an answer, which must be one."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    said = answer.json()
    assert said["status"] == answer.status_code
    return said
