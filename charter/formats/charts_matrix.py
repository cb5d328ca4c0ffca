"""A matrix: lines by columns, each cell a disc as large as its weight with its count in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from charter.formats.charts import MARGIN, SIZE, SMALL, WIDTH, Frame, framed, number
from charter.formats.svg import Svg, element, fitted, group, measure, text

_LINE = 30.0
_CELL = 38.0
_LABELS = 330.0  # the widest that the lines' names may be
_COLUMN_LABELS = 210.0
_DIAGONAL = sqrt(0.5)
_LARGEST, _LEAST = 13.5, 7.5  # radius of a disc

MOST_LINES = 400  # drawn; a taller picture is read by nobody and drawn by few programs


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` is printed, `weight` is the size of the disc."""

    count: int
    weight: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line's name and its cells, None for an empty one. One without any cell is hatched."""

    name: str
    cells: tuple[Cell | None, ...]


def matrix(
    frame: Frame, columns: Sequence[str], lines: Sequence[Line], totals: Sequence[int], total: str
) -> Svg:
    """The matrix, MOST_LINES at most; under each column stands its total, and `total` before them.

    ValueError where a line has not a cell for each column.
    """
    if any(len(line.cells) != len(columns) for line in lines) or len(totals) != len(columns):
        raise ValueError("A line of a matrix has one cell for each column.")
    lines = lines[:MOST_LINES]
    heads = [fitted(name, _COLUMN_LABELS, SIZE) for name in columns]
    longest = max((measure(name, SIZE) for name in heads), default=0)
    top = longest * _DIAGONAL + 22
    left = MARGIN + min(max((measure(one.name, SIZE) for one in lines), default=0), _LABELS) + 12
    width = max(WIDTH, left + len(columns) * _CELL + longest * _DIAGONAL + MARGIN)
    right = left + len(columns) * _CELL
    most = max((cell.weight for line in lines for cell in line.cells if cell), default=0) or 1
    drawn = [_head(name, left + (at + 0.5) * _CELL, top - 8) for at, name in enumerate(heads)]
    for at, line in enumerate(lines):
        drawn.append(_line(frame, line, left, top + at * _LINE, most))
    bottom = top + len(lines) * _LINE
    drawn.append(_grid(left, right, top, len(lines), len(columns)))
    drawn.append(_totals(frame, totals, total, left, bottom))
    return framed(frame, bottom + 34, *drawn, width=width)


def _head(name: str, x: float, y: float) -> Svg:
    return text(name, 0, 0, transform=f"translate({x + 4:.1f} {y:.1f}) rotate(-45)")


def _line(frame: Frame, line: Line, left: float, top: float, most: float) -> Svg:
    middle = top + _LINE / 2
    name = fitted(line.name, left - MARGIN - 12, SIZE)
    shapes = [text(name, left - 12, middle + 5, text_anchor="end")]
    if not any(line.cells):
        shapes.append(
            element(
                "rect",
                x=left + 1,
                y=top + 7,
                width=max(len(line.cells) * _CELL - 2, 1),
                height=_LINE - 14,
                fill=f"url(#{frame.key}-pattern-1)",
                opacity=0.4,
            )
        )
    for at, cell in enumerate(line.cells):
        if cell is not None:
            x = left + (at + 0.5) * _CELL
            radius = _LEAST + (_LARGEST - _LEAST) * sqrt(cell.weight / most)
            shapes.append(
                element(
                    "circle",
                    cx=x,
                    cy=middle,
                    r=radius,
                    fill="currentColor",
                    fill_opacity=0.16,
                    stroke="currentColor",
                    stroke_width=1.2,
                )
            )
            said = number(cell.count, frame.language)
            shapes.append(text(said, x, middle + 4.5, font_size=SMALL, text_anchor="middle"))
    return group(*shapes)


def _grid(left: float, right: float, top: float, lines: int, columns: int) -> Svg:
    rows = "".join(f"M{left:g} {top + at * _LINE:g}H{right:g}" for at in range(lines + 1))
    bottom = top + lines * _LINE
    uprights = "".join(f"M{left + at * _CELL:g} {top:g}V{bottom:g}" for at in range(columns + 1))
    return element("path", d=rows + uprights, stroke="currentColor", stroke_opacity=0.15)


def _totals(frame: Frame, totals: Sequence[int], total: str, left: float, top: float) -> Svg:
    said = [
        text(
            fitted(total, left - MARGIN - 12, SIZE),
            left - 12,
            top + 20,
            text_anchor="end",
            font_weight="bold",
        )
    ]
    for at, value in enumerate(totals):
        x = left + (at + 0.5) * _CELL
        shown = number(value, frame.language)
        said.append(text(shown, x, top + 20, text_anchor="middle", font_weight="bold"))
    return group(*said)
