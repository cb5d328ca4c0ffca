"""Markdown of real texts becomes clauses, and clauses Markdown that is read back the same."""

import pytest

from charter.formats.markdown import read, write
from charter.text.inline import plain
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline


def rows(source: str, language: str = "en") -> list[str]:
    """Each clause as one line: indent, kind, number, heading in ‹›, words."""
    outline = read(source.encode(), language)
    return [
        "  " * depth
        + " ".join(
            part
            for part in (
                clause.kind.value,
                label,
                clause.heading and f"‹{clause.heading}›",
                clause.text,
            )
            if part
        )
        for (depth, clause), label in zip(outline.walk(), labels(outline), strict=True)
    ]


def again(outline: Outline) -> Outline:
    return read(write(outline), outline.language)


def test_the_first_heading_is_the_title():
    outline = read(b"# Charter\n\nWords.\n")
    assert (outline.title, len(outline.clauses)) == ("Charter", 1)


def test_a_first_heading_that_names_a_unit_is_no_title():
    assert rows("# Article 1\n\nWords.") == ["article Article 1", "  paragraph Words."]


def test_words_right_under_a_heading_are_the_units_own():
    assert rows("## Article 1\nOwn words.\n\nA paragraph.") == [
        "article Article 1 Own words.",
        "  paragraph A paragraph.",
    ]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("## Article 1", "article Article 1"),
        ("## Article 1 — Scope", "article Article 1 ‹Scope›"),
        ("## Article 1. Scope", "article Article 1 ‹Scope›"),
        ("## **Article 1: Scope**", "article Article 1 ‹Scope›"),
        ("## Article. IV.", "article Article. IV."),
        ("## ARTICLE ONE", "article ARTICLE ONE"),
        ("## Article 12a", "article Article 12a"),
        ("## Article 5 bis", "article Article 5 bis"),
        ("## § 3. Dues", "article § 3 ‹Dues›"),
        ("## Section 1. Guiding Principle.", "section Section 1 ‹Guiding Principle.›"),
        ("## 1.2 Scope", "section 1.2. ‹Scope›"),
        ("## Part II: Organs", "part Part II ‹Organs›"),
        ("## Chapter I", "chapter Chapter I"),
        ("## Annex", "annex Annex"),
        ("## Annex II — Map", "annex Annex II ‹Map›"),
        ("## Preamble", "preamble ‹Preamble›"),
        ("## Membership", "section ‹Membership›"),
        ("## Articles of faith", "section ‹Articles of faith›"),
        ("## Статья 1. Цели", "article Статья 1. ‹Цели›"),
        ("## Приложение I", "annex Приложение I"),
        ("## 第一条 范围", "article 第一条 ‹范围›"),
        ("## 第二章", "chapter 第二章"),
        ("## المادة 5", "article المادة 5"),
        ("## 1-бап", "article 1-бап"),
    ],
)
def test_units_are_known_by_their_words_and_numbers(line, row):
    assert rows(line) == [row]


def test_underlined_headings_are_headings():
    assert rows("Charter\n=======\n\nMembers\n-------\n\nWords.") == [
        "section ‹Members›",
        "  paragraph Words.",
    ]


def test_kinds_hold_by_their_ladder_whatever_the_level_of_the_heading():
    assert rows("## Part I\n\n## Article 1\n\n## Part II\n\n# Article 2") == [
        "part Part I",
        "  article Article 1",
        "part Part II",
        "  article Article 2",
    ]


def test_levels_count_where_they_say_that_an_article_stands_beside_a_chapter():
    source = "## Part I\n\n### Chapter I\n\n#### Article 1\n\n### Article 2"
    assert rows(source)[-1] == "  article Article 2"


def test_sections_stand_in_the_articles_of_bylaws():
    assert rows("## Article. I.\n\n### Section. 1.\n\nWords.") == [
        "article Article. I.",
        "  section Section. 1.",
        "    paragraph Words.",
    ]


