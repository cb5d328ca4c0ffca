"""Plain texts of treaties, statutes and bylaws, with no mark but numbers and words."""

import pytest

from charter.formats import markdown, plaintext, reading
from charter.formats.reading import Unreadable
from charter.text.inline import plain
from charter.text.numbering import labels
from charter.text.outline import Outline


def rows(source: str, language: str = "en") -> list[str]:
    outline = plaintext.read(source.encode(), language)
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


TREATY = """TREATY ON THE EXAMPLE

The Parties to this Treaty,

Recalling good
faith,

Have agreed as follows:

PART I
GENERAL PROVISIONS

Article 1
Use of terms

1.   For the purposes of this Treaty:
     (a) "treaty" means an agreement concluded
between States;
     (b) "ratification" means the act
         so named:
          (i) by signature; or
          (ii) by accession.
2.   Paragraph 1 is without prejudice to
Article 2 and to its meaning there.

                    Article 2

The Parties shall consult.

DONE at Vienna, this twenty-third day of May.

ANNEX
Procedures

1. First.
2. Second.
"""


def test_a_treaty_is_read_as_a_treaty():
    assert plaintext.read(TREATY.encode()).title == "TREATY ON THE EXAMPLE"
    assert rows(TREATY) == [
        "preamble",
        "  recital The Parties to this Treaty,",
        "  recital Recalling good faith,",
        "  recital Have agreed as follows:",
        "part PART I ‹GENERAL PROVISIONS›",
        "  article Article 1 ‹Use of terms›",
        "    paragraph 1. For the purposes of this Treaty:",
        '      point (a) "treaty" means an agreement concluded between States;',
        '      point (b) "ratification" means the act so named:',
        "        point (i) by signature; or",
        "        point (ii) by accession.",
        "    paragraph 2. Paragraph 1 is without prejudice to Article 2 and to its meaning there.",
        "  article Article 2",
        "    paragraph The Parties shall consult.",
        "paragraph DONE at Vienna, this twenty-third day of May.",
        "annex ANNEX ‹Procedures›",
        "  paragraph 1. First.",
        "  paragraph 2. Second.",
    ]


def test_bylaws_hold_sections_in_articles():
    source = """BYLAWS

ARTICLE I - NAME

Section 1. Name. The name of the association shall be the Association, and no other name.

ARTICLE II - MEMBERS

Section 1. Classes. There are two classes of members with equal rights:
a. ordinary members;
b. honorary members.
"""
    assert rows(source) == [
        "article ARTICLE I ‹NAME›",
        "  section Section 1 Name. The name of the association shall be the Association,"
        " and no other name.",
        "article ARTICLE II ‹MEMBERS›",
        "  section Section 1 Classes. There are two classes of members with equal rights:",
        "    point a. ordinary members;",
        "    point b. honorary members.",
    ]


def test_a_russian_law_is_read_with_its_levels():
    source = """ФЕДЕРАЛЬНЫЙ ЗАКОН

Глава 1. Общие положения

Статья 1. Предмет

1. Закон регулирует отношения, связанные с:
1) гражданством;
2) миграцией:
а) трудовой;
б) учебной.
2. Положения части 1 применяются всегда.

Статья 2

В соответствии со статьёй 1 ничего не меняется.
"""
    assert rows(source, "ru") == [
        "chapter Глава 1 ‹Общие положения›",
        "  article Статья 1 ‹Предмет›",
        "    paragraph 1. Закон регулирует отношения, связанные с:",
        "      point 1) гражданством;",
        "      point 2) миграцией:",
        "        point а) трудовой;",
        "        point б) учебной.",
        "    paragraph 2. Положения части 1 применяются всегда.",
        "  article Статья 2",
        "    paragraph В соответствии со статьёй 1 ничего не меняется.",
    ]


def test_chinese_articles_run_into_their_words():
    source = "示例法\n\n第一章 总则\n\n第一条 为了示例。\n第二条 包括：\n（一）甲；\n（二）乙。"
    assert rows(source, "zh") == [
        "chapter 第一章 ‹总则›",
        "  article 第一条 为了示例。",
        "  article 第二条 包括：",
        "    point （一） 甲；",
        "    point （二） 乙。",
    ]


def test_a_german_statute_is_computed_throughout():
    source = "Satzung\n\n§ 1 Name\n\n(1) So.\n(2) Ziele:\n1. Kunst,\n   a) alte,\n2. Bildung."
    outline = plaintext.read(source.encode(), "de")
    assert outline.scheme == "statute"
    assert [clause.numeral for _, clause in outline.walk()][:5] == [None] * 5


def test_arabic_articles_are_known():
    assert rows("المادة 1\n\nيولد جميع الناس أحرارا.\n\nالمادة 2\n\nلكل إنسان حق.", "ar")[::2] == [
        "article المادة 1",
        "article المادة 2",
    ]


