"""A chart as PNG, drawn from its SVG by the typesetter in a process of its own.

In the fonts of `fonts/` alone, so that a chart is the same picture on every machine.
"""

from charter.formats.script_fonts import scripts
from charter.formats.svg import Svg
from charter.formats.typesetting import Typesetter, TypesettingFailed

MEDIA_TYPE = "image/png"

RESOLUTION = 144  # pixels in an inch of 96 units: one and a half pixels for each unit of the SVG
MEMORY = 2 * 1024**3
SECONDS = 20


def _(sentence: str) -> str:
    """Marks a sentence for the catalogue of translations; the page that says it translates it."""
    return sentence


def write(svg: Svg, description: str = "") -> bytes:
    """The PNG. TypesettingFailed when it needs more memory or time than it is allowed."""
    folders = " ".join(scripts(svg))
    alt = " ".join(description.split())
    with Typesetter("draw.py", memory=MEMORY, seconds=SECONDS) as typesetter:
        try:
            return typesetter.run(f"{RESOLUTION} {folders}\n{alt}\n{svg}".encode())
        except TypesettingFailed as failed:
            raise TypesettingFailed(_("The picture could not be drawn."), failed.detail) from failed
