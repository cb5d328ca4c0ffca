"""A table as CSV after RFC 4180, in UTF-8, readable by people and safe in spreadsheets.

A text that a spreadsheet would take for a formula is written behind an apostrophe, which
`unguarded` takes off again; numbers and dates are never guarded.
"""

import csv
import io
from datetime import UTC, date, datetime

from charter.formats.tables import Marked, Table, Value, checked, headings, is_formula

MEDIA_TYPE = "text/csv; charset=utf-8"
_BOM = "\ufeff"


def write(table: Table, *, bom: bool = False, guard: bool = True) -> bytes:
    """The table with its headings. Lines end with CR LF; None is an empty field.

    `bom` puts a byte order mark first, by which Excel knows the encoding. `guard` keeps formulas
    from being computed. Days and moments (in UTC) are written as ISO 8601 has them.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([_field(heading, guard) for heading in headings(table)])
    writer.writerows([_field(value, guard) for value in row] for row in checked(table))
    # A lone surrogate cannot be written in UTF-8 and must not cost the table.
    return ((_BOM if bom else "") + out.getvalue()).encode(errors="replace")


def guarded(text: str) -> str:
    """The text behind an apostrophe where a spreadsheet would compute it.

    A text that has an apostrophe before a formula of its own gets another one, so that
    `unguarded` gives back whatever was written.
    """
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


def _field(value: Value, guard: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | Marked):
        text = str(value).replace("\0", "")
        return guarded(text) if guard else text
    return str(value)
