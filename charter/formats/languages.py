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
        "arrow": "→",
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
        "split_entry": "split from {place}",
        "joined_entry": "joined into {place}",
        "struck_entry": "struck (numbered as in {since})",
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
        "arrow": "→",
        "contents": "Содержание",
        "summary": "Сводка изменений",
        "revision": "Версия № {revision}",
        "revision_name": "Версия",
        "changes": "Изменения: {since} → {at}",
        "digest": "Контрольная сумма",
        "date": "Дата",
        "symbol": "Обозначение",
        "edition": "Редакция",
        "moved_to": "Перенесено: {place}",
        "moved_from": "Перенесено отсюда: {place}",
        "moved": "перенесено",
        "moved_entry": "перенесено, прежде {place}",
        "split_entry": "выделено, прежде в: {place}",
        "joined_entry": "объединено, теперь в: {place}",
        "struck_entry": "исключено (номер в тексте «{since}»)",
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
        "title": "Название",
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
    "zh": {
        "page": "第 {page} 页，共 {pages} 页",
        "arrow": "→",
        "contents": "目录",
        "summary": "修改摘要",
        "revision": "修订版 {revision}",
        "revision_name": "修订版",
        "changes": "从“{since}”到“{at}”的修改",
        "digest": "校验值",
        "date": "日期",
        "symbol": "文号",
        "edition": "版本",
        "moved_to": "移至{place}",
        "moved_from": "移自{place}",
        "moved": "移动",
        "moved_entry": "移自{place}",
        "split_entry": "分自{place}",
        "joined_entry": "并入{place}",
        "struck_entry": "删除（编号据“{since}”）",
        "was": "原为：{label}",
        "principles": "原则",
        "unchanged": "没有修改。",
        "legend": "新增文字加下划线，删除文字加删除线。页边竖线标出每个有修改的条款。",
        "marks": "新增文字标为 {++ ++}，删除文字标为 {-- --}，说明标为 {>> <<}。",
        "added": "新增",
        "struck": "删除",
        "renumbered": "重新编号",
        "retagged": "原则调整",
        "reworded": "文字修改",
        "recast": "类别调整",
        "title": "标题",
        "preamble": "序言",
        "recital": "序言段",
        "part": "部分",
        "chapter": "章",
        "section": "节",
        "article": "条",
        "paragraph": "款",
        "point": "项",
        "annex": "附件",
    },
    "ar": {
        "page": "الصفحة {page} من {pages}",
        "arrow": "←",
        "contents": "المحتويات",
        "summary": "ملخص التغييرات",
        "revision": "المراجعة {revision}",
        "revision_name": "المراجعة",
        "changes": "التغييرات من {since} إلى {at}",
        "digest": "البصمة",
        "date": "التاريخ",
        "symbol": "الرمز",
        "edition": "الإصدار",
        "moved_to": "نُقل إلى {place}",
        "moved_from": "نُقل من {place}",
        "moved": "منقول",
        "moved_entry": "نُقل من {place}",
        "split_entry": "فُصل عن {place}",
        "joined_entry": "ضُمّ إلى {place}",
        "struck_entry": "حُذف (بترقيم {since})",
        "was": "كان: {label}",
        "principles": "المبادئ",
        "unchanged": "لا تغييرات.",
        "legend": "الإضافات تحتها خط والمحذوفات مشطوبة. ويشير خط في الهامش إلى كل حكم تغيّر.",
        "marks": "الإضافات بين {++ ++} والمحذوفات بين {-- --} والملاحظات بين {>> <<}.",
        "added": "أُضيف",
        "struck": "حُذف",
        "renumbered": "أُعيد ترقيمه",
        "retagged": "تغيّرت مبادئه",
        "reworded": "تغيّر نصه",
        "recast": "تغيّر نوعه",
        "title": "العنوان",
        "preamble": "الديباجة",
        "recital": "فقرة الديباجة",
        "part": "الباب",
        "chapter": "الفصل",
        "section": "القسم",
        "article": "المادة",
        "paragraph": "الفقرة",
        "point": "البند",
        "annex": "المرفق",
    },
}

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
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