def test_marks_of_markdown_are_words_here():
    source = (
        "Rules\n\nUse 2 * 3 * 4 and *stars*, [a](https://b.org), snake_case^[x] and `code`.\n\nEnd."
    )
    outline = plaintext.read(source.encode())
    assert plain(outline.clauses[0].text).body == source.split("\n\n")[1]


def test_long_lines_are_paragraphs_of_their_own():
    line = (
        "The Parties shall cooperate in good faith in everything that this text asks of them. " * 4
    )
    assert len(rows(f"{line}\n{line}\n{line}")) == 3


def test_what_plain_text_gives_comes_back_from_markdown():
    outline = plaintext.read(TREATY.encode())
    assert markdown.read(markdown.write(outline)) == outline


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04rest", "a Word or ZIP file"),
        (bytes(range(256)), "byte 129"),
        ("Статья".encode("cp1251"), "save it with the encoding UTF-8"),
        ("Статья".encode("koi8-r"), "not UTF-8"),
        ("Präambel".encode("latin-1"), "byte 3 "),
        ("第一条".encode("gb18030"), "not UTF-8"),
        ("Article".encode("utf-16-le"), "NUL"),
        (b"\xff\xfea", "UTF-16"),
        (b"a\x00b", "NUL"),
        (b"a " * 5_000_000, "larger than 8 MB"),
        (b"a\n\n" * 200_000, "more than 150000 lines"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(data, said):
    with pytest.raises(Unreadable, match=said) as refused:
        reading.read(data)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_encoding_it_names(encoding):
    outline = reading.read("# Хартия\n\nСлова.".encode(encoding))
    assert (outline.title, outline.clauses[0].text) == ("Хартия", "Слова.")


def test_line_ends_of_every_system_are_line_ends():
    assert reading.read(b"# T\r\n\r\na\r\nb\rc") == reading.read(b"# T\n\na\nb\nc")


def test_the_name_of_a_file_and_its_marks_choose_the_reader():
    assert reading.read(b"1 * 2 * 3 *4*", "x.md").clauses[0].text == "1 * 2 * 3 *4*"
    assert reading.read(b"1 * 2 * 3 *4*", "x.txt").clauses[0].text != "1 * 2 * 3 *4*"
    assert reading.read(b"## Article 1\n\nx", "x.txt").clauses[0].children
    assert reading.read(b"") == Outline()


@pytest.mark.parametrize(
    "source",
    [
        "\n".join("  " * level + "- x" for level in range(300)),
        "> " * 300 + "x",
        "- " * 3000 + "x",
        "1. " * 3000 + "x",
        "a" * 2_000_000,
        "# a" + " " * 200_000 + "b",
        "Article " + "1" * 200_000,
        "1." * 100_000 + " x",
        "[^1]" * 20_000 + "\n\n[^1]: a note that is long enough to make a text very large\n",
        "| a " * 50_000 + "\n|---|\n",
        "\n\n".join(f"## Article {number}\n\n1. x\n" for number in range(1, 2001)),
    ],
    ids=["lists", "quotes", "bullets", "numbers", "word", "spaces", "digits", "decimals", "notes",
         "table", "articles"],
)  # fmt: skip
def test_awkward_texts_are_read_without_delay_and_come_back(source):
    outline = reading.read(source.encode(), "x.md")
    assert markdown.read(markdown.write(outline)) == outline


def test_a_line_that_had_room_for_more_was_ended_on_purpose():
    source = (
        "Rules\n\nThe Council,\nRecalling its rules on the use of all the rivers that it knows,\n"
        "Noting that they hold,\n\nArticle 1\n\nDone."
    )
    assert rows(source)[:4] == [
        "preamble",
        "  recital The Council,",
        "  recital Recalling its rules on the use of all the rivers that it knows,",
        "  recital Noting that they hold,",
    ]


def test_a_line_that_was_full_was_only_wrapped():
    source = (
        "Rules\n\nThe Parties agree on the rules that stand here, which the Council,\n"
        "Assembly and Court have to keep.\n\nEnd."
    )
    assert rows(source)[0].endswith("which the Council, Assembly and Court have to keep.")


def test_a_short_line_under_a_bare_number_is_its_heading():
    source = (
        "Rules\n\nChapter I\nGeneral provisions\nArticle 1\nUse of terms\n"
        "For the purposes of these rules, the terms are used as they are.\n\n"
        "Article 2\nThe Parties consult one another in good faith about what is\nmeant.\n"
    )
    assert rows(source) == [
        "chapter Chapter I ‹General provisions›",
        "  article Article 1 ‹Use of terms›"
        " For the purposes of these rules, the terms are used as they are.",
        "  article Article 2 The Parties consult one another in good faith about what is meant.",
    ]


def test_a_title_may_end_in_the_stop_of_an_abbreviation():
    for title in (
        "Satzung des Gartens e.V.",
        "Bylaws of the Garden Co.",
        "Statuto Giardino S.p.A.",
    ):
        assert plaintext.read(f"{title}\n\n§ 1 Name\n\n(1) So.".encode()).title == title
    assert plaintext.read(b"It is so.\n\nIt is.").title == ""


def test_an_item_may_begin_with_the_sign_of_a_paragraph():
    assert rows("S\n\n§ 1 Zweck\n\n(1) So.\n(2) § 3 gilt.", "de")[2] == "  paragraph (2) § 3 gilt."


@pytest.mark.parametrize("mark", ["（一）", "(一)", "一、", "1．", "1、"])
def test_chinese_marks_need_no_space_after_them(mark):
    assert rows(f"规则\n\n第一条 下列：\n{mark}甲；", "zh")[1].strip() in (
        f"point {mark} 甲；",
        f"paragraph {mark} 甲；",
    )


def test_units_of_a_text_numbered_throughout_are_sections_where_they_have_titles():
    source = (
        "Terms\n\n1. Scope\n1.1 In this text:\n1.1.1 a gate is a door;\n1.2 Gates open.\n\n"
        "2. Use\n\nGates are used.\n"
    )
    assert rows(source) == [
        "section 1. ‹Scope›",
        "  paragraph 1.1. In this text:",
        "    point 1.1.1. a gate is a door;",
        "  paragraph 1.2. Gates open.",
        "section 2. ‹Use›",
        "  paragraph Gates are used.",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "1.1 X\n" + "1. Scope\n\n" * 3000,
        "1.1 X\n" + "\n" * 20_000 + "1. Scope",
        "Long\n\n" + "The Council and all of its many members,\n" * 3000 + "x" * 60,
        "\n".join(f"第{number}条　为了。\n(一)甲；" for number in range(1000)),
        "+++ " + " +++x" * 20_000,
    ],
    ids=["headings", "blanks", "sentences", "chinese", "fences"],
)
def test_long_plain_texts_are_read_without_delay_and_come_back(source):
    outline = plaintext.read(source.encode())
    assert markdown.read(markdown.write(outline)) == outline


