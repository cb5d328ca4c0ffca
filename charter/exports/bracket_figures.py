"""Square brackets over time, as a chart with its table."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports.figures import Figure, file_name, source
from charter.exports.languages import own_name
from charter.formats.charts import Frame
from charter.formats.charts_steps import Axis, Mark, Panel, steps
from charter.formats.svg import Svg
from charter.formats.tables import Column, Table, Type, Value
from charter.models import Charter
from charter.queries.brackets import Course
from charter.queries.points import points_of


def over_time(course: Course, named: Iterable[tuple[int, str]] = ()) -> Figure:
    """The course of the charter's brackets, or of a clause's, a panel for each language.

    `named` are the editions: number and name. Languages that never had a bracket are left out.
    """
    title = _("Square brackets over time")
    shown = {code: found for code, found in course.steps.items() if found}
    marks = [Mark(number, name) for number, name in named if number <= course.number]

    def draw(frame: Frame) -> Svg:
        panels = [Panel(own_name(code), found) for code, found in shown.items()]
        axis = Axis(1, max(course.number, 1), _("Revision"))
        return steps(frame, axis, panels, marks, height=80.0, shared=True)

    columns = (
        Column(_("Revision"), Type.NUMBER),
        *(Column(own_name(code), Type.NUMBER) for code in shown),
    )
    return Figure(
        key="brackets",
        title=title,
        description=_(
            "How many square brackets stood in the words, from revision to revision, in each "
            "language. Brackets inside others count too."
        ),
        table=Table(title, columns, _rows(shown), language=get_language() or "en"),
        draw=draw,
        over_time=True,
    )


def labels(charter: Charter, clause: UUID, citation: str, language: str) -> tuple[str, str]:
    """What a file with the course of a clause is called, and of what it says that it is."""
    of = source(charter, points_of(charter), charter.head, language)
    name = file_name(charter, f"brackets-{clause}", charter.head, language)
    return name, " · ".join(filter(None, (citation, of)))


def _rows(shown: dict[str, tuple[tuple[int, int], ...]]) -> Sequence[Sequence[Value]]:
    """A row wherever a count changed, with all of them."""
    changed = {code: dict(found) for code, found in shown.items()}
    now = dict.fromkeys(shown, 0)
    rows = []
    for number in sorted({at for found in changed.values() for at in found}):
        now |= {code: found[number] for code, found in changed.items() if number in found}
        rows.append((number, *now.values()))
    return rows
