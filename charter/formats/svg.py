"""Writes SVG from data: every text and every value passes through `element`, which escapes it."""

import re
import unicodedata
from html import escape
from typing import NewType

Svg = NewType("Svg", str)  # markup, safe to stand in a page

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Widths of characters in the serif, in ems, near enough to lay out labels.
_NARROW = frozenset("iljtfrI.,;:'’|!()[]- ")
_BROAD = frozenset("mwMWЖШЩЮжшщюыфм—…@%")


def element(name: str, *inside: Svg, **attributes: object) -> Svg:
    """An element; `stroke_width=2` is written `stroke-width="2"`, `class_` is `class`; None is
    left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inside)
    return Svg(f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>")


def words(text: str) -> Svg:
    """Characters, escaped; those that XML cannot hold are left out."""
    return Svg(escape(_UNWRITABLE.sub("", text), quote=False))


def group(*inside: Svg, **attributes: object) -> Svg:
    """Elements that belong together."""
    return element("g", *inside, **attributes)


def text(said: str, x: float, y: float, **attributes: object) -> Svg:
    """One line of text with its base line at `y`."""
    return element("text", words(said), x=x, y=y, **attributes)


def measure(said: str, size: float) -> float:
    """About how wide a text is at this size."""
    return size * sum(_em(sign) for sign in said)


def fitted(said: str, width: float, size: float) -> str:
    """The text, cut with "…" where it would be wider than `width`."""
    said = " ".join(said.split())
    if measure(said, size) <= width:
        return said
    room, kept = width - size, []
    for sign in said:
        room -= size * _em(sign)
        if room < 0:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + "…"


def wrapped(said: str, width: float, size: float, most: int) -> list[str]:
    """The text in lines no wider than `width`, at most so many, the last one cut if need be."""
    lines: list[str] = []
    line = ""
    for word in said.split():
        longer = f"{line} {word}".strip()
        if line and len(lines) < most - 1 and measure(longer, size) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, fitted(line, width, size)] if line else lines


def _em(sign: str) -> float:
    if sign in _NARROW:
        return 0.3
    if sign in _BROAD:
        return 0.85
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1
    if "а" <= sign <= "я":
        return 0.54
    return 0.66 if sign.isupper() else 0.5


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(_UNWRITABLE.sub("", str(value)))
