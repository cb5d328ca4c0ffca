"""`/metrics` for Prometheus: what a process does, by names of routes and never by what they hold.

Off, like any address that is not there, unless CHARTER_METRICS_TOKEN or CHARTER_METRICS_NETWORKS is
set. Each process speaks for itself and is scraped by itself. Several processes behind one port, as
WSGI servers have them, add up when PROMETHEUS_MULTIPROC_DIR names an empty folder they share.
"""

import os
import secrets
import time
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from charter.middleware import EitherWay

ADDRESS = "/metrics"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

registry = CollectorRegistry()
REQUESTS = Counter(
    "charter_requests", "Answered requests", ["method", "route", "status"], registry=registry
)
SECONDS = Histogram(
    "charter_request_seconds", "How long answers took", ["method", "route"], registry=registry
)
REVISIONS = Counter("charter_revisions", "Revisions committed", registry=registry)
ATTEMPTS = Counter(
    "charter_webhook_attempts", "Calls of webhooks by what came of them", ["outcome"],
    registry=registry,
)  # fmt: skip


class Metrics(EitherWay):
    """Middleware: counts every request, and answers those for `/metrics`."""

    def _answer(self, request: HttpRequest) -> Any:
        if _asked(request):
            return _answer()
        begun = time.perf_counter()
        return _count(request, self.get_response(request), begun)

    async def _answer_async(self, request: HttpRequest) -> HttpResponseBase:
        if _asked(request):
            return await sync_to_async(_answer)()
        begun = time.perf_counter()
        return _count(request, await self.get_response(request), begun)


def attend() -> None:
    """Begin to count what is announced; once per process, when the applications are ready."""
    from charter import events

    events.listen(events.RevisionCommitted, lambda _event: REVISIONS.inc())


def _count(request: HttpRequest, response: HttpResponseBase, begun: float) -> HttpResponseBase:
    method = request.method if request.method in METHODS else "other"
    route = route_of(request)
    REQUESTS.labels(method, route, str(response.status_code)).inc()
    SECONDS.labels(method, route).observe(time.perf_counter() - begun)
    return response


def route_of(request: HttpRequest) -> str:
    """The name of the route that answered; what has none is told by its kind."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    if request.path_info.startswith(settings.STATIC_URL):
        return "static"
    return "health" if request.path_info in ("/healthz", "/readyz") else "none"


def _asked(request: HttpRequest) -> bool:
    """Whether these are asked for by somebody who may; anybody else is told there is nothing."""
    return request.path_info == ADDRESS and request.method == "GET" and _may(request)


def _may(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    if not settings.METRICS_NETWORKS:
        return False
    try:
        caller = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    caller = getattr(caller, "ipv4_mapped", None) or caller
    return any(caller in network for network in settings.METRICS_NETWORKS)


def _answer() -> HttpResponse:
    return HttpResponse(
        generate_latest(_shown()),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )


def _shown() -> CollectorRegistry:
    """What is told: this process's numbers, or those of all that share a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return _own()
    every = CollectorRegistry()
    MultiProcessCollector(every)
    every.register(_Database())
    return every


@cache
def _own() -> CollectorRegistry:
    ProcessCollector(namespace="charter", registry=registry)
    registry.register(_Database())
    return registry


class _Database(Collector):
    """The pool of this process's connections, and the outbox that all processes share."""

    def collect(self) -> Iterator[Metric]:
        yield from _pool()
        yield from _outbox()


def _pool() -> Iterator[Metric]:
    pool = getattr(connection, "pool", None)
    if pool is None:
        return
    stats = pool.get_stats()
    found = GaugeMetricFamily(
        "charter_database_connections", "Connections of the pool", labels=["state"]
    )
    for state, name in (("open", "pool_size"), ("free", "pool_available"), ("most", "pool_max")):
        found.add_metric([state], stats.get(name, 0))
    yield found
    waiting = stats.get("requests_waiting", 0)
    yield GaugeMetricFamily(
        "charter_database_waiting", "Requests that wait for a connection", value=waiting
    )


def _outbox() -> Iterator[Metric]:
    from charter.queries.webhooks import depth

    try:
        count, seconds = depth()
    except Error:
        return  # that the database does not answer is for /readyz to say
    yield GaugeMetricFamily(
        "charter_outbox_waiting", "Messages that wait to be delivered to webhooks", value=count
    )
    yield GaugeMetricFamily(
        "charter_outbox_seconds", "How long the first of them has been due", value=seconds
    )
