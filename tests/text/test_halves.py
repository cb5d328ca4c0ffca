"""A clause split in two, or joined from two: a careful reader says which half is the clause."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.compare import compare
from charter.text.kinds import Kind
from charter.text.matching import match
from charter.text.outline import Clause, Outline
from charter.text.redline import Change, Redline, Row

SHORT = "The Parties shall settle their disputes by peaceful means."
LONG = (
    "No Party shall deploy weapons on the territory of another Party without its consent, and "
    "each shall give notice of manoeuvres near a common border thirty days ahead."
)
OTHER = "The Secretariat shall convene a meeting of experts every year in the spring."
LAST = "This Charter enters into force upon the deposit of the tenth instrument of ratification."
WHOLE = f"{SHORT} {LONG}"


def article(text: str = "", *parts: str, heading: str = "", id: str = "") -> Clause:
    children = tuple(Clause(Kind.PARAGRAPH, part, id=f"{id}{at}" if id else "")
                     for at, part in enumerate(parts))  # fmt: skip
    return Clause(Kind.ARTICLE, text, heading, id, children=children)


def plain(text: str, id: str = "") -> Clause:
    return Clause(Kind.PARAGRAPH, text, id=id, numeral="")


def numbered(text: str, numeral: str, id: str = "") -> Clause:
    return Clause(Kind.ARTICLE, text, id=id, numeral=numeral)


def text(*clauses: Clause) -> Outline:
    return Outline("Treaty", clauses)


def within(*clauses: Clause, id: str = "") -> Clause:
    return Clause(Kind.ARTICLE, heading="Aims", id=id, children=clauses)


def whose(old: Outline, new: Outline) -> dict[str, str]:
    """The id that each text of the new outline has got; unlike ones here."""
    return {clause.text or clause.heading: clause.id for _, clause in match(old, new).walk()}


def compared(old: Outline, new: Outline) -> Redline:
    named = iter(f"new {number}" for number in range(99))

    def one(clause: Clause) -> Clause:
        children = tuple(map(one, clause.children))
        return replace(clause, id=clause.id or next(named), children=children)

    matched = match(old, new)
    return compare(old, replace(matched, clauses=tuple(map(one, matched.clauses))))


def row(redline: Redline, id: str) -> Row:
    return next(row for row in redline.rows if row.id == id and not row.left_for)


SPLITS = {
    "the number stays with the short half": (
        text(numbered(OTHER, "4", "o"), numbered(WHOLE, "5", "w"), numbered(LAST, "6", "z")),
        text(numbered(OTHER, "4"), numbered(SHORT, "5"), numbered(LONG, "6"), numbered(LAST, "7")),
        SHORT,
    ),
    "the number stays with the short half behind the other": (
        text(numbered(OTHER, "4", "o"), numbered(WHOLE, "5", "w")),
        text(numbered(OTHER, "4"), numbered(LONG, "4 bis"), numbered(SHORT, "5")),
        SHORT,
    ),
    "the number stays with the long half": (
        text(numbered(WHOLE, "5", "w"), numbered(OTHER, "6", "o")),
        text(numbered(LONG, "5"), numbered(SHORT, "5 bis"), numbered(OTHER, "6")),
        LONG,
    ),
    "the heading stays with the short half": (
        text(article(WHOLE, heading="Disputes", id="w"), article(OTHER, heading="Work", id="o")),
        text(article(LONG, heading="Arms"), article(SHORT, heading="Disputes"),
             article(OTHER, heading="Work")),
        SHORT,
    ),
    "the heading says more than the number": (
        text(article(WHOLE, heading="Arms", id="w"), article(OTHER, heading="Work", id="o")),
        text(article(SHORT, heading="Disputes"), article(LONG, heading="Arms"),
             article(OTHER, heading="Work")),
        LONG,
    ),
    "the short half stays in its article": (
        text(within(plain(OTHER, "o"), plain(WHOLE, "w"), id="p"), article(LAST, id="z")),
        text(within(plain(OTHER), plain(SHORT)), article(LAST, LONG)),
        SHORT,
    ),
    "the short half stays between its neighbours": (
        text(within(plain(OTHER, "o"), plain(WHOLE, "w"), plain(LAST, "z"), id="p")),
        text(within(plain(OTHER), plain(SHORT), plain(LAST), plain(LONG))),
        SHORT,
    ),
    "nothing but length tells them apart": (
        text(within(plain(OTHER, "o"), plain(WHOLE, "w"), plain(LAST, "z"), id="p")),
        text(within(plain(OTHER), plain(SHORT), plain(LONG), plain(LAST))),
        LONG,
    ),
    "neither has the number": (
        text(numbered(WHOLE, "5", "w"), numbered(OTHER, "9", "o")),
        text(numbered(SHORT, "7"), numbered(LONG, "8"), numbered(OTHER, "9")),
        LONG,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kept"), SPLITS.values(), ids=SPLITS)
def test_of_a_clause_split_in_two_one_half_is_the_clause(old, new, kept):
    found = whose(old, new)
    assert found[kept] == "w"
    assert found[LONG if kept == SHORT else SHORT] == ""


@pytest.mark.parametrize(("old", "new", "kept"), SPLITS.values(), ids=SPLITS)
def test_and_the_other_half_is_split_off_from_it(old, new, kept):
    (added,) = [row for row in compared(old, new).rows if Change.ADDED in row.changes]
    assert added.split_from


JOINS = {
    "it has the number of the short one": (
        text(numbered(OTHER, "4", "o"), numbered(SHORT, "5", "s"), numbered(LONG, "6", "l")),
        text(numbered(OTHER, "4"), numbered(WHOLE, "5")),
        "s",
    ),
    "it has the number of the long one": (
        text(numbered(SHORT, "5", "s"), numbered(LONG, "6", "l"), numbered(OTHER, "7", "o")),
        text(numbered(WHOLE, "6"), numbered(OTHER, "7")),
        "l",
    ),
    "it has the heading of the short one": (
        text(article(LONG, heading="Arms", id="l"), article(SHORT, heading="Disputes", id="s")),
        text(article(WHOLE, heading="Disputes")),
        "s",
    ),
    "it stands where the short one stood": (
        text(within(plain(SHORT, "s"), plain(OTHER, "o"), plain(LONG, "l"), id="p")),
        text(within(plain(WHOLE), plain(OTHER))),
        "s",
    ),
    "nothing but length tells them apart": (
        text(within(plain(OTHER, "o"), plain(SHORT, "s"), plain(LONG, "l"), id="p")),
        text(within(plain(OTHER), plain(WHOLE))),
        "l",
    ),
}


@pytest.mark.parametrize(("old", "new", "kept"), JOINS.values(), ids=JOINS)
def test_a_joined_clause_is_the_one_whose_signs_it_kept(old, new, kept):
    assert whose(old, new)[WHOLE] == kept


@pytest.mark.parametrize(("old", "new", "kept"), JOINS.values(), ids=JOINS)
def test_and_the_other_one_was_joined_into_it(old, new, kept):
    (struck,) = [row for row in compared(old, new).rows if Change.STRUCK in row.changes]
    assert struck.id == ("l" if kept == "s" else "s")
    assert struck.joined_into


def test_an_article_is_the_one_with_its_number_though_most_paragraphs_went_to_the_next():
    old = text(article("", SHORT, OTHER, LONG, LAST, id="w"))
    new = text(article("", SHORT), article("", OTHER, LONG, LAST))
    assert [clause.id for _, clause in match(old, new).walk()] == ["w", "w0", "", "w1", "w2", "w3"]


def test_three_parts_of_a_clause_are_one_clause_and_two_new_ones():
    old = text(numbered(f"{WHOLE} {OTHER}", "5", "w"), numbered(LAST, "6", "z"))
    new = text(numbered(OTHER, "5"), numbered(LONG, "6"), numbered(SHORT, "7"), numbered(LAST, "8"))
    assert whose(old, new) == {OTHER: "w", LONG: "", SHORT: "", LAST: "z"}


def section(*clauses: Clause, numeral: str, id: str = "") -> Clause:
    return Clause(Kind.SECTION, id=id, numeral=numeral, children=clauses)


def test_an_article_divided_into_sections_is_no_section_of_it():
    parts = (SHORT, OTHER, LAST, LONG)
    old = text(article("", *parts, id="w"))
    sections = tuple(section(plain(part), numeral=str(at)) for at, part in enumerate(parts))
    new = text(
        Clause(
            Kind.ARTICLE, children=(*sections[:2], section(plain(LAST), plain(LONG), numeral="2"))
        )
    )
    assert [c.id for _, c in match(old, new).walk()] == [*["w", "", "w0", "", "w1", "", "w2", "w3"]]
    back = replace(old, clauses=tuple(replace(c, id="") for c in old.clauses))
    named = replace(match(old, new), clauses=tuple(_named(match(old, new).clauses)))
    assert match(named, back).clauses[0].id == "w"


def _named(clauses: tuple[Clause, ...], at: str = "n") -> list[Clause]:
    return [
        replace(c, id=c.id or f"{at}{n}", children=tuple(_named(c.children, f"{at}{n}")))
        for n, c in enumerate(clauses)
    ]


@pytest.mark.parametrize("kind", [Kind.PART, Kind.CHAPTER, Kind.ARTICLE])
def test_what_is_put_around_a_reworded_clause_is_new(kind):
    old = text(
        section(plain(WHOLE, "p"), numeral="1", id="w"),
        section(plain(LAST, "q"), numeral="2", id="z"),
    )
    inner = section(plain(WHOLE.replace("peaceful means", "talks")), numeral="1.1")
    new = text(Clause(kind, numeral="1", children=(inner,)), section(plain(LAST), numeral="2"))
    assert [c.id for _, c in match(old, new).walk()] == ["", "w", "p", "z", "q"]
    named = replace(match(old, new), clauses=tuple(_named(match(old, new).clauses)))
    bare = replace(old, clauses=tuple(replace(c, id="") for c in old.clauses))
    assert [c.id for c in match(named, bare).clauses] == ["w", "z"]


def test_a_new_clause_under_the_number_is_no_half():
    old = text(numbered(WHOLE, "5", "w"))
    assert whose(old, text(numbered(OTHER, "5"), numbered(WHOLE, "6"))) == {OTHER: "", WHOLE: "w"}


def test_a_file_that_brings_ids_keeps_them_whatever_was_split():
    old = text(numbered(WHOLE, "5", "w"))
    new = text(numbered(SHORT, "5"), numbered(LONG, "6", "w"))
    assert whose(old, new) == {SHORT: "", LONG: "w"}


words = st.sampled_from([SHORT, LONG, OTHER, WHOLE, f"{OTHER} {LONG}", f"{SHORT} {LAST}"])
outlines = st.lists(
    st.builds(
        Clause,
        kind=st.sampled_from([Kind.ARTICLE, Kind.PARAGRAPH]),
        text=words,
        heading=st.sampled_from(["", "Arms", "Disputes"]),
        numeral=st.sampled_from([None, "5", "6"]),
    ),
    max_size=4,
).map(lambda clauses: Outline("Treaty", tuple(clauses)))


@given(outlines, outlines)
def test_halves_leave_each_clause_one_identity_and_every_word(old, new):
    old = replace(old, clauses=tuple(replace(c, id=str(n)) for n, c in enumerate(old.clauses)))
    matched = match(old, new)
    given_ids = [clause.id for clause in matched.clauses if clause.id]
    assert len(given_ids) == len(set(given_ids))
    assert [(c.heading, c.text) for c in matched.clauses] == [
        (c.heading, c.text) for c in new.clauses
    ]


@given(outlines)
def test_a_text_that_did_not_change_has_no_halves(old):
    old = replace(old, clauses=tuple(replace(c, id=str(n)) for n, c in enumerate(old.clauses)))
    again = replace(old, clauses=tuple(replace(c, id="") for c in old.clauses))
    assert [c.id for c in match(old, again).clauses] == [c.id for c in old.clauses]
