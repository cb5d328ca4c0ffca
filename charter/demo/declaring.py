"""The demo's statements, made and withdrawn at their moments by people of the cast."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from charter.actions.statements import make_statement, withdraw_statement
from charter.demo.content import HERE
from charter.demo.playing import Table
from charter.models import Statement


@dataclass(frozen=True, slots=True)
class Declaring:
    """A statement of the script, on a clause or ("") on the whole."""

    at: datetime
    by: str
    kind: str
    language: str
    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Retracting:
    """The last statement of a person's delegation, taken back."""

    at: datetime
    by: str
    note: str


def declarations() -> Iterator[Declaring | Retracting]:
    """The statements and what became of them."""
    for row in tomllib.loads((HERE / "statements.toml").read_text())["statement"]:
        gone, note = row.pop("withdrawn", None), row.pop("note", "")
        yield Declaring(**row)
        if gone:
            yield Retracting(gone, row["by"], note)


def declare_at(table: Table, step: Declaring | Retracting) -> None:
    """Make or withdraw the statement as its person at its moment."""
    act = {"actor": table.people[step.by], "charter": table.charter, "at": step.at}
    if isinstance(step, Retracting):
        own = Statement.objects.filter(charter=table.charter, actor=act["actor"]).latest("number")
        withdraw_statement(**act, statement=own.uuid, note=step.note)
        return
    make_statement(
        **act,
        kind=step.kind,
        language=step.language,
        text=step.text,
        clause=table.id(step.clause) if step.clause else None,
    )
