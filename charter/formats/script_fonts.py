"""The fonts a text is set in: which folders are read for its scripts, and which families they have.

Only scripts that occur have their fonts read, for the large ones take time.
"""

import re
from collections.abc import Iterable
from typing import Any

from charter.formats import languages

_ARABIC = r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"

# The folder below `fonts/noto`, the letters.
_NOTO = {
    "armenian": r"\u0530-\u058f\ufb13-\ufb17",
    "georgian": r"\u10a0-\u10ff\u1c90-\u1cbf",
    "devanagari": r"\u0900-\u097f\ua8e0-\ua8ff",
    "bengali": r"\u0980-\u09ff",
    "gurmukhi": r"\u0a00-\u0a7f",
    "gujarati": r"\u0a80-\u0aff",
    "tamil": r"\u0b80-\u0bff",
    "telugu": r"\u0c00-\u0c7f",
    "kannada": r"\u0c80-\u0cff",
    "malayalam": r"\u0d00-\u0d7f",
    "sinhala": r"\u0d80-\u0dff",
    "thai": r"\u0e00-\u0e7f",
    "lao": r"\u0e80-\u0eff",
    "khmer": r"\u1780-\u17ff\u19e0-\u19ff",
    "myanmar": r"\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "ethiopic": r"\u1200-\u139f\uab00-\uab2f",
}

_LETTERS = {
    folder: re.compile(f"[{letters}]")
    for folder, letters in (
        ("han", _HAN),
        ("arabic", _ARABIC),
        *((f"noto/{script}", letters) for script, letters in _NOTO.items()),
    )
}


def is_han(text: str) -> bool:
    """Whether letters of Chinese or Japanese are among these, which are twice as wide."""
    return _LETTERS["han"].search(text) is not None


def scripts(text: str) -> tuple[str, ...]:
    """The folders of the fonts that have the letters of a text."""
    signs = "".join(set(text))  # a long text has a few hundred
    return ("serif", *(folder for folder, sign in _LETTERS.items() if sign.search(signs)))


def face(language: str, folders: Iterable[str]) -> dict[str, Any]:
    """The fonts of a text in a language, its size in points and its leading in ems.

    `folders` are those of its scripts.
    """
    code = languages.primary(language)
    more = [
        f"Noto Serif {folder.removeprefix('noto/').capitalize()}"
        for folder in folders
        if folder.startswith("noto/")
    ]
    if code in ("zh", "ja"):
        latin = {"name": "Libertinus Serif", "covers": "latin-in-cjk"}
        fonts = [latin, "Noto Sans SC", "Libertinus Serif", *more]
        return {"fonts": fonts, "size": 10.5, "leading": 0.85}
    if languages.direction(language) == "rtl" and code != "he":
        fonts = ["Amiri", "Libertinus Serif", "Noto Sans SC", *more]
        return {"fonts": fonts, "size": 13, "leading": 0.6}
    fonts = ["Libertinus Serif", "Noto Sans SC", "Amiri", *more]
    # Marks above and below their letters want room between the lines.
    return {"fonts": fonts, "size": 11.5, "leading": 0.85 if code in _TALL else 0.68}


_TALL = frozenset({"hi", "mr", "ne", "sa", "bn", "as", "pa", "gu", "ta", "te", "kn", "ml", "si"})
_TALL |= {"th", "lo", "km", "my", "am", "ti"}
