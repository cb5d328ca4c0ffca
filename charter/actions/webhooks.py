"""What the chair does with webhooks: which programs are told of what happens in a charter."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate, outbox
from charter.actions.refusals import InUse, Invalid, Missing, NoSuch, TooLong
from charter.actions.revisions import lock
from charter.models import Charter, Delivery, DeliveryState, EventName, Webhook
from charter.models.webhooks import new_seed
from charter.outward import addresses, signing

MOST = 20  # of one charter
DESCRIPTION = 200
OFFERED = tuple(name for name in EventName if name is not EventName.WEBHOOK_TESTED)


def add_webhook(
    *,
    actor: Person,
    charter: Charter | int,
    url: str,
    events: Iterable[str],
    description: str = "",
    at: datetime | None = None,
) -> tuple[Webhook, str]:
    """A new webhook and the secret it signs with, as its receiver keeps it."""
    values = _values(url, events, description)
    with transaction.atomic():
        row = _open(actor, charter)
        if row.webhooks.filter(withdrawn_at__isnull=True).count() >= MOST:
            said = _("A charter has at most %(limit)d webhooks.")
            raise TooLong(said % {"limit": MOST}, MOST)
        made = Webhook.objects.create(
            charter=row, created_by=actor, created_at=at or timezone.now(), **values
        )
    return made, secret_of(made)


def change_webhook(
    *,
    actor: Person,
    charter: Charter | int,
    webhook: int,
    url: str,
    events: Iterable[str],
    description: str = "",
    active: bool = True,
    at: datetime | None = None,
) -> Webhook:
    """Other values. One that had stopped by itself goes on if it is `active`."""
    values = _values(url, events, description)
    with transaction.atomic():
        found = _find(_open(actor, charter), webhook)
        for name, value in values.items():
            setattr(found, name, value)
        found.active = active
        if active:
            found.stopped_at = found.failing_since = None
        found.save()
    return found


def withdraw_webhook(
    *, actor: Person, charter: Charter | int, webhook: int, at: datetime | None = None
) -> None:
    """Tell it nothing any more, not even what waits."""
    with transaction.atomic():
        found = _find(_open(actor, charter), webhook)
        found.withdrawn_at, found.active = at or timezone.now(), False
        found.save(update_fields=["withdrawn_at", "active"])
        found.deliveries.filter(state=DeliveryState.WAITING).update(state=DeliveryState.GIVEN_UP)


def rotate_secret(
    *, actor: Person, charter: Charter | int, webhook: int, at: datetime | None = None
) -> str:
    """Another secret; for a day messages are signed with the former one too."""
    with transaction.atomic():
        found = _find(_open(actor, charter), webhook)
        found.former_seed, found.seed = bytes(found.seed), new_seed()
        found.rotated_at = at or timezone.now()
        found.save(update_fields=["former_seed", "seed", "rotated_at"])
    return secret_of(found)


def send_test(
    *, actor: Person, charter: Charter | int, webhook: int, at: datetime | None = None
) -> None:
    """Have a message sent to this webhook alone. InUse while the last one is under way."""
    with transaction.atomic():
        row = _open(actor, charter)
        found = _find(row, webhook)
        _require_running(found)
        if found.deliveries.filter(
            state=DeliveryState.WAITING, entry__event=EventName.WEBHOOK_TESTED
        ).exists():
            raise InUse(_("The last test is still under way."))
        outbox.enter_for([found.pk], EventName.WEBHOOK_TESTED, row.pk, actor.pk, {})


def redeliver(
    *, actor: Person, charter: Charter | int, delivery: int, at: datetime | None = None
) -> None:
    """Put a delivery in line again, at once, under the same id."""
    when = at or timezone.now()
    with transaction.atomic():
        row = _open(actor, charter)
        found = Delivery.objects.select_related("webhook").filter(
            webhook__charter=row, webhook__withdrawn_at__isnull=True, pk=delivery
        )
        one = found.first()
        if one is None:
            raise NoSuch(_("There is no such delivery in this charter."))
        _require_running(one.webhook)
        again = Delivery.objects.filter(pk=one.pk).exclude(state=DeliveryState.WAITING)
        if not again.update(
            state=DeliveryState.WAITING, attempts=0, asked_at=when, next_at=when, mishap=""
        ):
            raise InUse(_("It is in line already."))


def secret_of(webhook: Webhook) -> str:
    """What its receiver checks signatures with."""
    return signing.shown(signing.secret_of(settings.SECRET_KEY, bytes(webhook.seed)))


def _values(url: str, events: Iterable[str], description: str) -> dict[str, object]:
    wished = dict.fromkeys(events)
    if not wished:
        raise Missing(_("Choose at least one event."))
    if not set(wished) <= set(OFFERED):
        raise Invalid(_("There is no such event."))
    url = url.strip()
    try:
        addresses.target(url, settings.WEBHOOK_RULES)
    except addresses.Unfit as unfit:
        raise Invalid(_why(unfit.code)) from None
    return {
        "url": url,
        "events": [name.value for name in OFFERED if name in wished],
        "description": gate.line(description, DESCRIPTION),
    }


def _why(code: str) -> str:
    if code == "insecure":
        return _("The address has to begin with https://.")
    if code == "not_allowed":
        return _("This site does not call machines at such an address.")
    return _("This is not an address that can be called.")


def _require_running(webhook: Webhook) -> None:
    if not webhook.active or webhook.stopped_at:
        raise InUse(_("The webhook is switched off: switch it on first."))


def _open(actor: Person, charter: Charter | int) -> Charter:
    row = lock(charter)
    require(actor, row, Right.MANAGE)
    return row


def _find(charter: Charter, webhook: int) -> Webhook:
    found = charter.webhooks.filter(pk=webhook, withdrawn_at__isnull=True).first()
    if found is None:
        raise NoSuch(_("There is no such webhook in this charter."))
    return found
