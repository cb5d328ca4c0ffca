"""Reports of failures to a Sentry, when SENTRY_DSN names one: where and of which kind, no more.

A report is made anew of what may be told. Bodies, addresses with what is asked in them, headers,
cookies, people, local variables, breadcrumbs and messages that quote are not left out of it one by
one: they never come in.
"""

from typing import Any

import sentry_sdk
import structlog
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint

from charter.discretion import message_of

_PLAIN = (
    "event_id", "timestamp", "level", "platform", "release", "environment", "transaction", "sdk",
)  # fmt: skip
_FRAME = ("filename", "function", "lineno", "module", "in_app", "context_line", "pre_context",
          "post_context")  # fmt: skip


def report_to(dsn: str, *, environment: str = "production", release: str | None = None) -> None:
    """Have what no view has caught reported from now on."""
    sentry_sdk.init(
        dsn,
        environment=environment,
        release=release,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(transaction_style="function_name", middleware_spans=False)],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        send_client_reports=False,
        server_name="",
        before_send=discreet,
        before_send_transaction=lambda _event, _hint: None,
    )


def discreet(event: Event, _hint: Hint) -> Event | None:
    """The report with nothing in it but what may be told; None for one that is no failure."""
    failures = (event.get("exception") or {}).get("values")
    if not failures:
        return None
    told: dict[str, Any] = {name: event[name] for name in _PLAIN if name in event}
    told["exception"] = {"values": [_failure(one) for one in failures]}
    request = structlog.contextvars.get_contextvars().get("request")
    if request:
        told["tags"] = {"request": request}
    return told  # type: ignore[return-value]


def _failure(one: dict[str, Any]) -> dict[str, Any]:
    kind = str(one.get("type", ""))
    frames = (one.get("stacktrace") or {}).get("frames") or []
    return {
        "type": kind,
        "module": one.get("module"),
        "value": message_of(kind, str(one.get("value", ""))),
        "stacktrace": {"frames": [_frame(frame) for frame in frames]},
    }


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    return {name: frame[name] for name in _FRAME if name in frame}
