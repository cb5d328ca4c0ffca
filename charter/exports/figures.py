"""Figures of a charter: each a chart and its table, on a page or as a file to take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports import languages, points
from charter.exports.files import File, NoFile, lend_connection
from charter.formats import csv_, picture, xlsx
from charter.formats.charts import Frame, number
from charter.formats.svg import Svg
from charter.formats.tables import Table, Type, Value
from charter.models import Charter, Revision
from charter.queries.points import Points

SVG = "image/svg+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its table. `key` names it in addresses and ids; `draw` draws it in a frame.

    One over time begins at its end where it is wider than the page: the latest is wanted first.
    """

    key: str
    title: str
    description: str
    table: Table
    draw: Callable[[Frame], Svg]
    over_time: bool = False

    @property
    def inline(self) -> SafeString:
        """The chart for the middle of a page that says its title."""
        return mark_safe(self.bare())  # noqa: S308  escaped by `svg`

    def bare(self) -> Svg:
        """The chart for a page of a document, which says its title and its source."""
        return self.draw(self._frame("", alone=False))

    def alone(self, source: str) -> Svg:
        """The chart to take away; `source` says of what and when it is."""
        return self.draw(self._frame(source, alone=True))

    def _frame(self, source: str, *, alone: bool) -> Frame:
        return Frame(
            key=self.key,
            title=self.title,
            description=self.description,
            source=source,
            language=get_language() or "en",
            alone=alone,
        )

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The table's headings, each with the class of its column."""
        return [(column.heading, _class(column.type)) for column in self.table.columns]

    @property
    def rows(self) -> list[list[tuple[str, str, str]]]:
        """The table's rows: what each cell says, its class and its heading."""
        return [
            [
                (shown(value), _class(column.type), column.heading)
                for column, value in zip(self.table.columns, row, strict=True)
            ]
            for row in self.table.rows
        ]


def _class(type: Type) -> str:
    return "numeric" if type in (Type.NUMBER, Type.SHARE) else ""


def shown(value: Value) -> str:
    """A value as a page of the interface shows it."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return number(value, get_language() or "en")
    return value if isinstance(value, str) else date_format(value, "j E Y")


def source(charter: Charter, known: Points, number: int, language: str) -> str:
    """Of what a figure is: the charter, its edition or revision, the language of the words."""
    when = points.name(known, number)
    return " · ".join((charter.title_in(language), when, languages.name(language)))


def file_name(charter: Charter, noun: str, number: int, language: str) -> str:
    """What a file is called, without its ending: "slug-coverage-ru-r12"."""
    own = "" if language == charter.working_language else f"-{language}"
    return f"{charter.slug}-{noun}{own}-r{number}"


def file_of(
    figures: Sequence[Figure],
    wanted: str,
    key: str = "",
    *,
    name: str,
    source: str,
    revision: Revision | None = None,
) -> File:
    """In the format `wanted` a workbook of all figures, or the one of this key (the first unasked).

    `name` is what the file is called. NoFile for a format or a figure there is not,
    TypesettingFailed where a picture cannot be made.
    """
    if wanted == "xlsx" and not key:
        return workbook([figure.table for figure in figures], name, source, revision)
    figure = next((one for one in figures if not key or one.key == key), None)
    if figure is None:
        raise NoFile(key)
    name = f"{name}-{figure.key}" if key else name
    if wanted == "csv":
        return separated(figure.table, name)
    if wanted == "svg":
        return File(figure.alone(source).encode(), SVG, f"{name}.svg")
    if wanted == "png":
        svg = figure.alone(source)
        lend_connection()
        data = picture.write(svg, figure.description)
        return File(data, picture.MEDIA_TYPE, f"{name}.png")
    raise NoFile(wanted)


def separated(table: Table, name: str) -> File:
    """A table as CSV."""
    return File(csv_.write(table, bom=True), csv_.MEDIA_TYPE, f"{name}.csv")


def workbook(
    tables: Sequence[Table], name: str, title: str = "", revision: Revision | None = None
) -> File:
    """Tables as a workbook, dated by the revision they are of."""
    moment = revision.committed_at if revision else None
    data = xlsx.write(tables, title=title, moment=moment)
    return File(data, xlsx.MEDIA_TYPE, f"{name}.xlsx")


def formats() -> list[tuple[str, str]]:
    """What a figure may be taken away as."""
    return [("svg", "SVG"), ("png", "PNG"), ("csv", "CSV"), ("xlsx", _("Excel"))]
