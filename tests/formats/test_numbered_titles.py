"""Sections of a plain text that have only a figure and a title: "1. Definitions"."""

import pytest

from charter.formats import reading
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Outline


def read(source: str, name: str = "x.txt") -> Outline:
    return reading.read(source.encode(), name, "en")


def sections(source: str) -> list[str]:
    """The sections of a plain text, as they are printed."""
    outline = read(source)
    places = zip(outline.walk(), labels(outline), strict=True)
    return [f"{label} {one.heading}" for (_, one), label in places if one.kind is Kind.SECTION]


def shape(outline: Outline) -> list[tuple[int, str, str, str]]:
    return [(depth, one.kind.value, one.heading, one.text) for depth, one in outline.walk()]


ROW = ("1. Name", "2. Scope", "3. Seat")


def text(*heads: str, below: str = "It is so.", gap: str = "\n\n") -> str:
    return "Bylaws\n\n" + "\n\n".join(f"{head}{gap}{below}" for head in heads)


@pytest.mark.parametrize(
    "heads",
    [
        ROW,
        ("1. Name.", "2. Scope.", "3. Seat."),
        ("1. NAME", "2. SCOPE", "3. SEAT."),
        ("0. Words", "1. Name", "2. Seat"),
        ("1) Name", "2) Scope", "3) Seat"),
        ("1. Definitions:", "2. Scope", "3. Seat"),
        ("1. Предмет.", "2. Сфера действия.", "3. Срок."),
        (*ROW, *ROW),
    ],
)
@pytest.mark.parametrize("below", ["It is so.", "1.1. It is so.", "(a) It is so.\n\n(b) Or so."])
def test_a_row_of_titles_over_words_are_sections(heads, below):
    assert sections(text(*heads, below=below)) == list(heads)


@pytest.mark.parametrize(
    "unit",
    ["Article {n}", "ARTICLE {n}\n\nMEMBERS", "Статья {n}", "§ {n} Mitglieder", "Section {n}"],
)
@pytest.mark.parametrize("below", ["It is so.", "1.1 Word\n\nIt is so."])
def test_in_an_article_or_a_section_they_are_paragraphs(unit, below):
    inner = text(*ROW, below=below).removeprefix("Bylaws\n\n")
    source = "\n\n".join(["Bylaws", *(f"{unit.format(n=n)}\n\n{inner}" for n in (1, 2, 3))])
    found = read(source)
    kinds = [one.kind for one in found.clauses]
    assert len(kinds) == 3
    assert set(kinds) <= {Kind.ARTICLE, Kind.SECTION}
    heads = [one.heading or one.text for one in found.clauses[1].children]
    assert [head for head in heads if head in ("Name", "Scope", "Seat")] == [
        "Name",
        "Scope",
        "Seat",
    ]


def test_a_title_may_stand_right_behind_its_stop():
    assert sections(text("1.Name", "2.Scope", "3. Seat")) == list(ROW)
    assert sections(text("1.5 Name", "2.5 Scope", "3.5 Seat", below="")) == []


def test_words_may_begin_right_under_a_title():
    found = read(text("1. NAME", "2. SCOPE", "3. SEAT", gap="\n"))
    assert [entry[2:] for entry in shape(found)] == [
        ("NAME", "It is so."), ("SCOPE", "It is so."), ("SEAT", "It is so."),
    ]  # fmt: skip


def test_a_title_may_go_on_in_the_next_line():
    heads = ("1. Name", "2. Work of the committees and of the\nwhole assembly", "3. Seat")
    assert sections(text(*heads)) == [head.replace("\n", " ") for head in heads]


def test_a_title_may_be_underlined():
    heads = [f"{head}\n{'-' * len(head)}" for head in ROW]
    assert sections(text(*heads)) == list(ROW)
    assert sections(text(*heads, below="1.1. It is so.")) == list(ROW)


@pytest.mark.parametrize(
    "source",
    [
        text(*ROW, below=""),  # a list of short items
        text("1. Name", "2. Scope"),  # too few to be a manner
        text("1. Name", "3. Scope", "4. Seat"),
        text("2. Name", "3. Scope", "4. Seat"),
        text("1. Name", "2. The seat is in Minsk and may be moved by the council to any town of a "
             "member.", "3. Seat"),
        text("1. Name", "2. the scope", "3. Seat"),
        text(*ROW) + "\n\n1. Name\n\nIt is so.",  # a second row, and a short one
        "Bylaws\n\n1. Name\n\n2. Scope\n\nIt is so.\n\n3. Seat\n\nIt is so.",
        "Bylaws\n\nWords:\n1. Name\n\nIt is so.\n\n2. Scope\n\nIt is so.\n\n3. Seat\n\nIt is so.",
    ],
    ids=["list", "few", "gap", "late", "sentence", "small", "again", "empty", "tight"],
)  # fmt: skip
def test_other_figures_are_items(source):
    assert sections(source) == []


