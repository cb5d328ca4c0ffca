"""Figures that hold from one revision to the next: a panel for each, one above the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from charter.formats.charts import (
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    Frame,
    accent,
    framed,
    number,
    rounded_up,
)
from charter.formats.svg import Svg, element, fitted, group, measure, text

_LEFT = 64.0
_LABEL = 20.0  # above a panel
_MARKS = 18.0  # a line of names above the panels
_FEET = 44.0


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure: (revision, value) wherever it changed, in order; nought before the first."""

    name: str
    steps: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A named revision, shown across all panels."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The revisions from `first` to `last`, and what they are called."""

    first: int
    last: int
    name: str


def steps(
    frame: Frame,
    axis: Axis,
    panels: Sequence[Panel],
    marks: Sequence[Mark] = (),
    *,
    height: float = 120.0,
    shared: bool = False,
) -> Svg:
    """The chart of these panels, each `height` high; `shared` gives all of them one scale."""
    most = max((value for panel in panels for _, value in panel.steps), default=0)
    right = max((_end_width(panel, frame) for panel in panels), default=0) + 10
    across = _Across(axis, WIDTH - MARGIN - right)
    top = 2 * _MARKS + 6 if marks else 4.0
    drawn: list[Svg] = []
    y = top
    for panel in panels:
        scale = most if shared else max((value for _, value in panel.steps), default=0)
        low = y + _LABEL + height
        drawn.append(_marked(marks, across, y + _LABEL, low))
        drawn.append(_panel(frame, panel, across, y + _LABEL, height, rounded_up(scale)))
        y = low + 12
    names = _mark_names(marks, across, top)
    return framed(frame, y + _FEET - 12, *names, *drawn, _feet(frame, across, y))


@dataclass(frozen=True, slots=True)
class _Across:
    """Where a revision stands from left to right."""

    axis: Axis
    end: float

    def x(self, number: float) -> float:
        span = max(self.axis.last - self.axis.first, 1)
        return round(_LEFT + (self.end - _LEFT) * (number - self.axis.first) / span, 1)


def _panel(
    frame: Frame, panel: Panel, across: _Across, top: float, height: float, most: float
) -> Svg:
    bottom = top + height
    points = [
        (across.x(number), round(bottom - height * value / most, 1))
        for number, value in _thinned(panel, across)
    ]
    line = "".join(f"H{x:g}V{y:g}" for x, y in points[1:]) + f"H{across.end:g}"
    start = f"{points[0][0]:g} {points[0][1]:g}" if points else f"{_LEFT:g} {bottom:g}"
    last = panel.steps[-1][1] if panel.steps else 0
    y_last = points[-1][1] if points else bottom
    begin = points[0][0] if points else _LEFT
    name = fitted(panel.name, across.end - _LEFT, SIZE)
    return group(
        # Over its end, which is what a narrow window shows first.
        text(name, across.end, top - 7, font_weight="bold", text_anchor="end"),
        _grid(frame, across, top, height, most),
        element(
            "path",
            d=f"M{start}{line}V{bottom:g}H{begin:g}Z",
            fill="currentColor",
            fill_opacity=0.14,
            **accent(),
        ),
        element(
            "path",
            d=f"M{start}{line}",
            fill="none",
            stroke="currentColor",
            stroke_width=2.0,
            stroke_linejoin="round",
            **accent(),
        ),
        text(number(last, frame.language), across.end + 6, y_last + 4, font_weight="bold"),
    )


def _thinned(panel: Panel, across: _Across) -> list[tuple[int, float]]:
    """The steps, only the last of those that fall on one place of the page."""
    kept: dict[float, tuple[int, float]] = {}
    for step in panel.steps:
        kept[round(across.x(step[0]))] = step
    return list(kept.values())


def _grid(frame: Frame, across: _Across, top: float, height: float, most: float) -> Svg:
    halves = (0, 0.5, 1) if height >= 90 else (0, 1)
    lines = []
    for part in halves:
        y = top + height * (1 - part)
        lines.append(
            element(
                "path",
                d=f"M{_LEFT:g} {y:g}H{across.end:g}",
                stroke="currentColor",
                stroke_opacity=0.35 if part == 0 else 0.15,
            )
        )
        if most * part == int(most * part):
            said = number(most * part, frame.language)
            lines.append(text(said, _LEFT - 8, y + 4, font_size=SMALL, text_anchor="end"))
    return group(*lines)


def _marked(marks: Sequence[Mark], across: _Across, top: float, bottom: float) -> Svg:
    """A line for each named revision through one panel."""
    return group(
        *(
            element(
                "path",
                d=f"M{across.x(mark.at):g} {top:g}V{bottom:g}",
                stroke="currentColor",
                stroke_opacity=0.6,
                stroke_dasharray="2 4",
            )
            for mark in marks
        )
    )


def _mark_names(marks: Sequence[Mark], across: _Across, top: float) -> tuple[Svg, ...]:
    """The names in two lines; one that would run into another is left out, its line is not."""
    ends = [0.0, 0.0]
    found = []
    for mark in marks:
        said = fitted(mark.name, 170, SMALL)
        long = measure(said, SMALL)
        start = min(max(across.x(mark.at) - long / 2, MARGIN), WIDTH - MARGIN - long)
        row = next((row for row in (1, 0) if ends[row] <= start), None)
        if row is not None:
            ends[row] = start + long + 12
            found.append(text(said, start, top - 8 - (1 - row) * _MARKS, font_size=SMALL))
    return tuple(found)


def _feet(frame: Frame, across: _Across, y: float) -> Svg:
    axis = across.axis
    shown = []
    for value in _ticks(axis.first, axis.last):
        x = across.x(value)
        shown.append(
            text(number(value, frame.language), x, y + 2, font_size=SMALL, text_anchor="middle")
        )
    middle = (_LEFT + across.end) / 2
    shown.append(text(axis.name, middle, y + 20, font_size=SMALL, text_anchor="middle"))
    return group(*shown)


def _ticks(first: int, last: int) -> list[int]:
    """At most eight revisions to name, the first and the last among them."""
    span = max(last - first, 1)
    step = max(int(rounded_up(span / 6)), 1)
    inner = [value for value in range(step, last, step) if value > first]
    inner = [value for value in inner if value - first > span / 20 and last - value > span / 16]
    return sorted({first, *inner, last})


def _end_width(panel: Panel, frame: Frame) -> float:
    last = panel.steps[-1][1] if panel.steps else 0
    return measure(number(last, frame.language), SIZE)
