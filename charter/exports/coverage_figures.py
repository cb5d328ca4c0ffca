"""The figures of coverage: the matrix as a picture and a table, and the courses of principles."""

from collections.abc import Mapping

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from charter.exports.figures import Figure
from charter.formats.charts import Frame
from charter.formats.charts_matrix import Cell, Line, matrix
from charter.formats.charts_steps import Axis, Mark, Panel, steps
from charter.formats.svg import Svg
from charter.formats.tables import Column, Table, Type
from charter.queries.coverage import Courses, CoverageAt
from charter.queries.points import Points
from charter.text.coverage import NOTHING
from charter.text.coverage import Line as ArticleLine


def matrix_figure(found: CoverageAt) -> Figure:
    """The matrix; in its table each principle has a column of clauses and one of words."""
    names = _names(found)
    totals = found.matrix.totals

    def draw(frame: Frame) -> Svg:
        lines = [
            Line(
                " · ".join(part for part in (line.citation, line.heading) if part),
                tuple(
                    Cell(line.cells[slug].clauses, line.cells[slug].words)
                    if slug in line.cells
                    else None
                    for slug in names
                ),
            )
            for line in found.matrix.lines
        ]
        clauses = [totals[slug].clauses for slug in names]
        return matrix(frame, list(names.values()), lines, clauses, _("Clauses"))

    return Figure(
        key="coverage",
        title=_("Coverage of the principles"),
        description=_(
            "For each article the number of clauses tagged with each principle; the larger the "
            "disc, the more words serve it. An article that serves none is hatched."
        ),
        table=_matrix_table(found, names),
        draw=draw,
    )


def _matrix_table(found: CoverageAt, names: Mapping[str, str]) -> Table:
    counts = [
        Column(_("%(principle)s: %(what)s") % {"principle": name, "what": what}, Type.NUMBER)
        for name in names.values()
        for what in (_("clauses"), _("words"))
    ]
    return Table(
        name=_("Coverage"),
        columns=(
            Column(_("Article")),
            Column(_("Heading")),
            Column(pgettext("number of words", "Words"), Type.NUMBER),
            Column(_("Principles"), Type.NUMBER),
            *counts,
        ),
        rows=[_matrix_row(line, names) for line in found.matrix.lines],
        language=get_language() or "en",
    )


def _matrix_row(line: ArticleLine, names: Mapping[str, str]) -> tuple:
    cells = [line.cells.get(slug, NOTHING) for slug in names]
    figures = [figure for cell in cells for figure in (cell.clauses, cell.words)]
    return (line.citation, line.heading, line.words, len(line.cells), *figures)


def courses_figure(found: CoverageAt, went: Courses, points: Points) -> Figure:
    """How many clauses served each principle of the matrix, from revision to revision."""
    names = _names(found)
    steps_of = {slug: went.of[slug].steps if slug in went.of else () for slug in names}
    marks = [Mark(one.number, one.name) for one in points.editions if one.number <= found.number]

    def draw(frame: Frame) -> Svg:
        return steps(
            frame,
            Axis(1, max(found.number, 1), _("Revision")),
            [Panel(name, steps_of[slug]) for slug, name in names.items()],
            marks,
            height=44,
            shared=True,
        )

    return Figure(
        key="courses",
        title=_("Coverage over time"),
        description=_(
            "How many clauses of the text were tagged with each principle, from revision to "
            "revision. All principles have the same scale."
        ),
        table=Table(
            name=_("Coverage over time"),
            columns=(
                Column(_("Principle")),
                Column(_("Revision"), Type.NUMBER),
                Column(_("Clauses"), Type.NUMBER),
            ),
            rows=[
                (name, number, clauses)
                for slug, name in names.items()
                for number, clauses in steps_of[slug]
            ],
            language=get_language() or "en",
        ),
        draw=draw,
    )


def _names(found: CoverageAt) -> dict[str, str]:
    return {one.slug: one.name(found.language) for one in found.principles}
