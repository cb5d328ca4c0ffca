"""A text that went out as Markdown or plain text and comes back is the text it was."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.formats import reading
from charter.formats.document import Document, Point
from charter.formats.writers import write
from charter.text.kinds import Kind
from charter.text.matching import match
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline

FORMATS = ("md", "txt")


def named(outline: Outline) -> Outline:
    """The outline as a charter has it, every clause with an id."""
    numbers = count(1)

    def one(clause: Clause) -> Clause:
        own = str(next(numbers))
        return replace(clause, id=own, children=tuple(map(one, clause.children)))

    return replace(outline, clauses=tuple(map(one, outline.clauses)))


def written(outline: Outline, format: str) -> str:
    return write(Document(outline, Point(1)), format).decode()


def back(outline: Outline, format: str, *edit: str) -> Outline:
    """What an import makes of the exported text, with one passage of it replaced."""
    text = written(outline, format)
    if edit:
        assert edit[0] in text
        text = text.replace(*edit)
    read = reading.read(text.encode(), f"x.{format}", outline.language, outline.scheme)
    return match(outline, read)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("en", "Rules\n\nRule 1: Name\n\nIt is so.\n\nRule 2: Seat\n\nIt is there.\n"),
        ("de", "Ordnung\n\nArt. 1 Name\n\nSo.\n\nArt. 2 Sitz\n\nDort.\n"),
        ("de", "Satzung\n\n§1 Name\n\n(1) So.\n(2) Dort.\n\n§2 Sitz\n\nHier.\n"),
        ("es", "Ley\n\nTítulo 1\n\nArtículo 1.10. Uno\n\nEs.\n\nArtículo 2. Dos\n\nEs así.\n"),
        (
            "en",
            "Act\n\nPART I\nGeneral\n\nArticle 1\n\nIt is so.\n\nPART II\nEnd\n\nArticle 2\n\nX.\n",
        ),
        (
            "en",
            "Act\n\nArticle 1\n\nIt is.\n\nANNEX 1: Map\n\nA map.\n\nANNEX 2: List\n\nA list.\n",
        ),
        ("de", "Satzung\n\n§ 1 Zweck\n\nZweck ist\n1. Bildung,\n2. Kunst.\n\n§ 2 Sitz\n\nDort.\n"),
        (
            "ru",
            "Закон\n\nСтатья 1. Имя\n\nОно.\n\nСтатья 2.1. Цель\n\nОна.\n\nСтатья 3. Иное\n\nТо.\n",
        ),
        (
            "en",
            "Act\n\nArticle 1\n\nThe State shall:\n\na. act;\n\nb. report.\n\nArticle 2\n\nX.\n",
        ),
    ],
)
def test_a_text_read_from_a_file_comes_back(language, source, format):
    outline = named(reading.read(source.encode(), "x.txt", language))
    assert back(outline, format) == outline


MARKED = named(
    Outline(
        "Charter",
        (
            Clause(
                Kind.SECTION,
                heading="Overview",
                numeral="",
                children=(
                    Clause(
                        Kind.PARAGRAPH, "This is *ours* and [yours](https://a.org).", numeral=""
                    ),
                    Clause(Kind.PARAGRAPH, "It has a note^[Or *two*.] in it.", numeral=""),
                    Clause(Kind.SECTION, heading="Members", numeral="", children=()),
                ),
            ),
            Clause(
                Kind.SECTION,
                "All members decide together, at once and by show of hands.",
                "Decisions",
                numeral="",
            ),
        ),
    )
)


@pytest.mark.parametrize("format", FORMATS)
def test_headings_emphasis_links_and_notes_outlive_a_plain_text(format):
    assert back(MARKED, format) == MARKED


def test_words_that_look_like_marks_do_not_make_a_plain_text_markdown():
    signs = replace(MARKED, clauses=(*MARKED.clauses, Clause(Kind.ARTICLE, r"See \[x\](y\).")))
    assert "](" in written(signs, "txt")
    assert back(named(signs), "txt") == named(signs)


def test_what_is_edited_in_a_plain_text_leaves_the_form_of_the_rest():
    edited = back(
        MARKED,
        "txt",
        "All members decide together, at once and by show of hands.",
        "All members decide together, at last and by show of hands.",
    )
    assert edited == MARKED.replace(
        MARKED.clauses[1].id, text="All members decide together, at last and by show of hands."
    )


def test_marks_of_a_paragraph_outlive_an_edit_of_its_plain_words():
    edited = back(MARKED, "txt", "This is ours and yours", "This is surely ours and now yours")
    overview = edited.clauses[0].children
    assert overview[0].text == "This is surely *ours* and now [yours](https://a.org)."
    edited = back(MARKED, "txt", "It has a note¹ in it.", "It has a long note¹ in it, too.")
    assert edited.clauses[0].children[1].text == "It has a long note^[Or *two*.] in it, too."


def test_what_is_added_to_a_plain_text_stands_beside_what_it_follows():
    edited = back(MARKED, "txt", "Members\n", "A new word stands here.\n\nMembers\n")
    added = edited.clauses[0].children[2]
    assert (added.text, added.id) == ("A new word stands here.", "")
    assert replace(edited.clauses[0], children=MARKED.clauses[0].children) == MARKED.clauses[0]


def test_an_article_that_comes_to_stand_in_a_part_stands_in_it():
    source = "Act\n\nArticle 1\n\nIt is so.\n\nArticle 2\n\nIt is there.\n"
    outline = named(reading.read(source.encode(), "x.txt"))
    edited = back(outline, "txt", "Article 1\n", "Part I\n\nArticle 1\n")
    assert [clause.kind for clause in edited.clauses] == [Kind.PART]
    assert edited.clauses[0].children == outline.clauses


def test_emphasis_that_goes_from_a_markdown_text_is_gone():
    edited = back(MARKED, "md", "*ours*", "ours")
    assert edited.clauses[0].children[0].text.startswith("This is ours")


WORDS = {"en": "The Parties act", "ru": "Стороны действуют", "de": "Wir handeln", "zh": "各方行事"}
item = st.deferred(
    lambda: st.builds(
        lambda inner: Clause(Kind.POINT, "{}", children=inner),
        st.just(()) | st.lists(item, min_size=2, max_size=3).map(tuple),
    )
)
points = st.just(()) | st.lists(item, min_size=2, max_size=4).map(tuple)
paragraph = st.builds(lambda inner: Clause(Kind.PARAGRAPH, "{}", children=inner), points)
article = st.builds(
    lambda heading, inner: Clause(Kind.ARTICLE, heading=heading, children=inner),
    st.sampled_from(["", "Scope", "Name"]),
    st.lists(paragraph, min_size=1, max_size=3).map(tuple),
)
articles = st.lists(article, min_size=1, max_size=3).map(tuple)
part = st.builds(lambda inner: Clause(Kind.PART, heading="Rules", children=inner), articles)
bodies = articles | st.lists(part, min_size=1, max_size=2).map(tuple)


def worded(clauses: tuple[Clause, ...], language: str) -> Outline:
    """The clauses with words of their own, each once."""
    numbers = count(1)

    def one(clause: Clause) -> Clause:
        text = clause.text and f"{WORDS[language]} {next(numbers)}."
        return replace(clause, text=text, children=tuple(map(one, clause.children)))

    return Outline("Treaty", tuple(map(one, clauses)), language)


def depth(clauses: tuple[Clause, ...]) -> int:
    return max((1 + depth(clause.children) for clause in clauses), default=0)


@settings(max_examples=60, deadline=None)
@given(
    bodies.filter(lambda clauses: depth(clauses) < 7),
    st.sampled_from(sorted(WORDS)),
    st.sampled_from(["treaty", "statute", "treaty-restarting"]),
    st.sampled_from(FORMATS),
)
def test_a_text_drafted_here_comes_back(clauses, language, scheme, format):
    outline = named(replace(worded(clauses, language), scheme=scheme))
    again = back(outline, format)
    assert (again, labels(again)) == (outline, labels(outline))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "source",
    [
        "# Law\n\n## Section 1. Principle.\n\nIt is so.\n\n## Section 2. Seat.\n\nIt is there.\n",
        "# Law\n\n## Article. I.\n\nOne.\n\n**Section 2.** All *powers* stay.\n\nNone goes.\n",
        "# Law\n\n## Chapter I\n\nRule 2: all is *well*.\n\nArticle 3 — all is said.\n",
    ],
)
def test_a_plain_text_leaves_headings_that_end_in_a_stop_and_words_that_begin_like_a_unit(
    source, format
):
    outline = named(reading.read(source.encode(), "x.md"))
    assert back(outline, format) == outline
