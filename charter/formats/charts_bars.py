"""Bars that lie: one group a line, its name before it and its figures behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charter.formats.charts import (
    MARGIN,
    MOST_SERIES,
    SIZE,
    SMALL,
    WIDTH,
    Frame,
    framed,
    legend,
    number,
    series,
)
from charter.formats.svg import Svg, element, fitted, group, measure, text

_THICK = 12.0
_GAP = 10.0  # between groups
_LABELS = 250.0  # the widest that names may be
_FAR = 4  # times the next figure, from which a bar is broken off so that the others can be told
_BREAK = 7.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A group: its name and a figure for each series, none below nought."""

    name: str
    values: tuple[float, ...]


def bars(frame: Frame, names: Sequence[str], groups: Sequence[Bar]) -> Svg:
    """The chart of these groups, in their order; `names` are those of the series, three at most.

    A single series needs no legend. A bar that would dwarf all others is broken off and is longer
    than it is drawn; its figure stands behind it. ValueError where a group has not a figure for
    each series.
    """
    if not 0 < len(names) <= MOST_SERIES or any(len(one.values) != len(names) for one in groups):
        raise ValueError("A group of bars has one figure for each of one to three series.")
    left = MARGIN + min(max((measure(one.name, SIZE) for one in groups), default=0), _LABELS) + 10
    values = sorted(value for one in groups for value in one.values)
    most = _scale(values)
    longest = values[-1] if values else 0
    room = WIDTH - left - MARGIN - measure(number(longest, frame.language), SMALL) - 12
    drawn: list[Svg] = []
    y = 8.0
    if len(names) > 1:
        y += SIZE
        drawn.extend(legend(frame.key, names, y))
        y += 14
    start = y
    for one in groups:
        drawn.append(_group(frame, one, left, y, room, most))
        y += len(names) * (_THICK + 2) + _GAP
    axis = element("path", d=f"M{left:g} {start - 4:g}V{y - _GAP + 4:g}", stroke="currentColor")
    return framed(frame, y + 4, *drawn, axis)


def _scale(values: Sequence[float]) -> float:
    """The figure that is as long as there is room, of figures in order."""
    if not values or values[-1] <= 0:
        return 1
    near = [value for value in values if value * _FAR >= values[-1]]
    rest = [value for value in values if value * _FAR < values[-1]]
    outlying = len(near) <= 2 and len(rest) > 2 and rest[-1] > 0
    return rest[-1] * 1.5 if outlying else values[-1]


def _group(frame: Frame, one: Bar, left: float, top: float, room: float, most: float) -> Svg:
    thick = len(one.values) * (_THICK + 2)
    middle = top + thick / 2 + SIZE * 0.33
    name = fitted(one.name, left - MARGIN - 10, SIZE)
    shapes = [text(name, left - 10, middle, text_anchor="end")]
    for at, value in enumerate(one.values):
        y = top + at * (_THICK + 2)
        length = min(max(value, 0.0) / most, 1.0) * room
        if value > most:
            shapes.extend(_broken(frame, at, left, y, length))
        elif length:
            shapes.append(
                element("rect", x=left, y=y, width=length, height=_THICK, **series(frame.key, at))
            )
        said = number(value, frame.language)
        shapes.append(text(said, left + length + 6, y + _THICK - 2, font_size=SMALL))
    return group(*shapes)


def _broken(frame: Frame, at: int, left: float, y: float, length: float) -> Iterator[Svg]:
    """A bar in two pieces with a slanting gap before its end."""
    end, low = left + length, y + _THICK
    gap = end - 3 * _BREAK
    pieces = (
        f"M{left:g} {y:g}H{gap + _BREAK / 2:g}L{gap - _BREAK / 2:g} {low:g}H{left:g}Z",
        f"M{gap + _BREAK * 1.5:g} {y:g}H{end:g}V{low:g}H{gap + _BREAK / 2:g}Z",
    )
    for piece in pieces:
        yield element("path", d=piece, **series(frame.key, at))
