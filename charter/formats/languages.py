"""The fixed words of a document in its own language, and the direction its script runs.

A document speaks the language of its text and not that of the reader's interface, so these words
are a table beside this file and not a catalogue of gettext. A language without one gets English.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Literal

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def primary(language: str) -> str:
    """The language of a BCP 47 tag: "zh" of "zh-Hans"."""
    return language.replace("_", "-").partition("-")[0].lower()


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a text in this language is set."""
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"


_WORDS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DATES = {
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "ru": "{day} {month} {year} г.",
}


def words(language: str) -> dict[str, str]:
    """The fixed words of a document in this language, by key; some have {fields} to fill."""
    return _WORDS.get(primary(language), _WORDS["en"])


def words_language(language: str) -> str:
    """The language that `words` answers in."""
    return primary(language) if primary(language) in _WORDS else "en"


def date(language: str, moment: datetime) -> str:
    """A date as the language writes it in full, in the time zone of `moment`."""
    code = primary(language)
    if code == "zh":
        return f"{moment.year}年{moment.month}月{moment.day}日"
    if code not in _MONTHS:
        return f"{moment:%Y-%m-%d}"
    month = _MONTHS[code].split()[moment.month - 1]
    day = "1er" if code == "fr" and moment.day == 1 else str(moment.day)
    return _DATES.get(code, "{day} {month} {year}").format(day=day, month=month, year=moment.year)
