"""What proposals do to numbers and references, as a table of texts."""

import pytest

from charter.text.effects import Affected, Effect, Renumbered, effect, made
from charter.text.freezing import frozen
from charter.text.kinds import Kind
from charter.text.numbering import citations, labels
from charter.text.outline import Clause, Outline
from charter.text.rolled import Proposal


def article(id: str, *paragraphs: str, text: str = "") -> Clause:
    children = tuple(Clause(Kind.PARAGRAPH, "Words.", id=f"{id}{one}") for one in paragraphs)
    return Clause(Kind.ARTICLE, text, id=id, children=children)


# Article 3 refers to Article 2 and to its second paragraph.
TEXT = Outline(
    clauses=(
        article("a", "1", "2"),
        article("b", "1", "2"),
        article("c", text="See [](#b) and [](#b2), [](#b) again."),
        article("d"),
    )
)
NEW = (Clause(Kind.ARTICLE, "New, see [](#d).", children=(Clause(Kind.PARAGRAPH, "Inside."),)),)


def ask(act: str, clause: str = "", **more) -> Proposal:
    return Proposal("A-1", act, clause, **more)


def said(found: Effect) -> tuple[list[str], list[str]]:
    def arrow(one: Renumbered | Affected) -> str:
        return f"{one.before or '-'} > {one.after or '-'}"

    return (
        [arrow(one) for one in found.renumbered],
        [f"{one.citation}: {arrow(one)}" for one in found.references],
    )


CASES = {
    "nothing": ([], [], []),
    "an article put in behind the first": (
        [ask("insert", after="a", planted=NEW)],
        [
            "- > Article 2",
            "Article 2 > Article 3",
            "Article 3 > Article 4",
            "Article 4 > Article 5",
        ],
        [
            "Article 2: Article 4 > Article 5",
            "Article 4: Article 2 > Article 3",
            "Article 4: Article 2(2) > Article 3(2)",
        ],
    ),
    "the article referred to is struck": (
        [ask("strike", "b")],
        ["Article 3 > Article 2", "Article 4 > Article 3", "Article 2 > -"],
        ["Article 2: Article 2 > -", "Article 2: Article 2(2) > -"],
    ),
    "a paragraph struck leaves a sole one": (
        [ask("strike", "b1")],
        ["Article 2(2) > Article 2", "Article 2(1) > -"],
        ["Article 3: Article 2(2) > Article 2"],
    ),
    "an article moved to the end": (
        [ask("move", "b", after="d")],
        ["Article 3 > Article 2", "Article 4 > Article 3", "Article 2 > Article 4"],
        ["Article 2: Article 2 > Article 4", "Article 2: Article 2(2) > Article 4(2)"],
    ),
    "a paragraph moved into another article": (
        [ask("move", "b2", parent="a")],
        [
            "Article 2(2) > Article 1(1)",
            "Article 1(1) > Article 1(2)",
            "Article 1(2) > Article 1(3)",
            "Article 2(1) > Article 2",
        ],
        ["Article 3: Article 2(2) > Article 1(1)"],
    ),
    "other words": ([ask("reword", "c", text="No reference.")], [], []),
    "words with a reference to a clause that is struck": (
        [ask("reword", "a", text="See [](#d)."), ask("strike", "d")],
        ["Article 4 > -"],
        ["Article 1: Article 4 > -"],
    ),
    "what does not fit": (
        [
            ask("strike", "a", fits=False),
            ask("strike", "z"),
            ask("insert", after="z", planted=NEW),
            ask("insert", parent="z", planted=NEW),
            ask("move", "a", parent="a1"),
            ask("move", "a", after="z"),
        ],
        [],
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_numbers_and_references(name: str):
    proposals, renumbered, affected = CASES[name]
    assert said(effect(TEXT, made(TEXT, proposals))) == (renumbered, affected)


def test_several_at_one_place_stand_in_the_order_given():
    clauses = [(Clause(Kind.ARTICLE, heading=one),) for one in ("One", "Two")]
    outline = made(TEXT, [ask("insert", after="a", planted=one) for one in clauses])
    assert [one.heading for one in outline.clauses] == ["", "One", "Two", "", "", ""]


def test_the_title_is_reworded():
    assert made(TEXT, [ask("reword", heading="A title")]).title == "A title"


def test_with_frozen_numbers_only_what_is_new_gets_one():
    printed = dict(zip((one.id for _, one in TEXT.walk()), labels(TEXT), strict=True))
    before = frozen(TEXT, printed)
    after = frozen(made(TEXT, [ask("insert", after="a", planted=NEW)]), printed)
    assert said(effect(before, after)) == (["- > Article 1 bis"], [])


def test_nothing_is_lost_but_what_is_struck():
    proposals = [
        ask("move", "a", after="d"),
        ask("strike", "c"),
        ask("insert", parent="b", after="b1", planted=(Clause(Kind.PARAGRAPH, "More."),)),
    ]
    outline = made(TEXT, proposals)
    ids = [one.id for _, one in outline.walk()]
    assert ids == ["b", "b1", "new-1", "b2", "d", "a", "a1", "a2"]
    assert len(citations(outline)) == len(ids)