def test_numbered_paragraphs_points_and_bullets_nest():
    source = """## Article 1

1. The Parties shall:
   (a) meet;
   (b) agree on
       (i) rules;
       (ii) seats.
2. They may:
   - rest;
   - leave.
"""
    assert rows(source) == [
        "article Article 1",
        "  paragraph 1. The Parties shall:",
        "    point (a) meet;",
        "    point (b) agree on",
        "      point (i) rules;",
        "      point (ii) seats.",
        "  paragraph 2. They may:",
        "    point • rest;",
        "    point • leave.",
    ]


def test_points_without_indent_nest_by_their_manner():
    source = "## Article 1\n\n1. x:\n\n(a) y\n\n(i) z\n\n(b) w\n\n2. v"
    assert [row.split()[1] for row in rows(source)][1:] == ["1.", "(a)", "(i)", "(b)", "2."]
    assert rows(source)[3].startswith("      point")


def test_after_h_comes_the_letter_i_and_after_a_the_number():
    letters = "\n\n".join(f"({letter}) x" for letter in "abcdefghij")
    assert len({row.index("p") for row in rows(letters)}) == 1


def test_a_list_of_ones_is_numbered_in_order():
    assert [row.split()[1] for row in rows("1. a\n1. b\n1. c")] == ["1.", "2.", "3."]


def test_numbers_out_of_order_stay_as_they_are():
    assert [row.split()[1] for row in rows("1) a\n3) b\n2) c")] == ["1)", "3)", "2)"]


def test_bullets_belong_to_the_paragraph_before_them():
    assert rows("The duties are:\n\n* a\n* b\n\nNext.") == [
        "paragraph The duties are:",
        "  point • a",
        "  point • b",
        "paragraph Next.",
    ]


def test_numbers_after_a_colon_are_points_and_otherwise_paragraphs():
    assert rows("It has:\n\n1. a\n2. b") == ["paragraph It has:", "  point 1. a", "  point 2. b"]
    assert rows("It is.\n\n1. a\n2. b")[1] == "paragraph 1. a"


def test_a_short_first_line_of_an_item_is_its_heading():
    source = "1. Free Redistribution\n\n   The license may.\n\n2. **Source.**\n\n   It must.\n"
    assert rows(source) == [
        "paragraph 1. ‹Free Redistribution› The license may.",
        "paragraph 2. ‹Source.› It must.",
    ]


def test_more_paragraphs_of_an_item_are_its_unnumbered_points():
    assert rows("1. One.\n\n   Two.\n\n2. Three.") == [
        "paragraph 1. One.",
        "  point Two.",
        "paragraph 2. Three.",
    ]


def test_paragraphs_of_a_preamble_are_recitals():
    assert rows("## Preamble\n\nThe Parties,\n\nRecalling peace,") == [
        "preamble ‹Preamble›",
        "  recital The Parties,",
        "  recital Recalling peace,",
    ]


def test_opening_words_that_end_in_commas_are_the_preamble():
    source = "# Treaty\n\nThe Parties,\n\nHave agreed as follows:\n\n## Article 1"
    assert rows(source)[0] == "preamble"
    assert rows(source.replace("Parties,", "Parties."))[0] == "paragraph The Parties."


def test_a_line_across_the_page_ends_the_units():
    assert rows("## Part I\n\n### Article 1\n\nx\n\n---\n\nDone at Vienna.")[-1] == (
        "paragraph Done at Vienna."
    )
    assert rows("## Part I\n\n### Article 1\n\nx\n\n***\n\nSo be it.")[-1] == (
        "  paragraph So be it."
    )


def test_wrapping_says_nothing():
    wrapped = "## Article 1\n\nThe Parties\nshall   act\n  together.\n\n1. One\n   two\nthree.\n"
    assert rows(wrapped) == rows(
        "## Article 1\n\nThe Parties shall act together.\n\n1. One two three."
    )


def test_chinese_lines_are_joined_without_a_space():
    assert rows("缔约各方\n应当合作。", "zh") == ["paragraph 缔约各方应当合作。"]


def test_footnotes_come_to_their_words_and_go_back_to_the_end():
    source = b"One[^a] two[^a].\n\n[^a]: The *note*\n    goes on.\n"
    outline = read(source)
    assert outline.clauses == (
        Clause(Kind.PARAGRAPH, "One^[The *note* goes on.] two^[The *note* goes on.].", numeral=""),
    )
    assert write(outline) == b"One[^1] two[^1].\n\n[^1]: The *note* goes on.\n"


