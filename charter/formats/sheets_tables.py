"""Sheets as tables for workbooks: the paragraphs of a cell below one another, with their marks."""

from collections.abc import Iterator
from dataclasses import replace

from charter.formats.runs import Run
from charter.formats.sheets import Cell, Grid, Listed, Manner, Said, Sheet
from charter.formats.tables import Column, Marked, Table

_FIRST, _WORDS, _LISTED = 18, 46, 80  # characters that a column shows


def tables(sheet: Sheet) -> list[Table]:
    """A table for each grid and each list; charts stay out."""
    return [
        _grid(one, sheet.language) if isinstance(one, Grid) else _list(one, sheet.language)
        for one in sheet.blocks
        if isinstance(one, Grid | Listed)
    ]


def _grid(grid: Grid, language: str) -> Table:
    columns = tuple(
        Column(name, width=_WORDS if place else _FIRST) for place, name in enumerate(grid.columns)
    )
    return Table(
        grid.name, columns, [[_marked(cell) for cell in row] for row in grid.rows], language
    )


def _list(one: Listed, language: str) -> Table:
    return Table(
        one.name, (Column(one.name, width=60),), [[_marked(c)] for c in one.items], language
    )


def _marked(cell: Cell) -> Marked | None:
    """A cell's paragraphs as one run of words; None for an empty one."""
    found: list[Run] = []
    for at, said in enumerate(cell):
        if at:
            found.append(Run("\n"))
        found += _runs(said.runs, said)
    return Marked(tuple(found)) if found else None


def _runs(runs: tuple[Run, ...], said: Said) -> Iterator[Run]:
    """The runs of a paragraph; a footnote stands in parentheses where its mark was."""
    slanted = said.manner in (Manner.TITLE, Manner.REMARK)
    for run in runs:
        if run.note is not None:
            yield Run(" (", run.op)
            yield from _runs(run.note, said)
            yield Run(")", run.op)
        else:
            yield replace(run, emphasis=run.emphasis or slanted, address="", clause="")
