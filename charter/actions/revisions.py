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
from charter.actions.carrying import carry_amendments
from charter.actions.drafts import Draft
from charter.actions.rows import fetch
from charter.actions.waiting import waiting_for
from charter.actions.writing import take_stock, write
from charter.events import CharterChanged, RevisionCommitted, announce
from charter.models import Charter, Revision
from charter.models.digests import Act, digest

# Rows of one revision after which the planner is told at once, not when autovacuum comes round.
MANY = 500


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
        yield draft
        if draft:
            _commit(draft)
    if isinstance(charter, Charter):
        for name in ("head", "digest", "title", "titles"):
            setattr(charter, name, getattr(locked, name))


def lock(charter: Charter | int) -> Charter:
    """The charter's row, locked against every other writer until the transaction ends."""
    key = charter.pk if isinstance(charter, Charter) else charter
    # NO KEY: rows that merely refer to the charter may be written meanwhile.
    rows = fetch(Charter, _LOCKED, [key])
    if not rows:
        raise NotVisible(str(key))
    return rows[0]


_LOCKED = "FROM charter_charter WHERE id = %s FOR NO KEY UPDATE"


def _name(charter: Charter, before: str, after: str) -> str:
    """What the charter goes by once its text has another title: that one, unless it had a name of
    its own or its text lost its title."""
    own = charter.title != before[:500] and (before or not charter.head)
    return charter.title if own or not after else after[:500]


def _commit(draft: Draft) -> None:
    charter, title, titles = draft.charter, draft.title(), draft.titles()
    called = charter.title
    act = Act(
        charter=charter.uuid,
        number=draft.number,
        author=draft.actor.uuid,
        committed_at=draft.at,
        message=draft.message,
        cause=str(draft.cause),
        earlier=draft.earlier,
        adopted=draft.adopted,
    )
    revision = Revision(
        charter=charter,
        number=act.number,
        author=draft.actor,
        committed_at=act.committed_at,
        message=act.message,
        cause=act.cause,
        earlier=act.earlier,
        adopted=list(act.adopted),
        digest=digest(charter.digest, act, draft.states()),
    )
    if title is not None:
        charter.title = _name(charter, *title)
    if titles:
        kept = dict(charter.titles) | {code: said[:500] for code, said in titles.items()}
        charter.titles = [[code, said] for code, said in kept.items() if said]
    charter.head, charter.digest = revision.number, revision.digest
    write(draft, revision)
    if len(draft) >= MANY:
        transaction.on_commit(take_stock, robust=True)
    draft.revision = revision
    waiting = waiting_for(draft)
    if waiting.threads:
        carry_threads(draft)
    if waiting.amendments:
        carry_amendments(draft)
    announce(
        RevisionCommitted(
            charter_id=charter.pk,
            number=charter.head,
            actor_id=draft.actor.pk,
            followed=waiting.followers,
            hooked=waiting.webhooks,
        )
    )
    if charter.title != called:
        spoken = tuple(charter.languages)
        announce(CharterChanged(charter.pk, charter.stage, spoken, draft.actor.pk))
