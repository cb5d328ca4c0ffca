"""Sheets as PDF, across A4 or, with many columns, A3: tagged and archival as all PDFs are.

Everything becomes plain data with short keys. A block: b "grid" with head, widths and rows, "list"
with items, or "drawn" with svg and alt; `name` is its heading. A row: c its cells, k whether it is
kept on one page. A cell is a list of paragraphs, each with m its manner and r its runs as `pages`
has them.
"""

import re

from charter.formats import languages
from charter.formats.pages import Data, run_data
from charter.formats.script_fonts import face, scripts
from charter.formats.sheets import Cell, Drawn, Grid, Listed, Said, Sheet
from charter.formats.typesetting import Typesetter

MEDIA_TYPE = "application/pdf"

_WIDE = 5  # columns from which the sheet is A3
_SIZES = ((4, 0.87), (8, 0.78), (99, 0.65))  # columns at most: part of the size of a text
_SHORT = 600  # characters of a cell that need less than a page in the narrowest column
_CODE = re.compile(r"[a-z]{2,3}")


def write(sheet: Sheet) -> bytes:
    """The PDF. TypesettingFailed when it needs more memory or time than it is allowed."""
    with Typesetter(template="sheet.typ") as typesetter:
        data = layout(sheet)
        moment = int(sheet.moment.timestamp()) if sheet.moment else 0
        return typesetter.typeset(data, data["folders"], moment)


def layout(sheet: Sheet) -> Data:
    """What the template reads."""
    columns = max((len(one.columns) for one in sheet.blocks if isinstance(one, Grid)), default=1)
    spoken = sheet.spoken or sheet.language
    part = next(part for most, part in _SIZES if columns <= most or most == _SIZES[-1][0])
    data = {
        "title": sheet.title,
        "under": sheet.under,
        "symbol": sheet.symbol,
        "foot": sheet.foot,
        "page": languages.words(sheet.language)["page"],
        "lang": code if _CODE.fullmatch(code := languages.primary(spoken)) else "und",
        "dir": languages.direction(spoken),
        "paper": "a3" if columns > _WIDE else "a4",
        "blocks": [_block(one, sheet.title) for one in sheet.blocks],
    }
    folders = scripts(repr(data))
    drawn = face(spoken, folders)
    return data | drawn | {"folders": folders, "size": round(drawn["size"] * part, 1)}


def _block(one: Grid | Listed | Drawn, title: str) -> Data:
    """A block; the only one that is called as the whole needs no heading."""
    name = "" if one.name == title else one.name
    if isinstance(one, Drawn):
        return {"b": "drawn", "name": name, "svg": one.svg, "alt": one.description}
    if isinstance(one, Listed):
        return {"b": "list", "name": name, "items": [_cell(cell) for cell in one.items]}
    return {
        "b": "grid",
        "name": name,
        "head": one.columns,
        "widths": one.widths or (1.0,) * len(one.columns),
        "rows": [{"c": [_cell(cell) for cell in row], "k": _short(row)} for row in one.rows],
    }


def _short(row: tuple[Cell, ...]) -> bool:
    """Whether a row is kept on one page."""
    return all(sum(len(said.plain) for said in cell) <= _SHORT for cell in row)


def _cell(cell: Cell) -> list[Data]:
    return [{"m": said.manner.value, "r": _runs(said)} for said in cell]


def _runs(said: Said) -> list[Data | str]:
    return [run_data(run, _nowhere) for run in said.runs]


def _nowhere(clause: str) -> str:
    """A sheet holds no clause that a reference could lead to."""
    return ""
