"""The register of parties as a table, and back.

Each party has a line with its code, kind, standing and names, and with the first of its
memberships; every further membership has a line of its own with the code again. So a day stands in
a cell of its own, where a spreadsheet knows it for one. The headings are the same in every
language, for they are read again.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from charter.formats.csv_ import unguarded
from charter.formats.source import Unreadable, text_of
from charter.formats.tables import Column, Table, Type, Value
from charter.text.register import KINDS, STANDINGS, Belonging, Days, Entry, Flaw, ReadEntry

LARGEST = 1_000_000  # bytes of a file
LINES = 5_000
BELONGINGS = 200  # of one party
FLAWS = 100  # that are told of one file

_FIXED = ("code", "kind", "standing", "member_of", "since", "until")
_NAME = re.compile(r"name_([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
_LANGUAGE = 16  # characters of a language's code
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DOTTED = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})")  # what spreadsheets make of it in many countries


def _(sentence: str) -> str:
    """Marks a sentence for the catalogue of translations; the page that says it translates it."""
    return sentence


def table(entries: Sequence[Entry], languages: Sequence[str], name: str = "Parties") -> Table:
    """The register with a column of names for each of these languages and of any other there is."""
    spoken = list(dict.fromkeys((*languages, *(code for one in entries for code in one.names))))
    columns = (
        Column("code"),
        Column("kind"),
        Column("standing"),
        *(Column(f"name_{language}") for language in spoken),
        Column("member_of"),
        Column("since", Type.DAY),
        Column("until", Type.DAY),
    )
    return Table(name, columns, [row for one in entries for row in _rows(one, spoken)])


def _rows(entry: Entry, languages: Sequence[str]) -> Iterator[tuple[Value, ...]]:
    names = [entry.names.get(language) or None for language in languages]
    own: tuple[Value, ...] = (entry.code, entry.kind, entry.standing or None, *names)
    further: tuple[Value, ...] = (entry.code, None, None, *(None for _name in names))
    if not entry.belongings:
        yield (*own, None, None, None)
    for at, one in enumerate(entry.belongings):
        days = one.days
        yield (*(further if at else own), one.organisation, days.since, days.until)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, in its order, and all that is wrong with it."""

    entries: tuple[ReadEntry, ...]
    flaws: tuple[Flaw, ...]


