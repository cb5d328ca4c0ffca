"""Writes down what happened for the webhooks, in the transaction in which it happens.

An entry and its deliveries are committed with the change they tell of or not at all, so nothing is
told that did not happen and nothing that did is forgotten. Where nobody listens nothing is written.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from charter import events
from charter.models import Delivery, EventName, OutboxEntry

LISTENING = """
FROM charter_webhook
WHERE charter_id = %(charter)s AND active AND stopped_at IS NULL AND withdrawn_at IS NULL
  AND %(event)s = ANY(events)
"""


def enter(
    event: EventName, charter: int, actor: int | None, facts: dict[str, Any]
) -> OutboxEntry | None:
    """An entry for the webhooks of the charter that listen for `event`; None where none does."""
    with connection.cursor() as cursor:
        bound = {"charter": charter, "event": event.value}
        cursor.execute(f"SELECT id {LISTENING}", bound)
        listening = [row[0] for row in cursor.fetchall()]
    return enter_for(listening, event, charter, actor, facts) if listening else None


def enter_for(
    webhooks: Iterable[int],
    event: EventName,
    charter: int,
    actor: int | None,
    facts: dict[str, Any],
) -> OutboxEntry:
    """An entry for these webhooks, due at once."""
    now = timezone.now()
    entry = OutboxEntry.objects.create(
        charter_id=charter, event=event, actor_id=actor, payload=facts, created_at=now
    )
    Delivery.objects.bulk_create(
        Delivery(webhook_id=webhook, entry=entry, asked_at=now, next_at=now) for webhook in webhooks
    )
    return entry


def attend() -> None:
    """Begin to listen; once per process, when the applications are ready."""
    for kind, hear in _HEARD.items():
        events.listen_within(kind, hear)


def _revision(event: events.RevisionCommitted) -> None:
    if not event.hooked:
        return
    facts = {"revision": event.number}
    enter(EventName.REVISION_COMMITTED, event.charter_id, event.actor_id, facts)


def _thread(event: events.ThreadChanged) -> None:
    facts = {"thread": event.thread_id, "change": event.change}
    enter(EventName.THREAD_CHANGED, event.charter_id, event.actor_id, facts)


def _amendment_thread(event: events.AmendmentDiscussed) -> None:
    facts = {"amendment_thread": event.thread_id, "change": event.change}
    enter(EventName.THREAD_CHANGED, event.charter_id, event.actor_id, facts)


def _amendment(event: events.AmendmentChanged) -> None:
    facts = {"amendment": event.amendment_id, "change": event.change}
    enter(EventName.AMENDMENT_CHANGED, event.charter_id, event.actor_id, facts)


def _position(event: events.PositionTaken) -> None:
    facts = {"position": event.position_id, "stance": event.stance}
    enter(EventName.POSITION_TAKEN, event.charter_id, event.actor_id, facts)


def _statement(event: events.StatementChanged) -> None:
    facts = {"statement": event.statement_id, "change": event.change}
    enter(EventName.STATEMENT_CHANGED, event.charter_id, event.actor_id, facts)


def _rung(event: events.RungChanged) -> None:
    facts = {"step": event.step_id}
    enter(EventName.RUNG_CHANGED, event.charter_id, event.actor_id, facts)


def _register(event: events.RegisterChanged) -> None:
    facts = {"parties": list(event.codes)}
    enter(EventName.REGISTER_CHANGED, event.charter_id, event.actor_id, facts)


def _silence(event: events.SilenceChanged) -> None:
    facts = {"silence": event.silence_id, "change": event.change}
    enter(EventName.SILENCE_CHANGED, event.charter_id, event.actor_id, facts)


def _membership(event: events.MembershipChanged) -> None:
    facts = {"person": event.person_id, "change": event.change}
    enter(EventName.MEMBERSHIP_CHANGED, event.charter_id, event.actor_id, facts)


def _edition(event: events.EditionNamed) -> None:
    facts = {
        "edition": event.edition_id,
        "revision": event.number,
        "name": event.name,
        "symbol": event.symbol,
    }
    enter(EventName.EDITION_NAMED, event.charter_id, event.actor_id, facts)


def _edition_withdrawn(event: events.EditionWithdrawn) -> None:
    facts = {"edition": event.edition_id, "revision": event.number}
    enter(EventName.EDITION_WITHDRAWN, event.charter_id, event.actor_id, facts)


def _charter(event: events.CharterChanged) -> None:
    facts = {"stage": event.stage, "languages": list(event.languages)}
    enter(EventName.CHARTER_CHANGED, event.charter_id, event.actor_id, facts)


_HEARD = {
    events.RevisionCommitted: _revision,
    events.ThreadChanged: _thread,
    events.AmendmentDiscussed: _amendment_thread,
    events.AmendmentChanged: _amendment,
    events.PositionTaken: _position,
    events.SilenceChanged: _silence,
    events.StatementChanged: _statement,
    events.RungChanged: _rung,
    events.RegisterChanged: _register,
    events.MembershipChanged: _membership,
    events.EditionNamed: _edition,
    events.EditionWithdrawn: _edition_withdrawn,
    events.CharterChanged: _charter,
}
