"""The one door: nothing changes a charter's text, tree, tags or vocabulary but through here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from charter.access import NotVisible, Right, require
from charter.actions import gate
from charter.actions.anchoring import carry_threads
from charter.actions.drafts import Draft
from charter.events import RevisionCommitted, announce
from charter.models import Charter, Revision
from charter.models.digests import Act, digest
from charter.models.history import open_charter


@contextmanager
def open_revision(
    *,
    actor: Person,
    charter: Charter | int,
    cause: str,
    message: str = "",
    right: Right = Right.EDIT,
    at: datetime | None = None,
) -> Iterator[Draft]:
    """Collect changes of one charter in a `Draft` and commit them as its next revision.

    The charter's row is locked first and the right read after that, so that revisions are
    gapless and nobody acts on a right that was taken away. When nothing was kept there is no
    revision. The `Charter` given is brought up to date once the transaction is through.
    """
    said = gate.line(message, gate.MESSAGE)
    with transaction.atomic():
        locked = lock(charter)
        require(actor, locked, right)
        draft = Draft(
            charter=locked, actor=actor, at=at or timezone.now(), cause=cause, message=said
        )
        token = open_charter.set(locked.pk)
        try:
            yield draft
            if not draft.empty:
                _commit(draft)
        finally:
            open_charter.reset(token)
    if isinstance(charter, Charter):
        for name in ("head", "digest", "title"):
            setattr(charter, name, getattr(locked, name))


def lock(charter: Charter | int) -> Charter:
    """The charter's row, locked against every other writer until the transaction ends."""
    key = charter.pk if isinstance(charter, Charter) else charter
    # NO KEY: rows that merely refer to the charter may be written meanwhile.
    try:
        return Charter.objects.select_for_update(no_key=True).get(pk=key)
    except Charter.DoesNotExist:
        raise NotVisible(str(key)) from None


def _commit(draft: Draft) -> None:
    charter, created, title = draft.charter, draft.new_rows(), draft.title()
    states = draft.write_live()
    act = Act(
        charter=charter.uuid,
        number=draft.number,
        author=draft.actor.uuid,
        committed_at=draft.at,
        message=draft.message,
        cause=str(draft.cause),
    )
    draft.revision = Revision.objects.create(
        charter=charter,
        number=act.number,
        author=draft.actor,
        committed_at=act.committed_at,
        message=act.message,
        cause=act.cause,
        digest=digest(charter.digest, act, states),
    )
    draft.write_history(draft.revision, created)
    charter.head, charter.digest = draft.revision.number, draft.revision.digest
    changes = {"head": charter.head, "digest": charter.digest}
    if title is not None:
        changes["title"] = charter.title = title[:500]
    Charter.objects.filter(pk=charter.pk).update(**changes)
    carry_threads(draft)
    announce(RevisionCommitted(charter_id=charter.pk, number=charter.head))
