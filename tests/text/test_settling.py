"""Which numbers of a text are computed and which are given: it prints what the file says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline
from charter.text.settling import settled
from charter.text.usage import SCHEMES


def text(kind: Kind, *numerals: str, language: str = "en") -> Outline:
    return Outline("", tuple(Clause(kind, numeral=numeral) for numeral in numerals), language)


def numerals(outline: Outline) -> tuple[str | None, ...]:
    return tuple(clause.numeral for _, clause in outline.walk())


@pytest.mark.parametrize(
    ("language", "printed", "kept"),
    [
        ("ru", ("Статья 1", "Статья 2.1", "Статья 3"), (None, "2.1", None)),
        ("ru", ("Статья 2", "Статья 2.1", "Статья 3"), ("2", "2.1", None)),
        ("es", ("Artículo 1.10.", "Artículo 2."), ("1.10", None)),
        ("en", ("Article 1", "Article 2a", "Article 3"), (None, "2a", None)),
        ("fr", ("Article premier", "Article 2", "Article 2-1"), (None, None, "2-1")),
        ("en", ("Rule 1", "Rule 2"), ("Rule 1", "Rule 2")),
    ],
)
def test_an_article_is_given_its_number_where_the_tree_gives_another(language, printed, kept):
    outline = settled(text(Kind.ARTICLE, *printed, language=language), "treaty")
    assert numerals(outline) == kept
    assert labels(outline) == tuple(label.rstrip(".") for label in printed)


@pytest.mark.parametrize(
    "printed",
    [
        ("§ 1", "§ 1.10", "§ 2"),
        ("§ 1", "§ 1a", "§ 2", "§ 4"),
    ],
)
def test_a_section_sign_is_followed_by_the_number_that_the_file_gives(printed):
    assert labels(settled(text(Kind.ARTICLE, *printed))) == printed


def test_sections_are_counted_from_decimal_numbers_by_their_last_figure():
    printed = ("Section 1", "Section 2", "Section 3.1", "Section 4")
    assert labels(settled(text(Kind.SECTION, *printed))) == printed


@pytest.mark.parametrize(
    "printed",
    [
        ("a.", "b.", "c."),
        ("1)", "2)", "3)"),
        ("i.", "ii.", "iii.", "iv."),
        ("（1）", "（2）"),
        ("A)", "B)"),
        ("aa)", "bb)"),
        ("1.1.", "1.2.", "1.3."),
        ("xi)", "xii)"),
    ],
)
def test_a_list_keeps_the_manner_of_the_file_and_is_counted_from_its_first_number(printed):
    for scheme in SCHEMES:
        outline = settled(text(Kind.POINT, *printed), scheme)
        assert labels(outline) == printed
        assert numerals(outline)[1:] == (None,) * (len(printed) - 1)


def test_numbers_that_are_repeated_are_as_the_file_has_them():
    assert labels(settled(text(Kind.POINT, "(a)", "(a)", "(b)"))) == ("(a)", "(a)", "(b)")


def test_what_is_inserted_into_a_list_takes_its_manner():
    first, second = settled(text(Kind.POINT, "a.", "b.")).clauses
    assert labels(Outline("", (first, Clause(Kind.POINT), second))) == ("a.", "b.", "c.")


NUMBERS = ["1", "2", "3", "10", "1.1", "2.1", "3.1.2", "1.10", "2a", "2-1", "3 bis", "I", "II", "X"]
NAMES = ["Article", "Art.", "Rule", "§", "Section", "Статья", "Artículo", "Part", "Titel", "Annex"]
MARKS = ["{}.", "({})", "{})", "（{}）"]
COUNTS = ["1", "2", "3", "a", "b", "i", "ii", "v", "A", "B", "а", "б", "12a", "1.1", "1.2", "2 bis"]

units = st.builds(
    lambda name, number, stop: f"{name} {number}{stop}",
    *map(st.sampled_from, (NAMES, NUMBERS, ["", ".", ":"])),
)
items = st.builds(str.format, st.sampled_from(MARKS), st.sampled_from(COUNTS))
item = st.deferred(
    lambda: st.builds(
        Clause,
        st.sampled_from([Kind.PARAGRAPH, Kind.POINT]),
        numeral=items | st.sampled_from(["", "•"]),
        children=st.lists(item, max_size=3).map(tuple),
    )
)
TITLED = [Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX]
unit = st.deferred(
    lambda: st.builds(
        Clause,
        st.sampled_from(TITLED),
        numeral=units | st.just(""),
        children=st.lists(unit | item, max_size=4).map(tuple),
    )
)


@given(
    st.lists(unit | item, max_size=6).map(tuple),
    st.sampled_from(["en", "ru", "fr", "es", "de", "zh", "ar"]),
    st.sampled_from([None, *SCHEMES]),
)
@example((Clause(Kind.ARTICLE, numeral="§ 1.10"), Clause(Kind.ARTICLE, numeral="§ 2")), "de", None)
def test_a_text_prints_its_numbers_as_the_file_has_them(clauses, language, scheme):
    outline = Outline("", clauses, language)
    read = settled(outline, scheme)
    for (_, clause), label in zip(outline.walk(), labels(read), strict=True):
        if clause.kind in TITLED:  # the stop before a heading is no part of the number
            assert label.rstrip(".:") == clause.numeral.rstrip(".:")
        else:
            assert label == clause.numeral


@given(st.lists(unit | item, max_size=6).map(tuple), st.sampled_from([None, *SCHEMES]))
def test_what_is_settled_is_settled_again_the_same(clauses, scheme):
    read = settled(Outline("", clauses), scheme)
    printed = iter(labels(read))

    def given_all(clause: Clause) -> Clause:
        label = next(printed)
        children = tuple(map(given_all, clause.children))
        return Clause(clause.kind, numeral=label, children=children)

    again = Outline("", tuple(map(given_all, read.clauses)))
    assert labels(settled(again, read.scheme)) == labels(read)