def test_a_footnote_nobody_refers_to_stays_as_words():
    assert rows("Words.\n\n[^x]: An orphan.") == ["paragraph Words.", "paragraph [^x]: An orphan."]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("Words.\n\n[x]: /a.md#b", "Words.\n\n[x]: /a.md#b\n"),
        ("Words.\n\n[^x]: An orphan.", "Words.\n\n[^x]: An orphan.\n"),
        ("[X] stays.\n\n\\[x]: /a.md", "[X] stays.\n\n\\[x]: /a.md\n"),
        ("- [x]: /a.md", "- \\[x]: /a.md\n"),
    ],
)
def test_a_definition_that_no_words_use_is_written_as_one(source, written):
    outline = read(source.encode())
    assert write(outline).decode() == written
    assert again(outline) == outline


def test_reference_links_are_put_in_their_places():
    source = (
        "See [the policy][p], [p], [Q][].\n\n[p]: https://example.org/p\n[q]: <mailto:a@b.c> 'T'"
    )
    assert rows(source) == [
        "paragraph See [the policy](https://example.org/p), [p](https://example.org/p),"
        ' [Q](mailto:a@b.c "T").'
    ]


def test_brackets_of_the_table_are_no_links():
    assert rows("The Parties [shall] [may] act.") == ["paragraph The Parties [shall] [may] act."]


def test_rows_of_a_table_are_clauses_and_become_a_table_again():
    source = "| Year | Seats |\n|---|:-:|\n| 2017 | 3 |\n"
    assert rows(source) == ["paragraph | Year | Seats |", "paragraph | 2017 | 3 |"]
    assert write(read(source.encode())) == b"| Year | Seats |\n| --- | --- |\n| 2017 | 3 |\n"


def test_code_stays_as_words():
    assert rows("```sh\nrun *this*\n  now\n```\n\nUse `a*b`.") == [
        "paragraph ``` sh run *this* now ```",
        "paragraph Use `a*b`.",
    ]
    assert plain("``` sh run *this* now ```").body == "``` sh run *this* now ```"


def test_html_stays_as_words():
    source = 'Parties<sup>[2](#n2)</sup> meet.\n\n<a name="n2">2</a>: States.'
    assert rows(source) == [f"paragraph {line}" for line in source.split("\n\n")]


def test_quotations_keep_their_mark():
    assert rows("> Quoted\n> words.\n>\n> More.") == [
        "paragraph > Quoted words.",
        "paragraph > More.",
    ]


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_front_matter_stays_as_words_above_the_title(fence):
    source = f'{fence}\nversion = "2.0"\n{fence}\n\n# Covenant\n\nWords.'
    outline = read(source.encode())

    assert outline.title == "Covenant"
    assert rows(source) == [f'paragraph {fence} version = "2.0" {fence}', "paragraph Words."]
    assert write(outline).split(b"\n\n")[1] == b"# Covenant"
    assert again(outline) == outline


def test_a_resolution_has_its_recitals_in_a_preamble():
    source = "# R\n\nRivers\n\nThe Council,\n\nRecalling peace,\n\n1. *Decides* so.\n2. Ends."
    assert rows(source) == [
        "paragraph Rivers",
        "preamble",
        "  recital The Council,",
        "  recital Recalling peace,",
        "paragraph 1. *Decides* so.",
        "paragraph 2. Ends.",
    ]


def test_units_without_marks_are_known_where_no_heading_has_one():
    source = "Article 1\nScope\n\nWords.\n\n**Article 2**\n\nAs Article 1 says,\nArticle 5 is void."
    assert rows(source) == [
        "article Article 1 ‹Scope›",
        "  paragraph Words.",
        "article Article 2",
        "  paragraph As Article 1 says, Article 5 is void.",
    ]


def test_a_year_at_the_start_of_a_line_is_no_number():
    assert rows("Adopted in the year\n1945. It stands.") == [
        "paragraph Adopted in the year 1945. It stands."
    ]


