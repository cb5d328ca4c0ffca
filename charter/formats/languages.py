"""The fixed words of a document in its own language, and the direction its script runs.

A document speaks the language of its text and not that of the reader's interface, so these words
are a table here and not a catalogue of gettext. A language without an entry gets English.
"""

from datetime import datetime
from typing import Literal

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def primary(language: str) -> str:
    """The language of a BCP 47 tag: "zh" of "zh-Hans"."""
    return language.replace("_", "-").partition("-")[0].lower()


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a text in this language is set."""
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"


_WORDS = {
    "en": {
        "page": "Page {page} of {pages}",
        "contents": "Contents",
        "summary": "Summary of changes",
        "revision": "Revision {revision}",
        "revision_name": "Revision",
        "changes": "Changes from {since} to {at}",
        "digest": "Digest",
        "date": "Date",
        "symbol": "Symbol",
        "edition": "Edition",
        "moved_to": "Moved to {place}",
        "moved_from": "Moved from {place}",
        "moved": "moved",
        "moved_entry": "moved from {place}",
        "was": "Was: {label}",
        "principles": "Principles",
        "unchanged": "Nothing changed.",
        "legend": "Insertions are underlined and deletions struck through. "
        "A bar in the margin marks every clause that changed.",
        "marks": "Insertions are marked {++ ++}, deletions {-- --}, remarks {>> <<}.",
        "added": "added",
        "struck": "struck",
        "renumbered": "renumbered",
        "retagged": "retagged",
        "reworded": "reworded",
        "recast": "another kind of clause",
        "title": "Title",
        "preamble": "Preamble",
        "recital": "Recital",
        "part": "Part",
        "chapter": "Chapter",
        "section": "Section",
        "article": "Article",
        "paragraph": "Paragraph",
        "point": "Point",
        "annex": "Annex",
    },
    "ru": {
        "page": "Страница {page} из {pages}",
        "contents": "Содержание",
        "summary": "Сводка изменений",
        "revision": "Редакция № {revision}",
        "revision_name": "Редакция",
        "changes": "Изменения: {since} → {at}",
        "digest": "Контрольная сумма",
        "date": "Дата",
        "symbol": "Обозначение",
        "edition": "Издание",
        "moved_to": "Перенесено: {place}",
        "moved_from": "Перенесено отсюда: {place}",
        "moved": "перенесено",
        "moved_entry": "перенесено, прежде {place}",
        "was": "Прежде: {label}",
        "principles": "Принципы",
        "unchanged": "Изменений нет.",
        "legend": "Вставленное подчёркнуто, исключённое зачёркнуто. "
        "Черта на полях отмечает каждое изменённое положение.",
        "marks": "Вставленное отмечено {++ ++}, исключённое {-- --}, примечания {>> <<}.",
        "added": "включено",
        "struck": "исключено",
        "renumbered": "изменён номер",
        "retagged": "изменены принципы",
        "reworded": "изменён текст",
        "recast": "изменён вид положения",
        "title": "Заголовок",
        "preamble": "Преамбула",
        "recital": "Абзац преамбулы",
        "part": "Часть",
        "chapter": "Глава",
        "section": "Раздел",
        "article": "Статья",
        "paragraph": "Пункт",
        "point": "Подпункт",
        "annex": "Приложение",
    },
}

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
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
    return f"{moment.day} {month} {moment.year}" + (" г." if code == "ru" else "")
