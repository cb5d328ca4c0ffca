"""The demo's positions and steps of the ladder, taken at their moments by people of the cast."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from charter.actions.ladder import set_rung
from charter.actions.positions import take_position
from charter.demo.content import HERE
from charter.demo.playing import Table
from charter.models import Amendment, Visibility


@dataclass(frozen=True, slots=True)
class Holding:
    """A position of the script, on a clause or on an amendment by its number."""

    at: datetime
    by: str
    stance: str
    clause: str = ""
    amendment: int = 0
    note: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Rise:
    """A step of the ladder of the script; the chair takes it."""

    at: datetime
    clause: str
    rung: str
    note: str = ""


def holdings() -> tuple[Holding | Rise, ...]:
    """Positions and steps, each kind in order of time."""
    found = tomllib.loads((HERE / "positions.toml").read_text())
    return (
        *(Holding(**one) for one in found["position"]),
        *(Rise(**one) for one in found["rung"]),
    )


def hold_at(table: Table, one: Holding | Rise) -> None:
    """Take the position, or the step, as its person at its moment."""
    if isinstance(one, Rise):
        act = {"actor": table.people["chair"], "charter": table.charter, "at": one.at}
        set_rung(**act, clause=table.id(one.clause), rung=one.rung, note=one.note)
        return
    take_position(
        actor=table.people[one.by],
        charter=table.charter,
        stance=one.stance,
        note=one.note,
        visibility=Visibility.DELEGATION if one.alone else Visibility.ALL,
        at=one.at,
        **_subject(table, one),
    )


def _subject(table: Table, one: Holding) -> dict[str, Any]:
    if one.clause:
        return {"clause": table.id(one.clause)}
    return {"amendment": Amendment.objects.get(charter=table.charter, number=one.amendment).uuid}