def test_computed_numbers_are_left_to_the_tree_and_odd_ones_kept():
    outline = read(b"## Article 1\n\n1. a\n2. b\n\n## Article 3\n\n1. c\n")
    assert [clause.numeral for _, clause in outline.walk()] == [None, None, None, "3", "1"]


def test_articles_that_start_again_in_each_part_choose_the_restarting_scheme():
    source = b"## Part I\n\n### Article 1\n\n## Part II\n\n### Article 1\n"
    assert read(source).scheme == "treaty-restarting"
    assert read(source, scheme="treaty").scheme == "treaty"
    assert labels(read(source)) == labels(read(source, scheme="treaty"))


def test_section_signs_choose_the_statute_scheme():
    outline = read("## § 1 Name\n\n(1) a\n\n(2) b\n".encode(), "de")
    assert outline.scheme == "statute"
    assert all(clause.numeral is None for _, clause in outline.walk())


DRAFT = Outline(
    "Charter",
    (
        Clause(
            Kind.PREAMBLE,
            heading="Preamble",
            text="The Parties,",
            children=(Clause(Kind.RECITAL, "*Recalling* peace,"),),
        ),
        Clause(
            Kind.PART,
            heading="Aims",
            children=(
                Clause(
                    Kind.CHAPTER,
                    heading="First",
                    children=(
                        Clause(
                            Kind.ARTICLE,
                            "The aims are:",
                            "Purposes",
                            children=(Clause(Kind.POINT, "peace;"), Clause(Kind.POINT, "trade.")),
                        ),
                    ),
                ),
                Clause(
                    Kind.ARTICLE,
                    heading="Terms",
                    numeral="12",
                    children=(
                        Clause(Kind.PARAGRAPH, "One^[a note] [](#x).", "Titled."),
                        Clause(Kind.PARAGRAPH, "- no bullet"),
                        Clause(Kind.PARAGRAPH, "1. no number", numeral=""),
                    ),
                ),
                Clause(Kind.PARAGRAPH, "So agreed.", numeral=""),
            ),
        ),
        Clause(Kind.SECTION, heading="Article 9 is no article", numeral=""),
        Clause(Kind.PARAGRAPH, "Done at Minsk.", numeral=""),
        Clause(Kind.ANNEX, heading="Map", children=(Clause(Kind.ARTICLE, "x"),)),
    ),
)


@pytest.mark.parametrize("language", ["en", "ru", "fr", "es", "de", "zh", "ar"])
@pytest.mark.parametrize("scheme", ["treaty", "statute"])
def test_a_draft_comes_back_as_it_was_in_every_language(language, scheme):
    draft = Outline(DRAFT.title, DRAFT.clauses, language, scheme)
    found = read(write(draft), language, scheme)
    assert list(found.walk()) == list(draft.walk())
    assert found == draft


def test_an_empty_text_is_nothing():
    assert write(Outline()) == b""
    assert read(b"") == Outline()
    assert again(DRAFT).title == "Charter"


@pytest.mark.parametrize("end", ["  ", "\\", " \\"])
def test_a_line_ended_on_purpose_goes_on_without_its_mark(end):
    assert rows(f"Date: today{end}\nPresent: all") == ["paragraph Date: today Present: all"]


@pytest.mark.parametrize(
    ("definition", "address"),
    [
        ("[key]:\n  https://a.org/b", "https://a.org/b"),
        ("[key]: https://a.org/b_(c)", "https://a.org/b_(c)"),
        ("[key]: <https://a.org/b_(c)>", "https://a.org/b_(c)"),
        (r"[key]: https://a.org/b_\(c\)", "https://a.org/b_(c)"),
        (r"[key]: https://a.org/b_\(c", "https://a.org/b_%28c"),
    ],
)
def test_an_address_may_have_brackets_and_stand_on_the_next_line(definition, address):
    source = "See [the key].\n\n" + definition.replace("key", "the key", 1)
    (found,) = read(source.encode()).clauses
    assert found.text == f"See [the key]({address})."


def test_a_definition_of_nothing_stays_words():
    found = read(b"See [key].\n\n[key]:\n\nWords.\n\n[other]:\ntwo words\n")
    assert [one.text for one in found.clauses] == [
        "See [key].", "[key]:", "Words.", "[other]:", "two words",
    ]  # fmt: skip
