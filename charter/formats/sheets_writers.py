"""Every format a sheet can be taken away in, by name."""

from collections.abc import Callable
from dataclasses import dataclass

from charter.formats import sheets_html, sheets_pdf, xlsx
from charter.formats.sheets import Sheet
from charter.formats.sheets_tables import tables


@dataclass(frozen=True, slots=True)
class SheetFormat:
    """A format: its name in addresses and commands, media type, and file extension with its dot."""

    name: str
    media_type: str
    extension: str
    write: Callable[[Sheet], bytes]


def _workbook(sheet: Sheet) -> bytes:
    return xlsx.write(tables(sheet), title=sheet.title, moment=sheet.moment)


SHEETS = {
    form.name: form
    for form in (
        SheetFormat("pdf", sheets_pdf.MEDIA_TYPE, ".pdf", sheets_pdf.write),
        SheetFormat("xlsx", xlsx.MEDIA_TYPE, ".xlsx", _workbook),
        SheetFormat("html", sheets_html.MEDIA_TYPE, ".html", sheets_html.write),
    )
}
