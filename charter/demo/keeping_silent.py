"""The demo's silence procedures: two of the past, and one that runs while somebody looks at it."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from charter.actions.silence import break_silence, open_silence
from charter.actions.silence_expiry import end_silence
from charter.demo.content import HERE
from charter.demo.playing import Table
from charter.models import Amendment, Silence

_CARRIED_OUT = timedelta(minutes=1)  # after a deadline


@dataclass(frozen=True, slots=True)
class Opening:
    """A procedure of the script; `nth` is its number."""

    at: datetime
    nth: int
    deadline: datetime
    invitation: str
    clauses: tuple[str, ...] = ()
    amendments: tuple[int, ...] = ()
    rung: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """A delegation breaks silence."""

    at: datetime
    nth: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Expiry:
    """A deadline has passed and nobody objected."""

    at: datetime
    nth: int


Moment = Opening | Objection | Expiry


def silences() -> tuple[Moment, ...]:
    """The openings, and how those of the past ended."""
    found = tomllib.loads((HERE / "silences.toml").read_text())["silence"]
    return tuple(step for nth, one in enumerate(found, 1) for step in _steps(nth, one))


def _steps(nth: int, one: dict) -> list[Moment]:
    opening = Opening(
        at=one["at"] if "at" in one else timezone.now() - timedelta(days=one["days_ago"]),
        nth=nth,
        deadline=one["deadline"] if "deadline" in one else _noon(one["days_left"]),
        invitation=one["invitation"].strip(),
        clauses=tuple(one.get("clauses", ())),
        amendments=tuple(one.get("amendments", ())),
        rung=one.get("rung", ""),
    )
    if "broken" in one:
        return [opening, Objection(nth=nth, **one["broken"])]
    if "deadline" in one:
        return [opening, Expiry(one["deadline"] + _CARRIED_OUT, nth)]
    return [opening]


def _noon(days: int) -> datetime:
    """Noon in UTC so many days from now."""
    return (timezone.now() + timedelta(days=days)).replace(hour=12, minute=0, second=0)


def keep_silent(table: Table, step: Moment) -> None:
    """Open a procedure, break it, or let its deadline pass."""
    match step:
        case Opening():
            _open(table, step)
        case Objection():
            break_silence(
                actor=table.people[step.by],
                charter=table.charter,
                silence=step.nth,
                reason=step.reason,
                at=step.at,
            )
        case Expiry():
            end_silence(Silence.objects.get(charter=table.charter, number=step.nth).pk, step.at)


def _open(table: Table, step: Opening) -> None:
    rows = Amendment.objects.filter(charter=table.charter, number__in=step.amendments)
    open_silence(
        actor=table.people["chair"],
        charter=table.charter,
        clauses=[table.id(key) for key in step.clauses],
        amendments=list(rows.values_list("uuid", flat=True)),
        rung=step.rung,
        deadline=step.deadline,
        invitation=step.invitation,
        at=step.at,
    )
