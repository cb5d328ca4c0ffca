"""Discussion of amendments: opening threads on what they propose, answering, settling.

Whatever is said of a draft is said within the delegation, and stays there when it is tabled.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right
from charter.actions import gate
from charter.actions.amendment_anchoring import anchor, words_of
from charter.actions.docket import Proposer, come_forward, find_visible
from charter.actions.mentioning import mentioned_in
from charter.actions.refusals import Invalid, NoSuch, Stale, TooLong
from charter.events import AmendmentDiscussed, announce
from charter.models import (
    Amendment,
    AmendmentComment,
    AmendmentThread,
    AnchorState,
    ChangeState,
    Charter,
    ProposedChange,
)
from charter.queries.amendment_threads import kept_within


def open_amendment_thread(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    change: UUID | None = None,
    start: int = 0,
    end: int = 0,
    text: str,
    version: int | None = None,
    at: datetime | None = None,
) -> AmendmentThread:
    """Begin a discussion of `[start:end]` of the words a change proposes.

    Offsets are code points (`charter.text.proposal`); equal ones mean the change as a whole, and
    no change the amendment. Stale where words are chosen and `version`, the amendment's when they
    were seen, is not the one it has.
    """
    said = gate.comment(text)
    when = at or timezone.now()
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.COMMENT)
        found = find_visible(proposer, amendment, version if start < end else None)
        on = _change(found, change) if change else None
        thread = AmendmentThread(
            amendment=found,
            change=on,
            language=on.language if on else "",
            within=found.tabled_at is None,
            opened_by=actor,
            opened_at=when,
        )
        _anchor(thread, start, end)
        thread.save(force_insert=True)
        AmendmentComment.objects.create(
            thread=thread,
            author=actor,
            text=said,
            mentioned=mentioned_in(proposer.charter, said),
            written_at=when,
        )
        _changed(proposer, thread, "opened")
    return thread


def reply_on_amendment(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    thread: UUID,
    text: str,
    at: datetime | None = None,
) -> AmendmentComment:
    """Add a comment. A resolved thread takes comments too, and stays resolved."""
    said = gate.comment(text)
    with transaction.atomic():
        proposer, found = _find(actor, charter, amendment, thread)
        comment = AmendmentComment.objects.create(
            thread=found,
            author=actor,
            text=said,
            mentioned=mentioned_in(proposer.charter, said),
            written_at=at or timezone.now(),
        )
        _changed(proposer, found, "answered")
    return comment


def resolve_amendment_thread(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    thread: UUID,
    at: datetime | None = None,
) -> AmendmentThread:
    """Settle a thread; once is enough."""
    with transaction.atomic():
        proposer, found = _find(actor, charter, amendment, thread)
        if found.resolved_at is None:
            found.resolved_by, found.resolved_at = actor, at or timezone.now()
            found.save(update_fields=["resolved_by", "resolved_at"])
            _changed(proposer, found, "resolved")
    return found


def reopen_amendment_thread(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    thread: UUID,
    at: datetime | None = None,
) -> AmendmentThread:
    """Take a settled thread up again."""
    with transaction.atomic():
        proposer, found = _find(actor, charter, amendment, thread)
        if found.resolved_at is not None:
            found.resolved_by = found.resolved_at = None
            found.save(update_fields=["resolved_by", "resolved_at"])
            _changed(proposer, found, "reopened")
    return found


def reanchor_amendment_thread(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    thread: UUID,
    start: int,
    end: int,
    version: int | None = None,
    at: datetime | None = None,
) -> AmendmentThread:
    """Put a thread on `[start:end]` of the words its change proposes; equal: all of the change.

    Stale as for `open_amendment_thread`; NoSuch where what it was about is not asked for any more.
    """
    with transaction.atomic():
        proposer, found = _find(actor, charter, amendment, thread)
        find_visible(proposer, amendment, version)
        if found.change is None or found.change.state == ChangeState.DROPPED:
            raise NoSuch(_("The amendment asks for no such change."))
        _anchor(found, start, end)
        found.save()
        _changed(proposer, found, "anchored")
    return found


def _change(amendment: Amendment, change: UUID) -> ProposedChange:
    found = amendment.changes.filter(uuid=change).first()
    if found is None:
        raise NoSuch(_("The amendment asks for no such change."))
    if found.state == ChangeState.DROPPED:
        raise Stale(_("The amendment has changed since you saw it."))
    return found


def _anchor(thread: AmendmentThread, start: int, end: int) -> None:
    text = words_of(thread.change) if thread.change else ""
    if not 0 <= start <= end <= len(text):
        raise Invalid(_("These words are not in what is proposed."))
    if end - start > gate.QUOTE:
        said = _("Choose at most %(limit)d characters, or comment on the change as a whole.")
        raise TooLong(said % {"limit": gate.QUOTE}, gate.QUOTE)
    anchor(thread, text, start, end)
    if start == end:
        thread.start = thread.end = 0
        thread.prefix = thread.suffix = ""
    thread.original_quote, thread.state = thread.quote, AnchorState.EXACT


def _find(
    actor: Person, charter: Charter | int, amendment: UUID, thread: UUID
) -> tuple[Proposer, AmendmentThread]:
    proposer = come_forward(actor, charter, Right.COMMENT)
    found = (
        AmendmentThread.objects.filter(
            kept_within(proposer.person, proposer.delegation),
            amendment=find_visible(proposer, amendment),
            uuid=thread,
        )
        .select_related("amendment", "change")
        .first()
    )
    if found is None:
        raise NoSuch(_("There is no such thread on this amendment."))
    return proposer, found


def _changed(proposer: Proposer, thread: AmendmentThread, change: str) -> None:
    """Tell of it, unless it is kept within a delegation."""
    if not thread.within:
        announce(
            AmendmentDiscussed(
                charter_id=proposer.charter.pk,
                amendment_id=thread.amendment_id,
                thread_id=thread.pk,
                actor_id=proposer.person.pk,
                change=change,
            )
        )
