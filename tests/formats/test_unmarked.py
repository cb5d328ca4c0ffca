"""Units named on lines without a mark, in texts that mark some headings or none."""

import pytest

from charter.formats import markdown, reading
from charter.formats.document import Document, Point
from charter.formats.txt import write
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline


def rows(source: str, name: str = "x.md", language: str = "en") -> list[str]:
    outline = reading.read(source.encode(), name, language)
    again = markdown.read(markdown.write(outline), language)
    assert shown(again) == shown(outline)
    return shown(outline)


def shown(outline: Outline) -> list[str]:
    """The title, and each clause as one line: indent, kind, number, heading in ‹›, words."""
    found = [outline.title]
    for (depth, clause), label in zip(outline.walk(), labels(outline), strict=True):
        heading = clause.heading and f"‹{clause.heading}›"
        parts = (clause.kind.value, label, heading, clause.text)
        found.append("  " * depth + " ".join(part for part in parts if part))
    return found


def test_a_title_with_a_mark_does_not_hide_units_without():
    assert rows("# Treaty\n\nArticle 1\n\nText.\n\n**Article 2: Scope**\n\nMore.") == [
        "Treaty",
        "article Article 1",
        "  paragraph Text.",
        "article Article 2 ‹Scope›",
        "  paragraph More.",
    ]


def test_bylaws_set_off_the_numbers_of_their_sections():
    source = "# Bylaws\n\n**ARTICLE I: NAME**\n\n**Section 1.** All.\n\n**Section 2. Seat.** Here."
    assert rows(source) == [
        "Bylaws",
        "article ARTICLE I ‹NAME›",
        "  section Section 1 All.",
        "  section Section 2 ‹Seat.› Here.",
    ]


def test_sections_set_off_in_articles_with_marks_count_from_one():
    source = (
        "# Law\n\n## Article. I.\n\n**Section. 1.**  All is\nwell.\n\nSo it is."
        "\n\n**Section. 2.** None goes.\n\n## Article. II.\n\n**Section. 1.** They meet."
    )
    assert rows(source) == [
        "Law",
        "article Article. I.",
        "  section Section. 1. All is well.",
        "    paragraph So it is.",
        "  section Section. 2. None goes.",
        "article Article. II.",
        "  section Section. 1. They meet.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "**Section 2.** It does not count from one.",
        "**Section 1** of this law is about rivers.",
        "**Article 1.** Articles have marks of their own.",
        "*Section 1.* Single marks set nothing off.",
    ],
)
def test_words_set_off_are_no_unit_where_they_may_be_words(words):
    assert rows(f"# Law\n\n## Article I\n\nSo.\n\n{words}")[-1] == f"  paragraph {words}"


def test_articles_without_marks_stand_in_chapters_with_them():
    source = "# T\n\n## Chapter I\n\nArticle 1\n\nx.\n\n## Chapter II\n\nArticle 2\n\ny."
    assert rows(source)[1:] == [
        "chapter Chapter I",
        "  article Article 1",
        "    paragraph x.",
        "chapter Chapter II",
        "  article Article 2",
        "    paragraph y.",
    ]


def test_a_line_that_cites_an_article_is_none_where_articles_have_marks():
    assert rows("# T\n\n## Article 1\n\nArticle 7\n\nx.")[2] == "  paragraph Article 7"
    assert rows("# T\n\n## Aims\n\nArticle 7\n\nx.")[2] == "  paragraph Article 7"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Article **7** — Foo", "article Article 7 ‹Foo›"),
        ("`Article 6`", "article Article 6"),
        ("[Article 8](#x)", "article Article 8"),
        ('<a name="a1"></a>Article 1. Scope', "article Article 1 ‹Scope›"),
        ("Article 2. Scope {#art2}", "article Article 2 ‹Scope›"),
        ("Scope {#scope}", "section ‹Scope›"),
    ],
)
def test_addresses_and_stress_are_no_part_of_a_heading(line, row):
    assert rows(f"# T\n\n## {line}\n\nx.")[1] == row


def test_a_heading_that_ends_in_braces_comes_back():
    outline = reading.read(b"# T\n\n## Scope \\{#scope}\n\nx.", "x.md")
    assert outline.clauses[0].heading == "Scope {#scope}"
    assert markdown.read(markdown.write(outline)) == outline


def test_notes_on_lines_of_their_own_are_notes_of_their_own():
    source = "One[^1] and two[^2].\n\n[^1]: First.\n[^2]: Second\nline.\n[^3]: Third."
    assert rows(f"# T\n\n{source}")[1:] == [
        "paragraph One^[First.] and two^[Second line.].",
        "paragraph [^3]: Third.",
    ]


@pytest.mark.parametrize("sign", ["**strongly**", "[so](https://e.org)", "x\n\n[a]: b"])
def test_stars_and_brackets_make_no_markdown_of_a_plain_text(sign):
    source = f"Treaty\n\nArticle 1\n\nText {sign} and so on.\n\nArticle 2\n\nText."
    outline = reading.read(source.encode(), "treaty.txt")
    assert outline.title == "Treaty"
    assert [clause.kind for clause in outline.clauses] == ["article", "article"]


@pytest.mark.parametrize("text", ["Article 1", "Article 1. Scope", "Section 1: All.", "§ 3"])
def test_words_that_name_a_unit_come_back_as_words(text):
    outline = Outline("T", (Clause(Kind.PARAGRAPH, text, numeral=""),))
    assert markdown.read(markdown.write(outline)) == outline


def test_a_first_line_is_the_title_where_nothing_has_a_mark_but_units_are_named():
    assert rows("Treaty\n\nArticle 1\n\nText **strongly**.", "")[0] == "Treaty"
    assert rows("The Parties agree.\n\nArticle 1\n\nText **strongly**.", "")[0] == ""
    assert rows("Rivers\n\nThey flow **strongly**.", "")[0] == ""


def test_words_above_the_title_stand_above_it_in_a_plain_text_too():
    source = "---\nversion = 2\n---\n\n# Covenant\n\nWords."
    outline = reading.read(source.encode(), "x.md")
    text = write(Document(outline, Point(1))).decode()
    assert text == "--- version = 2 ---\n\nCovenant\n\nWords.\n"
    assert reading.read(text.encode(), "x.txt") == outline


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("**Section 1.** It is so.", r"**Section 1\.** It is so."),
        ("**Section 1** It is so.", r"\**Section 1** It is so."),
        ("**Section 1** is so.", "**Section 1** is so."),
        ("**Article 2.** It is so.", "**Article 2.** It is so."),
    ],
)
def test_words_that_would_be_a_unit_set_off_are_written_so_that_they_stay_words(words, written):
    paragraph = Clause(Kind.PARAGRAPH, words, numeral="")
    outline = Outline("Law", (Clause(Kind.ARTICLE, children=(paragraph,)),))
    assert markdown.write(outline).decode().split("\n\n")[2].strip() == written
    again = markdown.read(markdown.write(outline))
    assert (shown(again), again.clauses[0].children) == (shown(outline), (paragraph,))


def test_lines_between_rules_are_front_matter_where_they_give_a_value():
    assert rows("---\nlayout: page\n---\n# Law\n\nSo.")[0] == "Law"
    assert shown(markdown.read(b"---\n## Article 5\n---\n# Law\n\nSo."))[:2] == [
        "",
        "article Article 5",
    ]
