"""Addresses by which a person's programs read the history of a charter."""

from django.db import transaction
from django.db.models import F

from accounts.models import Person
from charter.access import Right, require
from charter.actions.revisions import lock
from charter.models import Charter, FeedKey


def renew_feeds(*, actor: Person, charter: Charter | int) -> FeedKey:
    """Make the person's key for the feeds of the charter; one there was opens nothing any more."""
    with transaction.atomic():
        row = lock(charter)
        require(actor, row, Right.READ)
        key, made = FeedKey.objects.get_or_create(charter=row, person=actor)
        if not made:
            FeedKey.objects.filter(pk=key.pk).update(version=F("version") + 1, on=True)
            key.refresh_from_db()
    return key


def stop_feeds(*, actor: Person, charter: Charter | int) -> None:
    """Let the person's key open nothing, until it is renewed."""
    with transaction.atomic():
        row = lock(charter)
        require(actor, row, Right.READ)
        FeedKey.objects.filter(charter=row, person=actor).update(on=False)
