"""Convergence to take away: the matrix and who blocks what, and its course as charts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from charter.exports import figures
from charter.exports.bracket_figures import over_time
from charter.exports.convergence_sheet import sheet
from charter.exports.convergence_tables import course, tables
from charter.exports.figures import Figure, shown
from charter.exports.files import File, NoFile, lend_connection
from charter.formats.sheets_writers import SHEETS
from charter.models import Charter
from charter.queries import brackets
from charter.queries.convergence import Convergence
from charter.queries.convergence_course import course_of
from charter.queries.points import Points


def course_figures(
    charter: Charter, points: Points, language: str, bracketed: brackets.Course | None = None
) -> tuple[Figure, Figure]:
    """Positions and brackets over the revisions; `bracketed` where it is at hand."""
    marks = [(edition.number, edition.name) for edition in points.editions]
    held = course_of(charter, language, [number for number, _name in marks])
    return course(held, marks), over_time(bracketed or brackets.course_of(charter), marks)


def summary(found: Convergence) -> Sequence[tuple[str, str]]:
    """The first figures, each with its name."""
    named = (
        (_("Articles"), len(found.lines)),
        (_("Agreed to some degree"), found.agreed),
        (_("Reserved on or objected to"), found.blocked),
        (_("Brackets in the text"), found.brackets),
        (_("Open amendments"), found.amendments),
    )
    return [(name, shown(value)) for name, value in named]


def file_of(
    found: Convergence,
    drawn: Sequence[Figure],
    wanted: str,
    key: str = "",
    *,
    name: str,
    source: str,
) -> File:
    """The matrix as CSV, all tables as a workbook or for printing; with `key` that of `drawn`.

    NoFile for a format or a figure there is not, TypesettingFailed where paper cannot be set.
    """
    if key:
        return figures.file_of(drawn, wanted, key, name=name, source=source)
    if wanted == "csv":
        return figures.separated(tables(found)[0], name)
    if wanted == "xlsx":
        own = (one.table for one in drawn)
        return figures.workbook([*tables(found), *own], name, source)
    if wanted == "pdf":
        form, printed = SHEETS["pdf"], sheet(found, summary(found), drawn, source)
        lend_connection()
        return File(form.write(printed), form.media_type, f"{name}{form.extension}")
    raise NoFile(wanted)
