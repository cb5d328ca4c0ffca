"""Tables as an Excel workbook, one sheet each: typed cells, a frozen heading, no formula ever.

Equal tables give equal bytes: the one date in the file is the one it is told.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from charter.formats.languages import direction
from charter.formats.runs import Run
from charter.formats.tables import (
    Column,
    Marked,
    Table,
    Type,
    Value,
    checked,
    headings,
    is_formula,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CELL = 32_767  # UTF-16 units that Excel takes in one cell
_NAME = 31  # of a sheet
_WIDTHS = range(8, 61)  # characters that a column shows, the narrowest and the widest
_LOOKED_AT = 500  # rows by which a column's width is found

_FORMATS = {
    Type.TEXT: "@",
    Type.NUMBER: "#,##0.##",
    Type.SHARE: "0.0%",
    Type.DAY: "yyyy-mm-dd",
    Type.MOMENT: "yyyy-mm-dd hh:mm",
}
_FORMATS_WHOLE = "#,##0"
_INKS = {"insert": "FF0B3D8F", "delete": "FFA01818"}  # with opacity
_BEGINNING = datetime(2000, 1, 1)  # without a zone, like the times in a zip
_UNNAMEABLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(tables: Sequence[Table], *, title: str = "", moment: datetime | None = None) -> bytes:
    """The workbook. `moment` is when its contents were made, None for no time in particular.

    Times are written in UTC. A text longer than a cell holds is cut and ends with "…". ValueError
    without a table, or where a row does not fit its columns.
    """
    if not tables:
        raise ValueError("A workbook has at least one sheet.")
    book = Workbook(write_only=True)
    book.properties.title = _written(title) or None
    book.properties.creator = "Charter"
    book.properties.language = tables[0].language
    names: set[str] = set()
    for table in tables:
        _sheet(book, table, _name(table.name, names))
    made = io.BytesIO()
    book.save(made)
    return _dated(made.getvalue(), moment)


def _sheet(book: Any, table: Table, name: str) -> None:
    sheet = book.create_sheet(name)
    rows = [tuple(row) for row in checked(table)]
    sheet.freeze_panes = "A2"
    sheet.sheet_view.rightToLeft = direction(table.language) == "rtl"
    sheet.print_title_rows = "1:1"
    last = get_column_letter(max(1, len(table.columns)))
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    for at, column in enumerate(table.columns):
        seen = (row[at] for row in rows[:_LOOKED_AT])
        sheet.column_dimensions[get_column_letter(at + 1)].width = _width(column, seen)
    sheet.append([_heading(sheet, heading) for heading in headings(table)])
    for row in rows:
        sheet.append(
            [_cell(sheet, column, value) for column, value in zip(table.columns, row, strict=True)]
        )


def _heading(sheet: Any, text: str) -> Any:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, column: Column, value: Value) -> Any:
    if value is None:
        return None
    if isinstance(value, str | Marked):
        cell = _text(sheet, value) if isinstance(value, str) else _marked(sheet, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell
    if isinstance(value, datetime):
        value = value.astimezone(UTC).replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value)
    whole = column.type is Type.NUMBER and isinstance(value, int)
    cell.number_format = _FORMATS_WHOLE if whole else _FORMATS[_type(column, value)]
    cell.alignment = Alignment(vertical="top")
    return cell


def _type(column: Column, value: Value) -> Type:
    """The column's type, unless the value is of another."""
    if isinstance(value, datetime):
        return Type.MOMENT
    if isinstance(value, date):
        return Type.DAY
    return column.type if column.type in (Type.NUMBER, Type.SHARE) else Type.NUMBER


def _text(sheet: Any, text: str) -> Any:
    """A cell that is a text whatever it looks like, also once somebody has edited it."""
    cell = WriteOnlyCell(sheet, "")
    cell.value = _written(text)
    cell.data_type = "s"
    cell.number_format = _FORMATS[Type.TEXT]
    if is_formula(text):
        cell.quotePrefix = True
    return cell


def _marked(sheet: Any, value: Marked) -> Any:
    """A cell of words underlined and struck; only their marks are lost where it holds no more."""
    plain = str(value)
    if _written(plain) != plain:
        return _text(sheet, plain)
    cell = WriteOnlyCell(sheet, "")
    # Excel takes words without a font of their own for those of the cell's.
    cell.value = CellRichText([_block(run) for run in value.runs if run.text])
    cell.data_type = "s"
    cell.number_format = _FORMATS[Type.TEXT]
    if is_formula(plain):
        cell.quotePrefix = True
    return cell


def _block(run: Run) -> Any:
    if run == Run(run.text):
        return run.text
    return TextBlock(
        InlineFont(
            b=run.strong or None,
            i=run.emphasis or None,
            u="single" if run.op == "insert" else None,
            strike=run.op == "delete" or None,
            color=_INKS.get(run.op),
        ),
        run.text,
    )


def _written(text: str) -> str:
    """What an XML file can hold of the text, as far as a cell takes it."""
    kept = _UNWRITABLE.sub("", text)
    if len(kept) * 2 <= CELL or len(kept.encode("utf-16-le")) // 2 <= CELL:
        return kept
    return kept.encode("utf-16-le")[: (CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _name(name: str, taken: set[str]) -> str:
    """A name Excel allows for a sheet, unlike those taken, upper and lower case being one."""
    kept = _UNNAMEABLE.sub(" ", _written(name)).strip(" '")[:_NAME].strip() or "Table"
    found, at = kept, 1
    while found.casefold() in taken:
        at += 1
        found = f"{kept[: _NAME - 1 - len(str(at))]} {at}"
    taken.add(found.casefold())
    return found


def _width(column: Column, values: Iterable[Value]) -> int:
    if column.width is not None:
        return column.width
    fixed = {Type.DAY: 12, Type.MOMENT: 18}.get(column.type, 0)
    longest = max((_columns(value) for value in values), default=0)
    wanted = max(fixed, longest, len(column.heading)) + 2
    return min(max(wanted, _WIDTHS[0]), _WIDTHS[-1])


def _columns(value: Value) -> int:
    if isinstance(value, Marked):
        value = str(value)
    if not isinstance(value, str):
        return 0 if value is None else len(str(value))
    start = value[: _WIDTHS[-1]]
    return len(start) + sum(1 for sign in start if sign >= "⺀")  # Han and its like are wide


def _dated(data: bytes, moment: datetime | None) -> bytes:
    """The same file with one date throughout, where openpyxl writes the present."""
    at = moment.astimezone(UTC).replace(tzinfo=None) if moment else _BEGINNING
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", stamp, content)
            info = zipfile.ZipInfo(entry.filename, _zip_time(at))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


def _zip_time(at: datetime) -> tuple[int, int, int, int, int, int]:
    return (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)