@pytest.mark.parametrize(
    ("unit", "kind"), [("Article {n}. ", Kind.ARTICLE), ("Section {n} – ", Kind.SECTION),
                       ("Статья {n}. ", Kind.ARTICLE), ("§ {n}. ", Kind.ARTICLE)]
)  # fmt: skip
def test_titles_of_units_may_all_end_with_a_stop(unit, kind):
    heads = [unit.format(n=n) + said for n, said in enumerate(("Name.", "Scope.", "Seat."), 1)]
    for found in (read(text(*heads)), read("# " + text(*heads), "x.md")):
        assert [entry[1:] for entry in shape(found) if entry[0] == 0] == [
            (kind.value, said, "") for said in ("Name.", "Scope.", "Seat.")
        ]


@pytest.mark.parametrize(
    "heads",
    [
        ("Article 1. Members pay dues.", "Article 2. Scope", "Article 3. Seat."),
        ("Article 1. Name.", "Article 2. Scope."),
        ("Article 1. Name.", "Article 2. The seat is where the council last met in full.",
         "Article 3. Seat."),
    ],
)  # fmt: skip
def test_else_a_short_sentence_is_the_words_of_its_unit(heads):
    found = read(text(*heads))
    assert next(found.walk())[1].heading == ""


def test_of_units_with_a_sentence_each_none_has_a_title():
    found = read("Pact\n\nArticle 1. Peace.\n\nArticle 2. Trade.\n\nArticle 3. Law.")
    assert [entry[2:] for entry in shape(found)] == [("", "Peace."), ("", "Trade."), ("", "Law.")]


def test_long_lines_and_a_few_wrapped_ones():
    """A file whose lines are paragraphs may keep a notice that is wrapped."""
    notice = "Unless the law of the depositary says otherwise, all copies of this notice"
    source = f"Pact\n\n{'Long words. ' * 20}\n{notice}\nstand as they are.\nThe next paragraph."
    said = [entry[3] for entry in shape(read(source))]
    assert said[1:] == [f"{notice} stand as they are.", "The next paragraph."]


@pytest.mark.parametrize(
    "after", ["(b) copies of it", "The next paragraph.", "- copies of it", "2. copies"]
)
def test_but_what_begins_anew_is_no_end_of_a_line(after):
    line = "(a) to perform the work in public and to copy it as often as wanted"
    source = f"Pact\n\n{'Long words. ' * 20}\n{line}\n{after}"
    assert len(shape(read(source))) == 3


@pytest.mark.parametrize(
    "items",
    [
        ["an allowance equal to one twelfth of the annual budget of the union",
         "a travel grant for the journey to the seat of the union and back",
         "a place to live in the town where the union has its seat for now"],
        ["ежегодное пособие в размере одной двенадцатой части бюджета союза",
         "оплата проезда к месту нахождения союза и обратно раз в год"],
    ],
)  # fmt: skip
def test_items_without_marks_that_had_room_are_not_joined(items):
    source = f"Pact\n\n{'Long words. ' * 20}\n" + "\n".join(items)
    assert [entry[3] for entry in shape(read(source))][1:] == items


def test_an_item_that_ends_in_and_is_not_joined_to_the_next():
    line = "to perform the work in public and to copy it as often as wanted; and"
    source = f"Pact\n\n{'Long words. ' * 20}\n{line}\nto show it."
    assert shape(read(source))[-1][3] == "to show it."


DUMP = """\
               Constitution of the Society

   Ratified in Minsk, and read aloud there to all who had come together.

1. Introduction

   The Society is an association of persons who have made common cause.

  1.1. General rules

    1. Nothing here obliges anybody to do work that they do not want.
    2. A person may hold several posts.

  1.2. Procedure

   Members decide as they see fit, and tell the others of it in good time.

2. Leader

   The Leader is elected once in two years, by all who are then members.

3. Seat

   The seat is in Minsk, unless the members move it to another town of theirs.

A. Order of voting

   These rules apply to every decision of the members, unless they say otherwise.

  A.1. Proposal

   Whoever is a member may propose, and whoever is not may ask a member to.
"""


def test_words_that_keep_a_margin_stand_as_if_they_kept_none():
    found = read(DUMP)
    assert found.title == "Constitution of the Society"
    assert sections(DUMP) == [
        "1. Introduction", "1.1. General rules", "1.2. Procedure", "2. Leader", "3. Seat",
        "A. Order of voting", "A.1. Proposal",
    ]  # fmt: skip
    heads = [(depth, one.heading) for depth, one in found.walk() if one.heading]
    assert [depth for depth, _ in heads] == [0, 1, 1, 0, 0, 0, 1]


def test_a_margin_that_some_words_do_not_keep_is_an_indent():
    source = "Pact\n\nThe Parties agree on all that is listed here below, as follows:\n\n"
    source += "   1. to keep the peace among them in all that they do;\n\n"
    source += "      (a) at sea and in the air, wherever their ships and aircraft may be;\n"
    shown = [(depth, one.text[:6]) for depth, one in read(source).walk()]
    assert shown == [(0, "The Pa"), (1, "to kee"), (2, "at sea")]


def test_a_letter_that_has_no_decimals_is_a_point():
    source = text("1. Name", "1.1. Words", "A. Title of it", "2. Seat")
    assert "A. Title of it" not in sections(source)
