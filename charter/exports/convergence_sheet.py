"""Convergence as a sheet to print: the matrix, sums, who blocks what, and the course as charts."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports import stances
from charter.exports.convergence_tables import sum_heading
from charter.exports.figures import Figure, shown
from charter.formats.sheets import Cell, Drawn, Grid, Manner, Said, Sheet, said
from charter.models import Rung, Stance
from charter.queries.convergence import Cell as Held
from charter.queries.convergence import Convergence, Line
from charter.queries.positions import Summed

_ABREAST = 8  # delegations in one table; more stand in further ones
_ARTICLE, _STATE, _COLUMN = 1.6, 1.0, 0.85  # parts of the width
# The fonts of a PDF have no tick, no cross and no arrow in a circle.
_SIGNS = {
    Stance.AGREES: "+",
    Stance.AD_REFERENDUM: "◐",
    Stance.RESERVES: "△",
    Stance.OBJECTS: "×",
}


def sheet(
    found: Convergence,
    summary: Sequence[tuple[str, str]],
    drawn: Sequence[Figure],
    source: str,
) -> Sheet:
    """All of the page. `source` says of which charter, revision and language it is."""
    today = timezone.localtime()
    as_of = _("Positions as of %(day)s") % {"day": date_format(today.date(), "j E Y")}
    figures = " · ".join(f"{name}: {figure}" for name, figure in summary)
    language = get_language() or "en"
    return Sheet(
        title=_("Convergence"),
        under=(source, as_of, figures, _legend()),
        blocks=(
            *_matrices(found),
            *_sums(found),
            *_blocks(found),
            *(Drawn(one.title, one.bare(), one.description) for one in drawn),
        ),
        language=language,
        spoken=language,
        foot=source,
        moment=today,
    )


def _legend() -> str:
    signs = [f"{sign} {stance.label}" for stance, sign in _SIGNS.items()]
    return ", ".join((*signs, f"{stances.SILENT} {_('silent')}"))


def _matrices(found: Convergence) -> Iterator[Grid]:
    """The matrix, in as many tables as the delegations need; at least one."""
    parts = [found.teams[at : at + _ABREAST] for at in range(0, max(len(found.teams), 1), _ABREAST)]
    for nth, teams in enumerate(parts, 1):
        name = _("Articles and delegations")
        if len(parts) > 1:
            name = _("%(table)s (%(nth)s of %(all)s)") % {
                "table": name,
                "nth": nth,
                "all": len(parts),
            }
        yield Grid(
            name=name,
            columns=(
                _("Article"),
                _("Agreement"),
                _("Brackets"),
                _("Amendments"),
                *(team.name for team in teams),
            ),
            rows=tuple(
                (
                    _article(line),
                    _rung(line),
                    _brackets(line),
                    _cell(", ".join(line.amendments)),
                    *(_held(line.cells[team.id], found) for team in teams),
                )
                for line in found.lines
            ),
            widths=(_ARTICLE, _STATE, 0.6, 0.8, *(_COLUMN for _team in teams)),
        )


def _sums(found: Convergence) -> Iterator[Grid]:
    if not found.organisations:
        return
    yield Grid(
        name=_("Organisations, added up from their members"),
        columns=(_("Article"), *(sum_heading(one) for one in found.organisations)),
        rows=tuple((_article(line), *map(_summed, line.sums)) for line in found.lines),
    )


def _blocks(found: Convergence) -> Iterator[Grid]:
    rows = tuple(
        (
            _cell(team.name, strong=True),
            _cell(block.citation),
            _stance(block.held.stance, stale=block.held.stale),
            _cell(str(block.held.revision)),
            _cell(block.held.note),
        )
        for team, blocks in found.blocks.items()
        for block in blocks
    )
    if rows:
        heads = (_("Delegation"), _("On"), _("Position"), _("At revision"), _("Note"))
        yield Grid(_("Who blocks what"), heads, rows, (1.0, 1.0, 1.0, 0.6, 3.0))


def _article(line: Line) -> Cell:
    heading = (said(line.heading, Manner.TITLE),) if line.heading else ()
    return (said(line.citation, strong=True), *heading)


def _rung(line: Line) -> Cell:
    now = said(f"{stances.RUNGS[line.rung]} {line.rung.label}")
    if line.rung_before is None or line.rung_before == line.rung:
        return (now,)
    return (now, _was(str(Rung(line.rung_before).label)))


def _brackets(line: Line) -> Cell:
    changed = line.brackets_before is not None and line.brackets_before != line.brackets
    now = shown(line.brackets) if line.brackets or changed else ""
    return (*_cell(now), *((_was(shown(line.brackets_before)),) if changed else ()))


def _held(cell: Held, found: Convergence) -> Cell:
    now = _stance(cell.stance, stale=bool(cell.stale))
    if found.since is None or cell.before == cell.stance:
        return now
    return (*now, _was(str(cell.before.label) if cell.before else _("silent")))


def _stance(stance: Stance | None, *, stale: bool = False) -> Cell:
    if stance is None:
        return (said(stances.SILENT, Manner.SIGN),)
    label = (said(f"{_SIGNS[stance]} {stance.label}", Manner.SIGN),)
    return (*label, said(_("stale"), Manner.REMARK)) if stale else label


def _summed(one: Summed) -> Cell:
    sums = (said(stances.said(one)),)
    if one.own is None:
        return sums
    own = _("its own delegation %(stance)s") % {"stance": str(one.own.label)}
    return (*sums, said(f"{_SIGNS[one.own]} {own}", Manner.REMARK))


def _was(before: str) -> Said:
    return said(_("was: %(before)s") % {"before": before}, Manner.REMARK)


def _cell(text: str, *, strong: bool = False) -> Cell:
    return (said(text, strong=strong),) if text else ()
