"""Numbers and citations follow from the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.freezing import concordance, frozen
from charter.text.kinds import Kind
from charter.text.numbering import citations, labels
from charter.text.numerals import (
    ARABIC,
    CYRILLIC,
    HAN,
    LETTERS,
    LETTERS_AR,
    LETTERS_RU,
    ROMAN,
    han,
    han_value,
    roman,
    roman_value,
    value,
)
from charter.text.outline import Clause, Outline
from charter.text.usage import SCHEMES, usage


def unit(kind: Kind, *children: Clause, **fields: str | None) -> Clause:
    return Clause(kind, children=children, **fields)


def article(*children: Clause, **fields: str | None) -> Clause:
    return unit(Kind.ARTICLE, *children, **fields)


def paragraph(*children: Clause, **fields: str | None) -> Clause:
    return unit(Kind.PARAGRAPH, *children, **fields)


def point(*children: Clause, **fields: str | None) -> Clause:
    return unit(Kind.POINT, *children, **fields)


def text(*clauses: Clause, language: str = "en", scheme: str = "treaty") -> Outline:
    return Outline("", clauses, language, scheme)


TREATY = (
    unit(Kind.PREAMBLE, unit(Kind.RECITAL), unit(Kind.RECITAL)),
    unit(
        Kind.PART,
        unit(Kind.CHAPTER, article(paragraph(), paragraph(point(), point(point())))),
        unit(Kind.CHAPTER, article(paragraph(point()))),
    ),
    unit(Kind.PART, article(), heading="Final provisions"),
    unit(Kind.ANNEX, article()),
    unit(Kind.ANNEX),
)


def test_a_treaty_is_numbered_as_treaties_are():
    assert labels(text(*TREATY)) == (
        *("", "", ""),
        *("Part I", "Chapter I", "Article 1", "1.", "2.", "(a)", "(b)", "(i)"),
        *("Chapter II", "Article 2", "", "(a)"),
        *("Part II", "Article 3"),
        *("Annex I", "Article 1", "Annex II"),
    )


def test_a_treaty_is_cited_as_treaties_are():
    assert citations(text(*TREATY)) == (
        *("Preamble", "Preamble, 1st recital", "Preamble, 2nd recital"),
        *("Part I", "Part I, Chapter I", "Article 1", "Article 1(1)", "Article 1(2)"),
        *("Article 1(2)(a)", "Article 1(2)(b)", "Article 1(2)(b)(i)"),
        *("Part I, Chapter II", "Article 2", "Article 2", "Article 2(a)"),
        *("Part II", "Article 3"),
        *("Annex I", "Annex I, Article 1", "Annex II"),
    )


@pytest.mark.parametrize(
    ("language", "printed", "cited"),
    [
        ("en", ("Article 1", "1.", "2.", "(a)"), "Article 1(2)(a)"),
        ("ru", ("Статья 1", "1.", "2.", "а)"), "Статья 1, пункт 2, подпункт «а»"),
        ("zh", ("第一条", "一、", "二、", "（一）"), "第一条第二款第（一）项"),
        ("ar", ("المادة 1", "1.", "2.", "(أ)"), "المادة 1 (2) (أ)"),
        ("fr", ("Article premier", "1.", "2.", "a)"), "Article premier, paragraphe 2, point a)"),
        ("es", ("Artículo 1", "1.", "2.", "a)"), "Artículo 1, párrafo 2, apartado a)"),
        ("de", ("Artikel 1", "(1)", "(2)", "a)"), "Artikel 1 Absatz 2 Buchstabe a"),
        ("xx", ("Article 1", "1.", "2.", "(a)"), "Article 1(2)(a)"),
    ],
)
def test_every_language_has_its_own_usage(language, printed, cited):
    outline = text(article(paragraph(), paragraph(point())), language=language)
    assert labels(outline) == printed
    assert citations(outline)[-1] == cited


def test_a_statute_has_section_signs_and_numbered_points():
    outline = text(
        article(paragraph(), paragraph(point(point(point())))), language="de", scheme="statute"
    )
    assert labels(outline) == ("§ 1", "(1)", "(2)", "1.", "a)", "aa)")
    assert citations(outline)[-2] == "§ 1 Absatz 2 Nummer 1 Buchstabe a"


def test_articles_run_on_through_parts_unless_the_scheme_restarts_them():
    parts = unit(Kind.PART, article()), unit(Kind.PART, article())
    assert labels(text(*parts))[1::2] == ("Article 1", "Article 2")
    restarting = text(*parts, scheme="treaty-restarting")
    assert labels(restarting)[1::2] == ("Article 1", "Article 1")
    assert citations(restarting)[3] == "Part II, Article 1"


def test_a_sole_paragraph_and_a_sole_annex_carry_no_number():
    assert labels(text(article(paragraph()), unit(Kind.ANNEX))) == ("Article 1", "", "Annex")


def test_what_follows_a_given_number_continues_from_it():
    outline = text(article(numeral="5"), article(numeral="5 bis"), article(), article(numeral=""))
    assert labels(outline) == ("Article 5", "Article 5 bis", "Article 6", "")


@pytest.mark.parametrize(
    ("kind", "numeral", "printed"),
    [
        (Kind.ARTICLE, "12a", "Article 12a"),
        (Kind.ARTICLE, "5 bis", "Article 5 bis"),
        (Kind.ARTICLE, "Article. IV.", "Article. IV."),
        (Kind.ARTICLE, "Art. 5", "Art. 5"),
        (Kind.PART, "IV", "Part IV"),
        (Kind.POINT, "a", "(a)"),
        (Kind.POINT, "•", "•"),
        (Kind.PARAGRAPH, "2 bis", "2 bis."),
        (Kind.PARAGRAPH, "", ""),
    ],
)
def test_a_bare_number_takes_the_words_of_its_kind_and_any_other_stands(kind, numeral, printed):
    assert labels(text(unit(kind, numeral=numeral))) == (printed,)


def test_clauses_without_a_number_are_cited_by_heading_or_by_place():
    bullets = paragraph(point(numeral="•"), point(numeral="•"), numeral="")
    members = unit(Kind.SECTION, paragraph(numeral=""), bullets, heading="Members", numeral="")
    assert citations(text(members)) == (
        "Members",
        "Members, 1st paragraph",
        "Members, 2nd paragraph",
        "Members, 2nd paragraph, 1st indent",
        "Members, 2nd paragraph, 2nd indent",
    )


def test_sections_inside_sections_are_decimal():
    inner = unit(Kind.SECTION), unit(Kind.SECTION, unit(Kind.SECTION))
    outline = text(unit(Kind.SECTION), unit(Kind.SECTION, *inner))
    assert labels(outline) == (
        *("Section 1", "Section 2", "Section 2.1", "Section 2.2", "Section 2.2.1"),
    )
    assert citations(outline)[-1] == "Section 2.2.1"


def test_a_thousand_clauses_are_numbered_in_one_pass():
    outline = text(*(article(*(paragraph() for _ in range(9))) for _ in range(100)))
    assert labels(outline)[-1] == "9."
    assert len(labels(outline)) == 1000


def test_ways_of_writing_numbers_read_what_they_write():
    for number in (1, 4, 9, 14, 40, 99, 400, 1999):
        assert roman_value(roman(number)) == number
        assert han_value(han(number)) == number
        for digits in (ARABIC, ROMAN, HAN, LETTERS, LETTERS_RU, LETTERS_AR):
            assert digits.read(digits.write(number)) == number


def test_russian_points_skip_the_letters_one_does_not_count_by():
    assert not set("ёйъыь") & set(CYRILLIC)


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        *(("12a", 12), ("Article. IV.", 4), ("5 bis", 5), ("5.2", 2), ("第五条", 5)),
        *(("第五条之二", 5), ("•", None), ("", None), ("Section 3.", 3)),
    ],
)
def test_the_number_is_found_in_anything_printed(numeral, number):
    assert value(numeral, ARABIC) == number


def test_the_number_of_a_lettered_point_is_its_place_in_the_alphabet():
    assert value("(c)", LETTERS) == 3
    assert value("г)", LETTERS_RU) == 4


def ided(*ids: str) -> tuple[Clause, ...]:
    return tuple(article(id=id) for id in ids)


def test_insertions_into_a_frozen_text_become_bis_and_ter():
    before = text(*ided("a", "b", "c"))
    printed = dict(zip("abc", labels(before), strict=True))
    after = frozen(text(*ided("first", "a", "x", "y", "b", "c", "last")), printed)
    assert labels(after) == (
        *("Article 0", "Article 1", "Article 1 bis", "Article 1 ter"),
        *("Article 2", "Article 3", "Article 4"),
    )


def test_a_struck_number_of_a_frozen_text_is_not_given_again():
    before = text(*ided("a", "b", "c"))
    printed = dict(zip("abc", labels(before), strict=True))
    assert labels(frozen(text(*ided("a", "b", "new")), printed))[-1] == "Article 4"


def test_a_clause_moved_in_a_frozen_text_is_numbered_as_if_inserted():
    before = text(*ided("a", "b", "c"))
    printed = dict(zip("abc", labels(before), strict=True))
    assert labels(frozen(text(*ided("b", "c", "a")), printed)) == (
        *("Article 2", "Article 3", "Article 4"),
    )


def test_frozen_chinese_articles_take_their_own_form_of_bis():
    before = text(*ided("a", "b"), language="zh")
    printed = dict(zip("ab", labels(before), strict=True))
    after = frozen(text(*ided("a", "x", "b"), language="zh"), printed)
    assert labels(after) == ("第一条", "第一条之二", "第二条")


def test_a_concordance_says_what_every_number_became():
    before, after = text(*ided("a", "b", "c")), text(*ided("c", "a", "x"))
    assert concordance(before, after) == (
        ("c", "Article 3", "Article 1"),
        ("a", "Article 1", "Article 2"),
        ("x", "", "Article 3"),
        ("b", "Article 2", ""),
    )


LANGUAGES = ["en", "ru", "fr", "es", "de", "zh", "ar"]
KINDS = [Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.PARAGRAPH, Kind.POINT]
schemes = st.sampled_from(SCHEMES)
languages = st.sampled_from(LANGUAGES)


@given(languages, schemes, st.sampled_from(KINDS), st.integers(1, 400), st.integers(0, 3))
def test_the_number_of_a_label_is_the_one_it_was_made_of(language, scheme, kind, number, level):
    form = usage(language, scheme).form(kind, level)
    written = form.digits.write(number)
    assert form.digits.read(written) == number
    assert value(written, form.digits) == number


@given(
    languages,
    schemes,
    st.lists(st.booleans(), min_size=1, max_size=12),
    st.integers(1, 4),
)
def test_insertions_leave_frozen_numbers_as_they_are(language, scheme, inserted, count):
    before = ided(*map(str, range(count)))
    printed = printed_in(language, scheme, before)
    old, mixed = list(before), []
    for at, new in enumerate(inserted):
        if new or not old:
            mixed.append(article(id=f"new {at}"))
        else:
            mixed.append(old.pop(0))
    after = frozen(text(*mixed, *old, language=language, scheme=scheme), printed)
    now = dict(zip((one.id for one in after.clauses), labels(after), strict=True))
    assert {id: now[id] for id in printed} == printed
    assert len(set(now.values())) == len(now)


def printed_in(language: str, scheme: str, clauses: tuple[Clause, ...]) -> dict[str, str]:
    found = labels(text(*clauses, language=language, scheme=scheme))
    return dict(zip((one.id for one in clauses), found, strict=True))


@given(
    st.permutations("abcdef"),
    st.permutations("defghi"),
    st.integers(0, 6),
    st.integers(0, 6),
)
def test_a_concordance_names_every_surviving_clause_once_on_both_sides(old, new, less, fewer):
    before, after = text(*ided(*old[less:])), text(*ided(*new[fewer:]))
    rows = concordance(before, after)
    assert len({id for id, _, _ in rows}) == len(rows)
    survived = [(was, now) for _, was, now in rows if was and now]
    assert len(survived) == len(set(old[less:]) & set(new[fewer:]))
    assert len({was for was, _ in survived}) == len({now for _, now in survived}) == len(survived)
