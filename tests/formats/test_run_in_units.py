"""Articles whose words go on behind their number, where no capital shows that they begin there."""

import pytest

from charter.formats import reading
from charter.formats.document import Document, Point
from charter.formats.writers import write
from charter.text.kinds import Kind
from charter.text.outline import Outline

SAID = {
    "th": ("ข้อ {n}", "๑๒๓๔", "ให้ใช้ข้อบังคับนี้แก่สมาชิกทุกคน"),
    "hi": ("धारा {n}", "१२३४", "यह नियम सब सदस्यों पर लागू होता है।"),
    "ar": ("المادة {n}", "١٢٣٤", "يلتزم الأطراف بحسن النية."),
    "fa": ("ماده {n}", "۱۲۳۴", "اعضا به حسن نیت پایبندند."),
    "km": ("មាត្រា {n}", "១២៣៤", "ច្បាប់នេះអនុវត្តចំពោះសមាជិកទាំងអស់។"),
}


def read(source: str, language: str, name: str = "x.txt") -> Outline:
    return reading.read(source.encode(), name, language)


def articles(outline: Outline) -> list[str]:
    found = [one for one in outline.clauses if one.kind is Kind.ARTICLE]
    return [one.text or one.children[0].text for one in found]


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("format", ["md", "txt"])
def test_they_are_known_by_their_row_and_known_again(language, format):
    form, figures, words = SAID[language]
    lines = [f"{form.format(n=n)} {words}" for n in figures]
    lines[2] = lines[2].replace(f" {words}", f"\n\n{words}")  # one with its number alone
    found = read("\n\n".join(lines), language)
    assert articles(found) == [words] * 4
    export = write(Document(outline=found, at=Point(1)), format)
    assert articles(read(export.decode(), language, f"x.{format}")) == [words] * 4


@pytest.mark.parametrize("figures", ["๕", "๑๒", "๑๓๔", "๑๒๔"])
def test_a_reference_at_the_head_of_a_paragraph_is_none(figures):
    form, _figures, words = SAID["th"]
    found = read("\n\n".join(f"{form.format(n=n)} {words}" for n in figures), "th")
    assert articles(found) == []
