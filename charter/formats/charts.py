"""What every chart is drawn in: a frame with title and description, patterns, numbers.

A chart is one piece of SVG without style and script. It stands in a page, whose style sheet gives
its classes the page's own colours, and alone in a file, where its attributes say them. Nothing in
it is told by colour only: series have patterns, and figures stand beside what they measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from charter.formats.languages import primary
from charter.formats.svg import Svg, element, fitted, group, measure, text, words, wrapped

WIDTH = 720.0
MARGIN = 16.0
SIZE = 14.0  # of letters
SMALL = 12.0
MOST_SERIES = 3

_INK, _GROUND, _ACCENT = "#1d1b18", "#ffffff", "#1c4d7a"
_FACES = "Libertinus Serif, Noto Serif, Noto Sans SC, Amiri, Georgia, serif"
_SWATCH = 12.0
_SCALES = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a chart says of itself.

    `key` (letters, digits, hyphens) keeps its ids apart from those of other charts of a page.
    `title` names it, `description` says in a sentence what it shows, `source` of what and when.
    `alone` is a chart to take away: with its title in sight, on a ground of its own.
    """

    key: str
    title: str
    description: str
    source: str = ""
    language: str = "en"
    alone: bool = True


def framed(frame: Frame, height: float, *inside: Svg, width: float = WIDTH) -> Svg:
    """The chart: `inside`, drawn from (0, 0) to (`width`, `height`), in its frame."""
    top = _head_height(frame)
    whole = height + top + (MARGIN if frame.alone else 0)
    named = f"{frame.key}-title {frame.key}-description"
    return element(
        "svg",
        element("title", words(frame.title), id=f"{frame.key}-title"),
        element("desc", words(frame.description), id=f"{frame.key}-description"),
        _patterns(frame.key),
        *_head(frame, width, whole),
        group(*inside, transform=f"translate(0 {top:g})"),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart",
        viewBox=f"0 0 {width:g} {whole:g}",
        width=width,
        height=whole,
        role="img",
        aria_labelledby=named,
        direction="ltr",
        color=_INK,
        fill="currentColor",
        font_family=_FACES,
        font_size=SIZE,
        lang=frame.language,
    )


def _head_height(frame: Frame) -> float:
    if not frame.alone:
        return 0
    return MARGIN + 24 + 17 * len(_under(frame)) + 10


def _under(frame: Frame) -> list[str]:
    """The lines below a title: of what and when the chart is, and what it shows."""
    lines = wrapped(frame.description, WIDTH - 2 * MARGIN, SMALL, most=3)
    return [frame.source, *lines] if frame.source else lines


def _head(frame: Frame, width: float, height: float) -> tuple[Svg, ...]:
    if not frame.alone:
        return ()
    room = WIDTH - 2 * MARGIN
    title = fitted(frame.title, room, 18)
    lines = [
        element("rect", width=width, height=height, fill=_GROUND),
        text(title, MARGIN, MARGIN + 16, font_size=18.0, font_weight="bold"),
    ]
    for at, said in enumerate(_under(frame)):
        y = MARGIN + 38 + 17 * at
        lines.append(text(fitted(said, room, SMALL), MARGIN, y, font_size=SMALL))
    return tuple(lines)


def series(key: str, at: int) -> dict[str, object]:
    """The attributes of a shape that belongs to series `at`: solid, hatched, dotted."""
    fill = "currentColor" if at == 0 else f"url(#{key}-pattern-{at})"
    return {"fill": fill, "stroke": "currentColor", "stroke_width": 1.0, **accent(at)}


def accent(at: int = 0) -> dict[str, object]:
    """The attributes that give what stands in the shape its colour."""
    return {"class_": "accent", "color": _ACCENT} if at == 0 else {}


def _patterns(key: str) -> Svg:
    line = element("path", d="M0 6L6 0", stroke="currentColor", stroke_width=1.4)
    dots = element("circle", cx=3.0, cy=3.0, r=1.2)
    return element(
        "defs",
        _pattern(f"{key}-pattern-1", line),
        _pattern(f"{key}-pattern-2", dots),
    )


def _pattern(id: str, mark: Svg) -> Svg:
    return element("pattern", mark, id=id, width=6, height=6, patternUnits="userSpaceOnUse")


def legend(key: str, names: Sequence[str], y: float) -> tuple[Svg, ...]:
    """The names of the series, each behind its pattern, in one line at `y`."""
    x, found = MARGIN, []
    for at, name in enumerate(names):
        found.append(
            element(
                "rect", x=x, y=y - _SWATCH + 1, width=_SWATCH, height=_SWATCH, **series(key, at)
            )
        )
        found.append(text(name, x + _SWATCH + 6, y))
        x += _SWATCH + 6 + measure(name, SIZE) + 22
    return tuple(found)


def number(value: float, language: str) -> str:
    """A figure as the language groups it: "12,345" or "12 345"."""
    said = f"{value:,.1f}".removesuffix(".0")
    if primary(language) in ("en", "zh", "ar"):
        return said
    return said.replace(",", "\u202f").replace(".", ",")


def rounded_up(value: float) -> float:
    """The end of a scale: 1, 2 or 5 with noughts, not below `value`."""
    if value <= 1:
        return 1
    power = 10.0 ** (len(str(ceil(value))) - 1)
    return power * next(step for step in _SCALES if step * power >= value)
