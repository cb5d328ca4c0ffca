"""Discussion: opening threads on words, answering, settling, and anchoring anew."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate, trees
from charter.actions.anchoring import anchor, carry_on
from charter.actions.mentioning import mentioned_in
from charter.actions.refusals import Invalid, NoSuch, TooLong
from charter.actions.revisions import lock
from charter.actions.rewording import require_languages
from charter.events import ThreadChanged, announce
from charter.models import AnchorState, Charter, Comment, Thread, Wording


def open_thread(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    language: str,
    base: int,
    start: int = 0,
    end: int = 0,
    text: str,
    at: datetime | None = None,
) -> Thread:
    """Begin a discussion of `[start:end]` of the clause's text as it was in revision `base`.

    Offsets are code points; equal ones mean the whole clause. The anchor is carried to the head
    at once, so that whoever selected words in an older text speaks of the same words.
    """
    said = gate.comment(text)
    when = at or timezone.now()
    with transaction.atomic():
        row = _open(actor, charter)
        require_languages(row, [language])
        found = trees.find_unit(row, clause)
        thread = Thread(
            charter=row,
            clause=found,
            language=language,
            opened_at_revision=row.head,
            anchored_at=row.head,
            opened_by=actor,
            opened_at=when,
        )
        _anchor(thread, row, base, start, end)
        thread.save(force_insert=True)
        Comment.objects.create(
            thread=thread,
            author=actor,
            text=said,
            mentioned=mentioned_in(row, said),
            written_at=when,
        )
        _changed(thread, actor, "opened")
    return thread


def reply(
    *,
    actor: Person,
    charter: Charter | int,
    thread: int,
    text: str,
    at: datetime | None = None,
) -> Comment:
    """Add a comment. A resolved thread takes comments too, and stays resolved."""
    said = gate.comment(text)
    with transaction.atomic():
        row = _open(actor, charter)
        found = _find(row, thread)
        comment = Comment.objects.create(
            thread=found,
            author=actor,
            text=said,
            mentioned=mentioned_in(row, said),
            written_at=at or timezone.now(),
        )
        _changed(found, actor, "answered")
    return comment


def resolve_thread(
    *, actor: Person, charter: Charter | int, thread: int, at: datetime | None = None
) -> Thread:
    """Settle a thread; once is enough."""
    with transaction.atomic():
        found = _find(_open(actor, charter), thread)
        if found.resolved_at is None:
            found.resolved_by, found.resolved_at = actor, at or timezone.now()
            found.save(update_fields=["resolved_by", "resolved_at"])
            _changed(found, actor, "resolved")
    return found


def reopen_thread(
    *, actor: Person, charter: Charter | int, thread: int, at: datetime | None = None
) -> Thread:
    """Take a settled thread up again."""
    with transaction.atomic():
        found = _find(_open(actor, charter), thread)
        if found.resolved_at is not None:
            found.resolved_by = found.resolved_at = None
            found.save(update_fields=["resolved_by", "resolved_at"])
            _changed(found, actor, "reopened")
    return found


def reanchor_thread(
    *,
    actor: Person,
    charter: Charter | int,
    thread: int,
    base: int,
    start: int,
    end: int,
    at: datetime | None = None,
) -> Thread:
    """Put a thread on `[start:end]` of its clause's text as of `base`; equal: the whole clause."""
    with transaction.atomic():
        row = _open(actor, charter)
        found = _find(row, thread)
        _anchor(found, row, base, start, end)
        found.save()
        _changed(found, actor, "anchored")
    return found


def _open(actor: Person, charter: Charter | int) -> Charter:
    # Under the lock of revisions no wording changes while a thread is put on its words.
    row = lock(charter)
    require(actor, row, Right.COMMENT)
    return row


def _find(charter: Charter, thread: int) -> Thread:
    found = Thread.objects.filter(charter=charter, pk=thread).first()
    if found is None:
        raise NoSuch(_("There is no such thread in this charter."))
    return found


def _anchor(thread: Thread, charter: Charter, base: int, start: int, end: int) -> None:
    if not 1 <= base <= charter.head:
        raise NoSuch(_("There is no such revision in this charter."))
    texts = _texts(thread, base)
    if not 0 <= start <= end <= len(texts[0][1]):
        raise Invalid(_("These words are not in the text."))
    if end - start > gate.QUOTE:
        said = _("Choose at most %(limit)d characters, or comment on the clause as a whole.")
        raise TooLong(said % {"limit": gate.QUOTE}, gate.QUOTE)
    anchor(thread, texts[0][1], start, end, texts[0][0])
    thread.original_quote, thread.state = thread.quote, AnchorState.EXACT
    if start < end:
        carry_on(thread, texts)
    else:
        thread.start = thread.end = 0
        thread.prefix = thread.suffix = ""


def _texts(thread: Thread, base: int) -> list[tuple[int, str]]:
    """The clause's texts from the one that stood in `base` on, each with its revision."""
    own = Wording.objects.filter(clause_id=thread.clause_id, language=thread.language)
    rows = Wording.history.filter(id__in=own.values("id")).order_by("revision_number")
    said = rows.values_list("revision_number", "text")
    then = said.filter(revision_number__lte=base).last() or (base, "")
    return [then, *said.filter(revision_number__gt=base)]


def _changed(thread: Thread, actor: Person, change: str) -> None:
    announce(
        ThreadChanged(
            charter_id=thread.charter_id, thread_id=thread.pk, actor_id=actor.pk, change=change
        )
    )