def test_a_list_of_short_items_is_no_row_of_headings():
    assert rows("T\n\nText.\n\n1. Kunst\n\n2. Musik\n\n1.1 So.")[1:3] == [
        "paragraph 1. Kunst",
        "paragraph 2. Musik",
    ]


def test_capitals_after_a_sentence_begin_a_paragraph():
    source = "T\n\n(1) Gardens are quiet.\nHAVE AGREED AS FOLLOWS:\n\nArticle 1\n\nSo."
    assert rows(source)[1] == "paragraph HAVE AGREED AS FOLLOWS:"


def test_a_number_may_stand_on_the_line_after_its_name():
    assert rows("Rules\n\nOf gates.\n\nArticle\n12\n\nSo.")[1] == "article Article 12"


WRAPPED = """Constitution of the Republic

Article. I.

Section. 1. The Council of the Republic keeps the rivers and the lakes of the
United Provinces, and it meets there.

Section. 2. The Assembly consists of Members chosen every second Year by the
People of the Provinces.

Section. 3. The Electors of each Province have what the law asks of its every
Elector and no more.

Section. 4. Of the Courts

The Courts are there.

Section. 5. Of the peaceful settlement of disputes between the Provinces, and of
the prevention of new ones

They are settled.
"""


@pytest.mark.parametrize(("mark", "name"), [("", "x.txt"), ("# ", "x.md")])
def test_a_sentence_that_goes_on_in_the_next_line_is_no_heading(mark, name):
    outline = reading.read(f"{mark}{WRAPPED}".encode(), name)
    shown = [
        (label, clause.heading, (clause.text or clause.children[0].text)[-12:])
        for clause, label in zip(
            outline.clauses[0].children,
            [label for label in labels(outline) if label.startswith("Section")],
            strict=True,
        )
    ]
    assert shown == [
        ("Section. 1.", "", "meets there."),
        ("Section. 2.", "", "e Provinces."),
        ("Section. 3.", "", "and no more."),
        ("Section. 4.", "Of the Courts", "s are there."),
        (
            "Section. 5.",
            "Of the peaceful settlement of disputes between the Provinces, and of"
            " the prevention of new ones",
            "are settled.",
        ),
    ]


def test_a_heading_with_words_right_under_it_stays_one():
    source = "Rules\n\nArticle 1. Name\nThe name is Example.\n\nArticle 2. Seat\nIt is in Minsk.\n"
    assert rows(source) == [
        "article Article 1 ‹Name› The name is Example.",
        "article Article 2 ‹Seat› It is in Minsk.",
    ]


def test_sections_stand_in_sections_by_name():
    source = "Law\n\nSection. 1.\n\nSo.\n\nSubSection. 1.\n\nThere.\n\nSection. 2.\n\nHere.\n"
    assert rows(source) == [
        "section Section. 1.",
        "  paragraph So.",
        "  section SubSection. 1.",
        "    paragraph There.",
        "section Section. 2.",
        "  paragraph Here.",
    ]
