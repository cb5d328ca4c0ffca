"""Structured logs: one line per event, with the request's id and never a word of a text.

Queries, forms and failing rows can carry wording, so query strings are not logged and the DETAIL
and CONTEXT that PostgreSQL adds to an error are cut from tracebacks; `charter.discretion` says what
is told of an exception. Names of principles, which are words, do not stand in paths either.
"""

import logging
import re
import sys
import time
import uuid
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

from charter.discretion import told
from charter.middleware import EitherWay

log = structlog.get_logger("charter.requests")
REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")
QUIET = ("/healthz", "/readyz", "/metrics", "/static/")

# A link to set a password is a key to an account, one of an invitation a key to a seat, and one in
# a letter about notices ends such letters.
_key = re.compile(r"(/invitation/[^/\s]+/|/invitations/(?=[^/\s]{20})|/inbox/stop/)[^/\s]+")
_words = re.compile(r"(/principles/)[^/\s]+")
_revealing = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|QUERY): .*(\n[ \t]*\^.*)?$", re.MULTILINE)


def without_secrets(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Cut what PostgreSQL quotes of rows and statements, and keys to accounts, out of messages."""
    for key in ("exception", "event"):
        if isinstance(event.get(key), str):
            said = _revealing.sub(r"\1: (not logged)", event[key])
            event[key] = _key.sub(r"\1…", said)
    return event


_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# The list itself is what loggers keep that were used before logging was set up again.
_processors: list[Any] = [*_shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]


def logging_config(level: str, format: str) -> dict[str, Any]:
    """Set structlog up and give the matching `dictConfig`. `format` is "json" or "console"."""
    structlog.configure(
        processors=_processors,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Any] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)]
        if format == "json"
        else [_console()]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(told),
                    without_secrets,
                    *last,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            # Anybody can ask for any host, as often as they like; the answer has its line.
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
            "django.server": {"handlers": [], "propagate": False},
            # Every answer has its line already; a 404 or a 403 needs no second one.
            "django.request": {"level": "ERROR"},
            "uvicorn": {"level": "WARNING"},
            "uvicorn.access": {"handlers": [], "propagate": False},
            "fontTools": {"level": "ERROR"},
        },
    }


def _console() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


class RequestLog(EitherWay):
    """Gives every request an id, logs it when answered, and returns the id as `X-Request-ID`."""

    def _answer(self, request: HttpRequest) -> Any:
        started = self._open(request)
        return self._close(request, self.get_response(request), started)

    async def _answer_async(self, request: HttpRequest) -> HttpResponseBase:
        started = self._open(request)
        return self._close(request, await self.get_response(request), started)

    def _open(self, request: HttpRequest) -> float:
        given = request.headers.get("X-Request-ID", "")
        request.id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.id)  # type: ignore[attr-defined]
        return time.perf_counter()

    def _close(
        self, request: HttpRequest, response: HttpResponseBase, started: float
    ) -> HttpResponseBase:
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        quiet = request.path.startswith(QUIET) and response.status_code < 400
        log.log(
            logging.DEBUG if quiet else logging.INFO,
            "answered",
            method=request.method,
            path=_words.sub(r"\1…", _key.sub(r"\1…", request.path)),
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response
