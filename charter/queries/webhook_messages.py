"""What other programs are told of an event: ids, numbers and citations, and no words of a text."""

from typing import Any

from accounts.models import Person
from charter.models import (
    Amendment,
    AmendmentThread,
    Charter,
    EventName,
    LadderStep,
    OutboxEntry,
    Position,
    Silence,
    Statement,
    Thread,
    Visibility,
)
from charter.queries.history import revision_of
from charter.queries.keeping import laid_text
from charter.text.redline import Change

# Keys of rows: of some only a delegation knows, and a gap would tell of one; others have numbers.
_WITHIN = ("amendment", "amendment_thread", "position", "silence", "statement", "step")

CLAUSES = 200  # named in one message


def message_id(entry: OutboxEntry) -> str:
    """What the receiver knows a message by, however often it is sent."""
    return f"msg_{entry.uuid.hex}"


def message_of(entry: OutboxEntry) -> dict[str, Any]:
    """What is told of an entry: ids, numbers, who, when and citations, and no words of a text.

    A revision's clauses are cited by the numbers they had in it.
    """
    charter = entry.charter
    about = {"id": str(charter.uuid), "slug": charter.slug}
    told = {key: fact for key, fact in entry.payload.items() if key not in _WITHIN}
    data = {"charter": about, "by": _person(entry.actor), **told}
    more = _MORE.get(EventName(entry.event))
    return {
        "type": entry.event,
        "timestamp": entry.created_at.isoformat(),
        "data": data | (more(charter, entry.payload) if more else {}),
    }


def _revision(charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    entry = revision_of(charter, facts["revision"])
    return {
        "committed_at": entry.at.isoformat(),
        "cause": entry.cause.value,
        "digest": entry.digest,
        "clauses_changed": len(entry.touched),
        "clauses": [
            {
                "id": str(clause.id),
                "citation": clause.citation,
                "changes": [change.value for change in Change if change in clause.changes],
                "languages": list(clause.languages),
            }
            for clause in entry.touched[:CLAUSES]
        ],
    }


def _thread(charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    """Cited as the clause is numbered now."""
    if "amendment_thread" in facts:
        return _amendment_thread(charter, facts["amendment_thread"])
    thread = Thread.objects.filter(charter=charter, pk=facts["thread"]).first()
    if thread is None:
        return {}
    head = charter.revisions.filter(number=charter.head).first()
    rows = laid_text(charter, head, charter.working_language).redline.rows
    cited = next((row.citation for row in rows if row.id == str(thread.clause_id)), "")
    clause = {"id": str(thread.clause_id), "citation": cited}
    return {"clause": clause, "language": thread.language, "revision": charter.head}


def _amendment_thread(charter: Charter, key: int) -> dict[str, Any]:
    rows = AmendmentThread.objects.select_related("amendment")
    found = rows.filter(amendment__charter=charter, within=False, pk=key).first()
    if found is None:
        return {}
    amendment = {"id": str(found.amendment.uuid), "number": found.amendment.number}
    return {"thread": str(found.uuid), "amendment": amendment, "language": found.language}


def _amendment(charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    found = Amendment.objects.filter(charter=charter, pk=facts["amendment"]).first()
    if found is None or found.number is None:
        return {}
    return {"id": str(found.uuid), "number": found.number, "status": found.status}


def _position(charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    rows = Position.objects.select_related("delegation__party", "amendment")
    found = rows.filter(charter=charter, visibility=Visibility.ALL, pk=facts["position"]).first()
    if found is None:
        return {}
    return {
        "delegation": found.delegation.party.code,
        "clause": str(found.clause_id) if found.clause_id else None,
        "amendment": str(found.amendment.uuid) if found.amendment else None,
        "revision": found.revision,
    }


def _silence(charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    found = Silence.objects.filter(charter=charter, pk=facts["silence"]).first()
    if found is None:
        return {}
    return {
        "number": found.number,
        "kind": found.kind,
        "state": found.state,
        "deadline": found.deadline.isoformat(),
    }


def _statement(charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    rows = Statement.objects.select_related("delegation__party")
    found = rows.filter(charter=charter, pk=facts["statement"]).first()
    if found is None:
        return {}
    return {
        "id": str(found.uuid),
        "number": found.number,
        "kind": found.kind,
        "delegation": found.delegation.party.code,
        "clause": str(found.clause_id) if found.clause_id else None,
    }


def _rung(charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    found = LadderStep.objects.filter(charter=charter, pk=facts["step"]).first()
    if found is None:
        return {}
    return {"clause": str(found.clause_id), "rung": found.rung, "revision": found.revision}


def _membership(_charter: Charter, facts: dict[str, Any]) -> dict[str, Any]:
    return {"person": _person(Person.objects.filter(pk=facts["person"]).first())}


def _person(person: Person | None) -> dict[str, str] | None:
    return {"id": str(person.uuid), "name": str(person)} if person else None


_MORE = {
    EventName.REVISION_COMMITTED: _revision,
    EventName.THREAD_CHANGED: _thread,
    EventName.AMENDMENT_CHANGED: _amendment,
    EventName.POSITION_TAKEN: _position,
    EventName.SILENCE_CHANGED: _silence,
    EventName.STATEMENT_CHANGED: _statement,
    EventName.RUNG_CHANGED: _rung,
    EventName.MEMBERSHIP_CHANGED: _membership,
}
