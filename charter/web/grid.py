"""The matrix of convergence as a table: articles down, delegations across.

Its cells are written as strings, as a long text has thousands of them; all that comes from people
passes `escape`.
"""

from collections.abc import Iterator
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from charter.exports.stances import RUNGS, SIGNS, SILENT, STALE, said, signed
from charter.models import Rung
from charter.queries.convergence import Cell, Convergence, Line
from charter.queries.positions import Summed
from charter.web.pieces import text_attributes


class Grid:
    """Writes the parts of the table. Each state is said in words beside its sign."""

    def __init__(self, found: Convergence, slug: str, language: str) -> None:
        self.found, self.slug = found, slug
        self.attributes = text_attributes(language)
        self.query = f"?language={language}"
        self.silent = escape(_("silent"))
        self.stale = escape(_("stale"))
        self.said = {stance: escape(str(stance.label)) for stance in SIGNS}

    @property
    def head(self) -> SafeString:
        """A heading for each delegation."""
        return mark_safe(  # noqa: S308
            "".join(
                f'<th scope="col" {self.attributes}><abbr title="{escape(team.name)}">'
                f'{escape(team.code)}</abbr><span class="unseen"> {escape(team.name)}</span></th>'
                for team in self.found.teams
            )
        )

    @property
    def body(self) -> SafeString:
        """A row for each article."""
        return mark_safe("".join(self._rows()))  # noqa: S308

    @property
    def sums_head(self) -> SafeString:
        """A heading for each organisation."""
        return mark_safe(  # noqa: S308
            "".join(
                f'<th scope="col" {self.attributes}>{escape(one.name)}</th>'
                for one in self.found.organisations
            )
        )

    @property
    def sums_body(self) -> SafeString:
        """A row for each article: what the members of each organisation hold, added up."""
        return mark_safe("".join(self._sums()))  # noqa: S308

    def _sums(self) -> Iterator[str]:
        for line in self.found.lines:
            yield f'<tr><th scope="row" {self.attributes}>{self._article(line)}</th>'
            for one in line.sums:
                yield self._sum(one)
            yield "</tr>"

    def _sum(self, one: Summed) -> str:
        own = ""
        if one.own is not None:
            held = _("its own delegation %(stance)s") % {"stance": str(one.own.label)}
            own = f'<span class="under">{SIGNS[one.own]} {escape(held)}</span>'
        return (
            f'<td><span aria-hidden="true" class="signs">{signed(one)}</span>'
            f'<span class="under">{escape(said(one))}</span>{own}</td>'
        )

    def _rows(self) -> Iterator[str]:
        for line in self.found.lines:
            yield f'<tr><th scope="row" {self.attributes}>{self._article(line)}</th>'
            yield f"<td>{self._rung(line)}</td><td>{self._brackets(line)}</td>"
            yield f"<td>{', '.join(map(self._amendment, line.amendments))}</td>"
            for team in self.found.teams:
                yield self._cell(line.cells[team.id])
            yield "</tr>"

    def _amendment(self, symbol: str) -> str:
        address = reverse("amendment", args=[self.slug, self.found.ids[symbol]]) + self.query
        return f'<a class="symbol" href="{escape(address)}">{escape(symbol)}</a>'

    def _article(self, line: Line) -> str:
        address = reverse("clause", args=[self.slug, line.id]) + self.query
        heading = f' <span class="under">{escape(line.heading)}</span>' if line.heading else ""
        return f'<a href="{escape(address)}">{escape(line.citation)}</a>{heading}'

    def _rung(self, line: Line) -> str:
        said = escape(str(line.rung.label))
        html = f'<span aria-hidden="true">{RUNGS[line.rung]}</span> {said}'
        if line.rung_before is not None and line.rung_before != line.rung:
            html += self._was(str(Rung(line.rung_before).label))
        return html

    def _brackets(self, line: Line) -> str:
        html = self._bracket_link(line) if line.brackets else ""
        before = line.brackets_before
        changed = before is not None and before != line.brackets
        return (html or "0") + self._was(str(before)) if changed else html

    def _bracket_link(self, line: Line) -> str:
        """The number of brackets, which leads to how it came about."""
        address = reverse("clause_history", args=[self.slug, line.id]) + self.query + "#brackets"
        said = escape(_("over time: %(article)s") % {"article": line.citation})
        return f'<a href="{escape(address)}">{line.brackets}<span class="unseen"> {said}</span></a>'

    def _cell(self, cell: Cell) -> str:
        changed = self.found.since is not None and cell.before != cell.stance
        was = self._was(str(cell.before.label) if cell.before else _("silent")) if changed else ""
        if cell.stance is None:
            return (
                f'<td class="silent"><span aria-hidden="true">{SILENT}</span>'
                f'<span class="unseen">{self.silent}</span>{was}</td>'
            )
        said = self.said[cell.stance]
        stale = f'<span class="stale">{STALE} {self.stale}</span>' if cell.stale else ""
        return (
            f'<td class="{cell.stance.value}"><span class="sign" aria-hidden="true">'
            f'{SIGNS[cell.stance]}</span><span class="under">{said}</span>'
            f"{stale}{was}</td>"
        )

    def _was(self, before: str) -> str:
        said = _("was: %(before)s") % {"before": before}
        return f'<span class="under was">{escape(said)}</span>'
