"""Articles, chapters and parts as a dozen languages name and number them, spelled out or not."""

import pytest

from charter.formats import reading
from charter.formats.labels import named
from charter.text.numbering import labels

NAMES = {
    "fr": "Article 1er|Article premier|Chapitre Ier|TITRE Ier|Titre deuxième|Première partie"
    "|Article L. 211-1|Article R123-4|Art. 1er|Livre II",
    "es": "Artículo segundo|Artículo tercero|Artículo décimo primero|Art. 1°|Artículo 1.º"
    "|Capítulo Primero|Título II|Primera parte",
    "ru": "Статья первая|Глава двадцать первая|Раздел третий|Часть первая|Статья 5",
    "de": "Erster Abschnitt|Zweiter Teil|Drittes Kapitel|Artikel 5|§ 3a",
    "en": "Article One|PART SECOND|Chapter Twelve|Schedule 2|Article 5 bis|Sub-section 3",
    "stops": "Section. 1|Art. 5|Sec. 2|Chapter. IV|Ст. 3|Статья. 3|Глава. II|Artículo. 4|§. 6",
    "other": "Άρθρο 1|제1조|제2장|제3조의2|第壹條|第五條|第二十一条"
    "|Articolo primo|Art. 2º|Rozdział 4",
}


@pytest.mark.parametrize("label", "|".join(NAMES.values()).split("|"))
def test_a_unit_is_known_by_its_name_and_number(label):
    assert named(label).label == label
    assert named(f"{label}. Rivers").rest == "Rivers"


@pytest.mark.parametrize(
    "words",
    [
        "Article 5th",
        "Part 3-year plan",
        "Articles of faith",
        "second reading",
        "Primera reunión",
        "Первая статья закона",
        "제안",
    ],
)
def test_words_that_only_begin_like_a_name_are_none(words):
    assert named(words) is None


def heads(source: str, language: str = "en") -> list[str]:
    outline = reading.read(source.encode(), "x.txt", language)
    shown = [outline.title]
    for (depth, clause), label in zip(outline.walk(), labels(outline), strict=True):
        if clause.heading:
            shown.append(f"{'  ' * depth}{label} {clause.heading}".rstrip())
    return shown


def test_roman_numbers_head_the_sections_of_bylaws():
    assert heads("I. NAME\n\nThe club.\n\nII. SCOPE\n\nAll.") == ["", "I. NAME", "II. SCOPE"]
    source = "Satzung\n\nI. Name\n\nDer Verein heißt so.\n\nII. Zweck\n\nEr spielt.\n"
    assert heads(source, "de") == ["Satzung", "I. Name", "II. Zweck"]


def test_letters_head_what_stands_below_roman_numbers():
    source = (
        "Rules\n\nI. Aims\n\nA. Peace\n\nIt is kept.\n\nB. Trade\n\nIt is free.\n\nII. End\n\nx."
    )
    assert heads(source) == ["Rules", "I. Aims", "  A. Peace", "  B. Trade", "II. End"]


def test_sections_of_acts_have_a_number_without_a_stop():
    source = (
        'Rivers Act\n\n1 Meaning of "river"\n\n(1) A river is water.\n\n(2) It flows.\n\n'
        "2 Offences\n\n(1) No fouling.\n"
    )
    assert heads(source) == ["Rivers Act", '1. Meaning of "river"', "2. Offences"]


def test_a_list_of_short_items_is_no_row_of_headings():
    assert heads("Rules\n\nThey are:\n\nI. Peace\n\nII. Trade\n\nIII. Rest") == ["Rules"]
    assert heads("Rules\n\nSo.\n\n5 May 2031\n\nIt was so.") == ["Rules"]


def test_a_reference_broken_over_two_lines_begins_nothing():
    for reference in (
        "in accordance with Article\n5. They",
        "under paragraph\n(c) they",
        "see §\n3. So",
    ):
        source = f"T\n\nArticle 1\n\n1. One.\n2. Two {reference} may go on.\n3. Three."
        outline = reading.read(source.encode(), "x.txt")
        joined = f"Two {reference.replace(chr(10), ' ')} may go on."
        assert [clause.text for _, clause in outline.walk()][1:] == ["One.", joined, "Three."]


@pytest.mark.parametrize(
    "lines",
    [
        "as set out in\n5. They may go",
        "and the Parties, who\n7. may go",
        "of Articles 3, 4,\n9. They go",
    ],
)
def test_numbers_that_continue_no_list_inside_a_sentence_begin_nothing(lines):
    filler = "The Parties have agreed on all of the rules that are written down here and now.\n\n"
    source = f"T\n\n{filler}Article 1\n\n1. One.\n2. The rules on the use of all rivers {lines}."
    outline = reading.read(source.encode(), "x.txt")
    assert [clause.kind.value for _, clause in outline.walk()][2:] == ["paragraph"] * 2


@pytest.mark.parametrize("heading", ["In parties", "И доклада", "A list"])
def test_the_first_word_of_a_heading_is_no_number_of_an_annex(heading):
    assert (named(f"Annex. {heading}").label, named(f"Annex. {heading}").rest) == (
        "Annex.",
        heading,
    )