@dataclass(slots=True)
class _Party:
    """A party as its lines are gathered."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    belongings: list[tuple[Belonging, int]] = field(default_factory=list)


def read(data: bytes) -> Reading:
    """The register of a CSV file: commas, semicolons or tabs, UTF-8 or UTF-16.

    `Unreadable` where it is no such text or too large.
    """
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than %(size)d MB."), size=LARGEST // 1_000_000)
    if data.startswith(b"PK\x03\x04"):
        raise Unreadable(_("The file is an Excel or ZIP file: save the table as CSV first."))
    flaws: list[Flaw] = []
    rows = _lines(text_of(data), flaws)
    first = next(rows, None)
    if first is None:
        flaws = flaws or [Flaw(1, "", _("The file is empty."))]
        return Reading((), tuple(flaws))
    headings = _headings(first, flaws)
    if flaws:
        return Reading((), tuple(flaws[:FLAWS]))
    parties: dict[str, _Party] = {}
    for line, cells in rows:
        _take(parties, line, _named(headings, line, cells, flaws), flaws)
    if not parties and not flaws:
        flaws.append(Flaw(1, "", _("There is no party in the file.")))
    entries = tuple(_entry(code, party) for code, party in parties.items())
    return Reading(entries, tuple(flaws[:FLAWS]))


def _lines(text: str, flaws: list[Flaw]) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, each with the number of the line it begins in."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 0
    while True:
        begins = line + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            flaws.append(Flaw(begins, "", _("A quotation mark is out of place here.")))
            return
        line = rows.line_num
        if line > LINES:
            flaws.append(
                Flaw(begins, "", _("The file has more than %(lines)d lines."), {"lines": LINES})
            )
            return
        cells = [unguarded(cell.strip()) for cell in row]
        if any(cells):
            yield begins, cells


def _delimiter(text: str) -> str:
    """The sign that parts the headings most often; a comma when none does."""
    head = text.lstrip("\n").partition("\n")[0]
    return max(",;\t", key=head.count)


def _headings(first: tuple[int, list[str]], flaws: list[Flaw]) -> list[str]:
    line, cells = first
    found: list[str] = []
    for cell in cells:
        name = _heading(cell)
        if cell and not name:
            flaws.append(Flaw(line, cell[:80], _("There is no such column.")))
        elif name and name in found:
            flaws.append(Flaw(line, name, _("This column is there twice.")))
        found.append(name)
    if "code" not in found and not flaws:
        flaws.append(Flaw(line, "code", _("There is no column “code”.")))
    return found


def _heading(cell: str) -> str:
    """The heading as it is written here; "" for one that is not known."""
    plain = re.sub(r"[\s_]+", "_", cell)
    if plain.lower() in _FIXED:
        return plain.lower()
    prefix, separator, code = plain.partition("_")
    plain = f"{prefix.lower()}{separator}{code if '-' in code else code.lower()}"
    return plain if _NAME.fullmatch(plain) and len(code) <= _LANGUAGE else ""


def _named(
    headings: Sequence[str], line: int, cells: Sequence[str], flaws: list[Flaw]
) -> dict[str, str]:
    """The cells that say something, by heading."""
    if any(cells[len(headings) :]):
        flaws.append(Flaw(line, "", _("This line has more cells than there are headings.")))
    found = {}
    for heading, cell in zip(headings, cells, strict=False):
        if cell and not heading:
            flaws.append(Flaw(line, "", _("A cell stands under no heading.")))
        elif cell:
            found[heading] = cell
    return found


def _take(
    parties: dict[str, _Party], line: int, cells: Mapping[str, str], flaws: list[Flaw]
) -> None:
    """Gather one line with the others of its party."""
    code = cells.get("code", "")
    if not code:
        flaws.append(Flaw(line, "code", _("The code is missing.")))
        return
    party = parties.setdefault(code, _Party(line))
    for column, cell in cells.items():
        if column in ("code", "member_of", "since", "until"):
            continue
        said = _word(line, column, cell, flaws)
        known = party.cells.setdefault(column, said)
        party.lines.setdefault(column, line)
        if known != said:
            values = {"line": party.lines[column]}
            flaws.append(Flaw(line, column, _("Line %(line)d says something else."), values))
    _belong(party, line, cells, flaws)


def _word(line: int, column: str, cell: str, flaws: list[Flaw]) -> str:
    """A name as it is, a kind or a standing as it is known."""
    known = {"kind": KINDS, "standing": STANDINGS}.get(column)
    if known is None:
        return cell
    if cell.lower() not in known:
        flaws.append(
            Flaw(line, column, _("This is none of: %(known)s."), {"known": ", ".join(known)})
        )
    return cell.lower()


def _belong(party: _Party, line: int, cells: Mapping[str, str], flaws: list[Flaw]) -> None:
    since = _day(line, "since", cells.get("since", ""), flaws)
    until = _day(line, "until", cells.get("until", ""), flaws)
    organisation = cells.get("member_of", "")
    if not organisation:
        if "since" in cells or "until" in cells:
            flaws.append(
                Flaw(line, "member_of", _("There are days here, and nothing to belong to."))
            )
        return
    days = Days(since, until)
    if not days.in_order:
        flaws.append(Flaw(line, "until", _("This day lies before the first one.")))
        return
    if len(party.belongings) == BELONGINGS:
        values = {"most": BELONGINGS}
        flaws.append(
            Flaw(line, "member_of", _("A party has at most %(most)d memberships."), values)
        )
    if len(party.belongings) >= BELONGINGS:
        return
    party.belongings.append((Belonging(organisation, days), line))


def _day(line: int, column: str, cell: str, flaws: list[Flaw]) -> date | None:
    if not cell:
        return None
    iso, dotted = _ISO.fullmatch(cell), _DOTTED.fullmatch(cell)
    parts = iso.groups() if iso else dotted.groups()[::-1] if dotted else None
    try:
        if parts:
            return date(*(int(part) for part in parts))
    except ValueError:
        pass
    flaws.append(Flaw(line, column, _("This is no day: write it as 2026-01-31.")))
    return None


def _entry(code: str, party: _Party) -> ReadEntry:
    names = {
        column.removeprefix("name_"): cell
        for column, cell in party.cells.items()
        if column.startswith("name_")
    }
    entry = Entry(code, party.cells.get("kind", ""), names, party.cells.get("standing", ""))
    belongings = tuple(one for one, _line in party.belongings)
    return ReadEntry(
        replace(entry, belongings=belongings),
        party.line,
        party.lines,
        tuple(line for _one, line in party.belongings),
    )
