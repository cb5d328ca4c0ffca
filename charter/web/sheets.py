"""Sheets of tables as files to keep."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from charter.access import Seat
from charter.exports.files import File, lend_connection
from charter.formats.sheets import Sheet
from charter.formats.sheets_writers import SheetFormat
from charter.formats.typesetting import TypesettingFailed
from charter.web import figures


def taken(
    request: HttpRequest,
    seat: Seat,
    sheet: Sheet,
    form: SheetFormat,
    *,
    name: str,
    others: Sequence[tuple[str, str]],
) -> HttpResponse:
    """The sheet in that format; a page that leads to the `others` where it cannot be typeset.

    `name` is the file's, without its ending.
    """
    lend_connection()
    try:
        file = File(form.write(sheet), form.media_type, f"{name}{form.extension}")
    except TypesettingFailed as failed:
        reason = gettext(failed.sentence) % failed.values
        context = {"seat": seat, "reason": reason, "others": others}
        return render(request, "exports/sheet_failed.html", context, status=503)
    return figures.download(request, file)
