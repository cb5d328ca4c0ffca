"""Units with names that no table has, known by their row: "Kuulal 1", "Kuulal 2" and so on."""

import unicodedata
from time import perf_counter

import pytest

from charter.formats import reading
from charter.formats.document import Document, Point
from charter.formats.writers import write
from charter.text.kinds import Kind
from charter.text.outline import Outline

WORDS = "It is so, and will be so."


def read(source: str, name: str = "x.txt", language: str = "mfe") -> Outline:
    """In a language of which no name is known, where nothing else is said."""
    return reading.read(source.encode(), name, language)


def text(*heads: str, below: str = WORDS) -> str:
    return "Pact\n\n" + "\n\n".join(f"{head}\n\n{below}" for head in heads)


def row(form: str, first: int = 1, last: int = 6) -> list[str]:
    return [form.format(n=n) for n in range(first, last + 1)]


def articles(outline: Outline) -> list[tuple[str, str]]:
    """Number and heading of each article that has words in it."""
    return [
        (one.numeral or "", one.heading)
        for one in outline.clauses
        if one.kind is Kind.ARTICLE and [below.text for below in one.children] == [WORDS]
    ]


@pytest.mark.parametrize(
    "form",
    ["Kuulal {n}", "Ibara ndogo {n}", "Xoy ({n})", "Qodobka {n}aad", "{n}. osa", "{n} nde buku",
     "{n}-bölük", "Shimbi ya {n}º"],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["", ".", ":", " –"])
def test_the_same_words_with_a_number_that_counts_up_name_units(form, mark):
    stop = "." if mark == "." else ""
    found = articles(read(text(*(f"{head}{mark}" for head in row(form)))))
    assert found == [(f"{head}{stop}", "") for head in row(form)]


def test_a_word_between_may_be_an_ordinal():
    words = ("farko", "biyu", "uku", "hudu", "biyar")
    heads = [f"Mataki na {word} ({n})" for n, word in enumerate(words, 1)]
    assert articles(read(text(*heads))) == [(head, "") for head in heads]


def test_the_first_may_be_spelled_out_and_some_be_struck():
    heads = [*row("Kuulal {n}", 2, 5), *row("Kuulal {n}", 7, 9)]
    assert len(articles(read(text("Kuulal gadanal", *heads)))) == len(heads)


def test_titles_may_stand_behind_a_mark():
    heads = row("Kuulal {n}. Title of it")
    assert articles(read(text(*heads))) == [(f"Kuulal {n}.", "Title of it") for n in range(1, 7)]


@pytest.mark.parametrize("format", ["md", "txt"])
@pytest.mark.parametrize("form", ["Kuulal {n}", "Kuulal {n} — Title", "{n}. osa", "Xoy ({n})"])
def test_what_was_known_so_is_known_again(form, format):
    outline = read(text(*row(form)))
    export = write(Document(outline=outline, at=Point(1)), format)
    again = articles(read(export.decode(), f"x.{format}"))
    # Plain text has one way to print a title behind its number.
    assert [(label.rstrip("."), title) for label, title in again] == articles(outline)
    assert len(again) == 6


@pytest.mark.parametrize(
    "heads",
    [
        row("Kuulal {n}", last=4),  # too few
        row("Kuulal {n}", first=3, last=9),
        ["Kuulal 1", "Kuulal 9", "Kuulal 20", "Kuulal 40", "Kuulal 41"],
        ["Kuulal 1", "Kuulal 3", "Kuulal 2", "Kuulal 4", "Kuulal 5"],
        ["Red 1", "Blue 2", "Green 3", "White 4", "Black 5"],
        row("The council has {n} members and no more than that."),
    ],
    ids=["few", "late", "gaps", "order", "names", "sentences"],
)
def test_other_lines_with_numbers_are_words(heads):
    assert articles(read(text(*heads))) == []


def test_a_row_in_a_text_with_articles_is_something_else():
    found = read(text("Article 1", *row("Day {n}"), "Article 2"))
    assert [one.numeral or "" for one in found.clauses if one.kind is Kind.ARTICLE] == ["", ""]


@pytest.mark.parametrize("form", ["Page {n}", "Day {n}", "Table {n}. Words", "{n} May"])
@pytest.mark.parametrize("format", ["md", "txt"])
def test_where_articles_have_a_name_rows_of_other_words_are_none(form, format):
    marks = "## " if format == "md" else ""
    source = text(*(f"{marks}{head}" for head in row(form)))
    found = read(source, f"x.{format}", "en")
    assert not [one for _depth, one in found.walk() if one.kind is Kind.ARTICLE]


def test_a_long_line_costs_nothing():
    began = perf_counter()
    read("Article" + " " * 2_000_000 + "x\n\nEnd.")
    assert perf_counter() - began < 2


def test_a_list_is_no_row_of_units():
    assert articles(read("Pact\n\n" + "\n\n".join(row("Kuulal {n}")) + "\n\nEnd.")) == []


KNOWN = {
    "be": "Артыкул 5.", "hr": "Članak 5.", "cs": "Článek 5",
    "hu": "5. cikk", "lt": "5 straipsnis", "fi": "5. artikla",
    "is": "5. grein", "ro": "Articolul 5", "sq": "Neni 5", "ga": "Airteagal 5", "cy": "Erthygl 5",
    "az": "Maddə 5", "ky": "5‐берене", "uz": "5‐modda", "tk": "5‐nji madda", "mn": "Тавдугаар зүйл",
    "vi": "Điều 5:", "th": "ข้อ 5", "lo": "ມາດຕາ 5", "km": "មាត្រា ៥", "my": "အပိုဒ် ၅",
    "ms": "Perkara 5",
    "tl": "Artikulo 5", "fa": "ماده پنجم", "ur": "دفعہ ۵۔", "ne": "धारा ५", "bn": "ধারা ৫",
    "ja": "第5 条",
}  # fmt: skip


@pytest.mark.parametrize("language", KNOWN)
def test_names_of_many_languages_are_known_alone(language):
    (found,) = read(f"{KNOWN[language]}\n\n{WORDS}").clauses
    assert found.kind is Kind.ARTICLE
    assert found.children[0].text == WORDS


def test_a_name_is_known_in_whatever_form_its_letters_come():
    for form in ("NFC", "NFD"):
        source = unicodedata.normalize(form, f"Điều 5\n\n{WORDS}")
        assert read(source).clauses[0].kind is Kind.ARTICLE


@pytest.mark.parametrize(
    "words",
    ["5 pants", "Член 1", "Член А. Иванов", "1. Статья 5 изменяется", "5 статей", "5. Cikkek"],
)
def test_words_that_only_look_like_a_name_are_none(words):
    assert read(f"Pact\n\nSo.\n\n{words}\n\nEnd.").clauses[1].kind is not Kind.ARTICLE


@pytest.mark.parametrize(
    "sentence",
    ["यह सबका अधिकार है।", "یہ سب کا حق ہے۔", "ဤသည်မှာ အခွင့်အရေးဖြစ်သည်။", "នេះជាសិទ្ធិ។", "ይህ መብት ነው።",
     "Սա իրավունք է։", "ทุกคนมีสิทธิในชีวิตเสรีภาพและความมั่นคงแห่งตัวตนโดยไม่มีข้อยกเว้น"],
)  # fmt: skip
def test_a_sentence_in_its_own_script_is_no_heading(sentence):
    source = f"Pact\n\nArticle 1\n\n{sentence}\n\n{WORDS}\n\nArticle 2\n\n{WORDS}"
    first = read(source).clauses[0]
    assert (first.heading, first.children[0].text) == ("", sentence)
