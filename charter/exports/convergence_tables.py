"""Convergence as tables to take away, and its course as a chart."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports.figures import Figure
from charter.exports.stances import said
from charter.formats.charts import Frame
from charter.formats.charts_steps import Axis, Mark, Panel, steps
from charter.formats.svg import Svg
from charter.formats.tables import Column, Table, Type, Value
from charter.queries.convergence import Cell, Convergence
from charter.queries.convergence_course import At
from charter.queries.positions import Summed


def tables(found: Convergence) -> list[Table]:
    """The matrix, and who blocks what."""
    return [_matrix(found), _blocks(found)]


def cell_said(cell: Cell) -> str:
    """A cell in words: "objects (stale)"."""
    if cell.stance is None:
        return _("silent")
    stance = str(cell.stance.label)
    return _("%(stance)s (stale)") % {"stance": stance} if cell.stale else stance


def sum_heading(one: Summed) -> str:
    """What a column of sums is called, so that nobody takes it for positions."""
    return _("%(organisation)s (sum of its members)") % {"organisation": one.name}


def _matrix(found: Convergence) -> Table:
    columns = [
        Column(_("Article")),
        Column(_("Heading")),
        Column(_("Agreement")),
        Column(_("Brackets"), Type.NUMBER),
        Column(_("Amendments")),
        *(Column(team.name) for team in found.teams),
        *(Column(sum_heading(one)) for one in found.organisations),
    ]
    rows: list[Sequence[Value]] = [
        (
            line.citation,
            line.heading,
            str(line.rung.label),
            line.brackets,
            ", ".join(line.amendments),
            *(cell_said(line.cells[team.id]) for team in found.teams),
            *(said(one) for one in line.sums),
        )
        for line in found.lines
    ]
    return _table(_("Convergence"), columns, rows)


def _blocks(found: Convergence) -> Table:
    columns = [
        Column(_("Delegation")),
        Column(_("On")),
        Column(_("Position")),
        Column(_("Stale")),
        Column(_("At revision"), Type.NUMBER),
        Column(_("Note")),
    ]
    rows: list[Sequence[Value]] = [
        (
            team.name,
            block.citation,
            str(block.held.stance.label),
            _("stale") if block.held.stale else "",
            block.held.revision,
            block.held.note,
        )
        for team, blocks in found.blocks.items()
        for block in blocks
    ]
    return _table(_("Who blocks what"), columns, rows)


def course(points: Sequence[At], named: Iterable[tuple[int, str]]) -> Figure:
    """Positions over the revisions."""
    title = _("The course of agreement")
    panels = (
        (_("Positions that agree"), "agreeing"),
        (_("Positions that reserve or object"), "blocking"),
        (_("Stale positions"), "stale"),
    )
    last = points[-1].number if points else 1
    shown = {one.number for one in points}
    marks = [Mark(number, name) for number, name in named if number in shown]

    def draw(frame: Frame) -> Svg:
        drawn = [
            Panel(name, tuple((one.number, getattr(one, key)) for one in points))
            for name, key in panels
        ]
        return steps(frame, Axis(1, last, _("Revision")), drawn, marks, height=80.0)

    columns = [
        Column(_("Revision"), Type.NUMBER),
        *(Column(name, Type.NUMBER) for name, _key in panels),
    ]
    rows = [(one.number, *(getattr(one, key) for _name, key in panels)) for one in points]
    return Figure(
        key="course",
        title=title,
        description=_(
            "What was held at the named revisions and at some between them: the positions on "
            "clauses that all may see."
        ),
        table=_table(title, columns, rows),
        draw=draw,
        over_time=True,
    )


def _table(name: str, columns: Iterable[Column], rows: Sequence[Sequence[Value]]) -> Table:
    return Table(name=name, columns=tuple(columns), rows=rows, language=get_language() or "en")
