"""The worker that tells webhooks what happened; any number of them share one database.

One thread speaks with the database, the others wait for the machines that are called.
"""

import contextlib
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils import timezone

from charter import metrics
from charter.actions import deliveries
from charter.models import Delivery, Mishap, Webhook
from charter.outward import posting, signing
from charter.outward.addresses import Target, Unfit, target
from charter.queries.webhook_messages import message_id, message_of

log = structlog.get_logger("charter.webhooks")
AT_ONCE = 8
LOOK = 1.0  # seconds between looks at an outbox in which nothing was due
AGAIN = 5.0  # after the database did not answer
TIDY = 3600.0
FORMER = timedelta(days=1)  # how long a former secret signs beside the new one


@dataclass(frozen=True, slots=True)
class Letter:
    """A message under way; whatever it needs of the database has been read."""

    where: Target
    body: bytes
    headers: dict[str, str]


class Worker:
    """Delivers what is due until it is told to stop."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self.stop = stop or threading.Event()
        self.flying: dict[Future[tuple[int, str, int]], Delivery] = {}
        self.tidied = 0.0

    def run(self, *, once: bool = False) -> int:
        """How many attempts were made. With `once` it returns when nothing is due."""
        attempts = 0
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook") as pool:
            while not self.stop.is_set():
                try:
                    sent = self._send(pool)
                    attempts += sent
                    landed = self._land()
                except Error as error:
                    if once:
                        raise
                    # Its words may quote a row; its kind is enough.
                    log.error("outbox not read", error=type(error).__name__)
                    self.stop.wait(AGAIN)
                    continue
                finally:
                    close_old_connections()
                if once and not (sent or landed or self.flying):
                    break
                if not (sent or self.flying or once):
                    self.stop.wait(LOOK)
            # What is under way is written down before the worker goes.
            while self.flying:
                self._land()
        return attempts

    def _send(self, pool: ThreadPoolExecutor) -> int:
        if time.monotonic() - self.tidied > TIDY or not self.tidied:
            deliveries.tidy()
            self.tidied = time.monotonic()
        room = AT_ONCE - len(self.flying)
        if not room:
            return 0
        under_way = Counter(one.webhook_id for one in self.flying.values())
        full = [hook for hook, count in under_way.items() if count >= deliveries.PER_WEBHOOK]
        taken = deliveries.take(room, but=full)
        for delivery in taken:
            try:
                letter = letter_for(delivery)
            except Unfit:
                self._note(delivery, 0, Mishap.NOT_ALLOWED, 0)
                continue
            except Error:
                raise
            except Exception:
                # One message that cannot be made must not keep the others from being sent.
                log.exception("message not made", message=str(delivery.entry.uuid))
                self._note(delivery, 0, Mishap.BROKEN, 0)
                continue
            self.flying[pool.submit(carry, letter)] = delivery
        return len(taken)

    def _land(self) -> int:
        done, _ = wait(self.flying, timeout=LOOK, return_when=FIRST_COMPLETED)
        for future in done:
            self._note(self.flying[future], *future.result())
            del self.flying[future]
        return len(done)

    def _note(self, delivery: Delivery, status: int, mishap: str, milliseconds: int) -> None:
        if mishap:
            deliveries.failed(
                delivery, mishap=Mishap(mishap), status=status or None, milliseconds=milliseconds
            )
        else:
            deliveries.succeeded(delivery, status=status, milliseconds=milliseconds)
        metrics.ATTEMPTS.labels(mishap or "delivered").inc()
        log.info(
            "webhook called",
            webhook=str(delivery.webhook.uuid),
            message=str(delivery.entry.uuid),
            attempt=delivery.attempts,
            status=status or None,
            mishap=mishap or None,
            ms=milliseconds,
        )


def letter_for(delivery: Delivery) -> Letter:
    """The message, signed for this attempt. Unfit when its address may not be called (any more)."""
    hook, entry = delivery.webhook, delivery.entry
    where = target(hook.url, settings.WEBHOOK_RULES)
    body = json.dumps(message_of(entry), ensure_ascii=False, separators=(",", ":")).encode()
    return Letter(
        where=where,
        body=body,
        headers={
            "Content-Type": "application/json",
            "User-Agent": "Charter-Webhooks/1",
            **signing.headers(_secrets(hook), message_id(entry), int(time.time()), body),
        },
    )


def carry(letter: Letter) -> tuple[int, str, int]:
    """The answer's status, or 0; what went wrong, or ""; how many milliseconds it took."""
    begun = time.perf_counter()
    mishap = ""
    try:
        status = posting.post(letter.where, letter.body, letter.headers, settings.WEBHOOK_RULES)
    except posting.Failed as failed:
        status, mishap = failed.status or 0, failed.mishap
    return status, mishap, round((time.perf_counter() - begun) * 1000)


@contextlib.contextmanager
def in_background() -> Iterator[None]:
    """A worker beside what is done meanwhile, in this process."""
    stop = threading.Event()
    thread = threading.Thread(target=_run_apart, args=[Worker(stop)], name="webhooks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # A call that is under way when the process ends is made again by the next worker.
        thread.join(timeout=2)


def _run_apart(worker: Worker) -> None:
    """What nobody thought of must not end the deliveries of a process that goes on."""
    while not worker.stop.is_set():
        try:
            worker.run()
        except Exception:
            log.exception("webhook worker began anew")
            worker.flying.clear()  # they fall due again
            worker.stop.wait(AGAIN)
        finally:
            connections.close_all()


def _secrets(hook: Webhook) -> list[bytes]:
    seeds = [bytes(hook.seed)]
    if hook.rotated_at and timezone.now() < hook.rotated_at + FORMER and hook.former_seed:
        seeds.append(bytes(hook.former_seed))
    return [signing.secret_of(settings.SECRET_KEY, seed) for seed in seeds]
