"""A whole text with what is open in it, as the table writes it; no proposal is ever left out."""

from hypothesis import given
from hypothesis import strategies as st

from charter.text.bracketing import Manner, written_outline
from charter.text.inline import plain
from charter.text.kinds import Kind
from charter.text.outline import Clause, Outline
from charter.text.rolled import Proposal, RolledText, roll_text


def article(id: str, text: str = "", *, heading: str = "", children=()) -> Clause:
    return Clause(kind=Kind.ARTICLE, id=id, text=text, heading=heading, children=children)


def paragraph(id: str, text: str) -> Clause:
    return Clause(kind=Kind.PARAGRAPH, id=id, text=text)


BASE = Outline(
    title="A charter",
    clauses=(
        article("a", "The Parties shall cooperate in good faith.", heading="Purpose"),
        article("b", children=(paragraph("b1", "One."), paragraph("b2", "Two."))),
    ),
)


def lines(text: RolledText, manner: Manner | None = None) -> list[str]:
    outline = written_outline(text, manner or Manner())
    return [
        " / ".join(filter(None, (one.heading, one.text)))
        for _, one in outline.walk()
        if one.heading or one.text
    ]


def reword(label: str, clause: str, text: str, heading: str = "", **more) -> Proposal:
    return Proposal(label, "reword", clause=clause, heading=heading, text=text, **more)


def test_without_proposals_the_text_is_written_as_it_stands():
    assert lines(roll_text(BASE, ())) == [
        "Purpose / The Parties shall cooperate in good faith.",
        "One.",
        "Two.",
    ]


def test_rival_words_stand_in_brackets_with_who_proposes_them():
    text = roll_text(
        BASE,
        [
            reword("A-1", "a", "The Parties should cooperate in good faith.", "Purpose"),
            reword("A-2", "a", "The Parties may cooperate in good faith.", "Purpose"),
            reword("A-3", "a", "The Parties should cooperate in good faith.", "Purposes"),
        ],
    )
    assert lines(text)[0] == (
        "[Purpose] [Purposes: A-3] / "
        "The Parties [shall] [should: A-1, A-3] [may: A-2] cooperate in good faith."
    )
    assert text.brackets == 2


def test_words_put_in_and_words_left_out():
    text = roll_text(
        BASE,
        [
            reword("A-1", "a", "The Parties shall always cooperate in good faith.", "Purpose"),
            reword("A-2", "a", "The Parties shall cooperate.", "Purpose"),
        ],
    )
    assert lines(text)[0] == (
        "Purpose / The Parties shall [always: A-1] cooperate [in good faith] [deleted: A-2]."
    )


def test_attribution_can_be_left_out():
    text = roll_text(BASE, [reword("A-1", "b1", "Uno.")])
    assert lines(text, Manner(attributed=False))[1] == "[Alt 1: One.] [Alt 2: Uno.]"


def test_proposed_clauses_stand_in_their_place_and_the_same_ones_once():
    new = (article("", heading="Terms", children=(paragraph("", "Here:"),)),)
    asks = [
        Proposal("A-1", "insert", after="a", planted=new),
        Proposal("A-2", "insert", after="a", planted=new),
        Proposal("A-3", "insert", parent="b", planted=(paragraph("", "Zero."),)),
    ]
    text = roll_text(BASE, asks)
    assert lines(text)[1:4] == ["[Terms: A-1, A-2]", "[Here:]", "[Zero.: A-3]"]
    assert [one.planted for _, one in text.walk()] == [0, 1, 2, 0, 3, 0, 0]
    assert text.brackets == 2


def test_strikes_and_moves_are_noted_at_the_clause():
    text = roll_text(
        BASE,
        [
            Proposal("A-1", "strike", clause="b1"),
            Proposal("A-2", "move", clause="b2", parent="a"),
        ],
    )
    assert lines(text)[1:] == [
        "One. [deleted: A-1]",
        "Two. [to be moved to the beginning of Article 1: A-2]",
    ]


def test_a_move_says_behind_what_and_whether_that_is_still_there():
    asks = [
        Proposal("A-1", "move", clause="b2", after="a"),
        Proposal("A-2", "move", clause="b2", parent="b", after="b1"),
        Proposal("A-3", "move", clause="b2", parent="gone"),
        Proposal("A-4", "move", clause="b2"),
    ]
    assert lines(roll_text(BASE, asks))[-1] == (
        "Two. [to be moved behind Article 1: A-1] [to be moved behind Article 2(1): A-2] "
        "[to be moved to a place that is not in the text any more: A-3] "
        "[to be moved to the beginning of the text: A-4]"
    )


def test_a_change_that_does_not_fit_is_shown_whole_beside_the_words():
    text = roll_text(BASE, [reword("A-1", "b1", "Eins.", fits=False)])
    assert lines(text)[1] == "One. [Eins.: A-1, does not fit the text any more]"


def test_the_title_can_be_in_dispute():
    text = roll_text(BASE, [reword("A-1", "", "", "A statute")])
    assert written_outline(text, Manner()).title == "A [charter] [statute: A-1]"


def test_what_has_no_place_any_more_is_listed():
    asks = [
        reword("A-1", "gone", "Words."),
        Proposal("A-2", "insert", parent="gone", planted=(paragraph("", "New."),)),
        Proposal("A-3", "insert", after="b1", planted=(paragraph("", "New."),)),
        Proposal("A-4", "insert", after="a", planted=(article(""),), fits=False),
    ]
    assert [one.label for one in roll_text(BASE, asks).unplaced] == ["A-1", "A-2", "A-3", "A-4"]


def test_names_are_written_as_names_and_not_as_marks():
    text = roll_text(BASE, [Proposal("*A*", "strike", clause="b1")])
    (_, one, *_) = [clause for _, clause in written_outline(text, Manner()).walk() if clause.text]
    assert plain(one.text).body == "One. [deleted: *A*]"


@st.composite
def asked(draw) -> list[Proposal]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        act = draw(st.sampled_from(["reword", "insert", "strike", "move"]))
        clause = draw(st.sampled_from(["a", "b", "b1", "b2", "gone"]))
        after = draw(st.sampled_from(["", "a", "b", "b1", "gone"]))
        new = (paragraph("", f"New {number}."),)
        words = draw(st.sampled_from(["One.", "One or two.", ""]))
        fits = draw(st.booleans())
        found.append(
            Proposal(f"A-{number}", act, clause, "", words, clause, after, new, fits)
            if act == "insert"
            else Proposal(f"A-{number}", act, clause, "", words, fits=fits)
        )
    return found


@given(asked())
def test_every_proposal_is_somewhere(asks):
    text = roll_text(BASE, asks)
    seen = {one.label for one in text.unplaced}
    for _, one in text.walk():
        seen |= {*one.proposed_by, *(ask.label for ask in (*one.strikes, *one.moves, *one.misfits))}
        seen |= {rival.label for rival in (*one.heading.rivals, *one.text.rivals)}
    assert seen == {one.label for one in asks}


@given(asked())
def test_taking_the_base_everywhere_gives_the_text(asks):
    kept = [one for _, one in roll_text(BASE, asks).walk() if not one.planted]
    assert [(one.heading.take(), one.text.take()) for one in kept] == [
        (one.heading, one.text) for _, one in BASE.walk()
    ]


def test_a_rewording_that_does_not_fit_the_title_any_more_is_listed_with_the_text():
    text = roll_text(BASE, [reword("A-1", "", "", "Another charter", fits=False)])
    assert [one.label for one in text.unplaced] == ["A-1"]
    assert text.brackets == 1
