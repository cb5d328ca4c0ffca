"""The matrix of coverage as a table: articles down, principles across.

Its cells are written as strings, as a long text has thousands of them; all that comes from people
passes `escape`.
"""

from collections.abc import Iterator
from functools import cached_property
from html import escape

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from charter.formats.charts import number
from charter.queries.coverage import CoverageAt
from charter.text.coverage import Cell, Line
from charter.web.pieces import text_attributes

SHADES = 5


class Matrix:
    """Writes the parts of the table. Shades say again what the figures say: how many words."""

    def __init__(self, found: CoverageAt, slug: str) -> None:
        self.found = found
        self.query = f"?at={found.number}&language={found.language}"
        self.text = reverse("text", args=[slug])
        self.links = {
            one.slug: reverse("principle_clauses", args=[slug, one.slug]) + self.query
            for one in found.principles
        }
        self.names = {one.slug: one.name(found.language) for one in found.principles}
        self.interface = get_language() or "en"

    @cached_property
    def most(self) -> int:
        """The words of the heaviest cell."""
        lines = self.found.matrix.lines
        return max((cell.words for line in lines for cell in line.cells.values()), default=0) or 1

    @property
    def head(self) -> SafeString:
        """A heading for each principle, which leads to its clauses."""
        cells = [
            format_html(
                '<th scope="col" class="principle-name"><a href="{}"><span {}>{}</span></a></th>',
                self.links[one.slug],
                text_attributes(self.found.language),
                self.names[one.slug],
            )
            for one in self.found.principles
        ]
        return mark_safe("".join(cells))  # noqa: S308

    @property
    def body(self) -> SafeString:
        """A row for each article."""
        return mark_safe("".join(self._rows()))  # noqa: S308

    @property
    def foot(self) -> SafeString:
        """Clauses, words and articles of each principle."""
        matrix = self.found.matrix
        slugs = matrix.principles
        rows = (
            (_("Clauses"), [matrix.totals[slug].clauses for slug in slugs]),
            (pgettext("number of words", "Words"), [matrix.totals[slug].words for slug in slugs]),
            (_("Articles"), [matrix.articles[slug] for slug in slugs]),
        )
        return mark_safe(  # noqa: S308
            "".join(
                f'<tr><th scope="row">{escape(name)}</th>'
                + "".join(f"<td>{self._figure(value)}</td>" for value in values)
                + "<td></td></tr>"
                for name, values in rows
            )
        )

    def _rows(self) -> Iterator[str]:
        none = escape(_("none"))
        attributes = text_attributes(self.found.language)
        for line in self.found.matrix.lines:
            kind = "" if line.cells else ' class="gap"'
            yield f'<tr{kind}><th scope="row" {attributes}>{self._article(line)}</th>'
            for slug in self.found.matrix.principles:
                cell = line.cells.get(slug)
                yield self._cell(cell) if cell else "<td></td>"
            said = self._figure(len(line.cells)) if line.cells else none
            yield f'<td class="count">{said}</td></tr>'

    def _article(self, line: Line) -> str:
        address = escape(f"{self.text}{self.query}#clause-{line.id}")
        heading = f' <span class="under">{escape(line.heading)}</span>' if line.heading else ""
        return f'<a href="{address}">{escape(line.citation)}</a>{heading}'

    def _cell(self, cell: Cell) -> str:
        shade = 1 + min(SHADES - 1, cell.words * SHADES // (self.most + 1))
        words = ngettext("%(count)s word", "%(count)s words", cell.words)
        return (
            f'<td class="shade-{shade}"><b>{self._figure(cell.clauses)}</b>'
            f'<span class="under">{escape(words % {"count": self._figure(cell.words)})}</span></td>'
        )

    def _figure(self, value: int) -> str:
        return number(value, self.interface)
