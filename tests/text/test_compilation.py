"""A compilation: every proposal at its clause, word for word, and none left out."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from charter.text.compilation import Compilation, Line, compiled
from charter.text.freezing import frozen
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline
from charter.text.redline import after, before
from charter.text.rolled import Proposal, roll_text


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
IDS = [clause.id for _, clause in BASE.walk()]
WORDS = {clause.id: (clause.heading, clause.text) for _, clause in BASE.walk()} | {
    "": (BASE.title, "")
}


def compilation(*proposals: Proposal) -> Compilation:
    rolled = roll_text(BASE, proposals)
    pairs = zip(BASE.walk(), labels(BASE), strict=True)
    return compiled(
        rolled, frozen(rolled.outline(), {clause.id: label for (_, clause), label in pairs})
    )


def line(found: Compilation, id: str) -> Line:
    return next(one for one in found.lines if one.id == id)


def reword(label: str, clause: str, text: str, heading: str = "", **more) -> Proposal:
    return Proposal(label, "reword", clause=clause, heading=heading, text=text, **more)


texts = st.text("ab .,", max_size=12)
labelled = st.integers(1, 40).map(lambda number: f"A-{number}")
places = st.tuples(st.sampled_from(["", *IDS, "gone"]), st.sampled_from(["", *IDS, "gone"]))
proposals = st.one_of(
    st.builds(reword, labelled, st.sampled_from(["", *IDS, "gone"]), texts, texts,
              fits=st.booleans()),
    st.builds(Proposal, labelled, st.just("strike"), clause=st.sampled_from([*IDS, "gone"])),
    st.builds(
        lambda label, clause, place: Proposal(
            label, "move", clause=clause, parent=place[0], after=place[1]
        ),
        labelled, st.sampled_from([*IDS, "gone"]), places,
    ),
    st.builds(
        lambda label, text, place: Proposal(
            label, "insert", parent=place[0], after=place[1], planted=(article("", text),)
        ),
        labelled, texts, places,
    ),
)  # fmt: skip


@given(st.lists(proposals, max_size=8))
def test_no_proposal_is_left_out_and_none_is_there_twice(asked: list[Proposal]):
    found = compilation(*asked)
    entries = [entry for one in found.lines for entry in one.entries] + list(found.unplaced)
    assert Counter((one.label, one.act) for one in entries) == Counter(
        (one.label, one.act) for one in asked
    )


@given(st.lists(proposals, max_size=8))
def test_every_line_has_the_words_of_the_text_and_every_redline_both_wordings(asked):
    wanted = {
        (one.label, one.clause, one.heading, one.text)
        for one in asked
        if one.act == "reword" and one.fits
    }
    for one in compilation(*asked).lines:
        if one.planted:
            assert (one.heading, one.text) == ("", "")
            continue
        assert (one.heading, one.text) == WORDS[one.id]
        for entry in one.entries:
            if entry.act == "reword" and entry.fits:
                said = after(entry.heading), after(entry.text)
                assert (entry.label, one.id, *said) in wanted or not one.id
                assert (before(entry.heading), before(entry.text)) == WORDS[one.id]


def test_two_rivals_of_one_delegation_both_stand_with_their_labels():
    found = compilation(reword("A-1", "b1", "Uno."), reword("A-2", "b1", "Un."))
    assert [(one.label, after(one.text)) for one in line(found, "b1").entries] == [
        ("A-1", "Uno."),
        ("A-2", "Un."),
    ]


def test_a_proposed_article_and_all_below_it_are_lines_with_the_numbers_of_the_rolling_text():
    planted = article("", heading="Openness", children=(paragraph("", "Alpha."),))
    found = compilation(Proposal("A-1", "insert", after="a", planted=(planted,)))
    new = [one for one in found.lines if one.planted]
    assert [(one.citation, one.entries[0].label) for one in new] == [
        ("Article 1 bis", "A-1"),
        ("Article 1 bis", "A-1"),
    ]
    assert after(new[1].entries[0].text) == "Alpha."


def test_striking_shows_the_words_that_go_and_that_more_goes_with_them():
    found = compilation(
        Proposal("A-1", "strike", clause="b"), Proposal("A-2", "strike", clause="a")
    )
    ((whole,), (one,)) = line(found, "b").entries, line(found, "a").entries
    assert (whole.below, one.below) == (True, False)
    assert (before(one.text), after(one.text)) == (WORDS["a"][1], "")


def test_a_move_cites_the_clause_it_goes_behind_or_what_it_opens():
    found = compilation(
        Proposal("A-1", "move", clause="a", after="b"),
        Proposal("A-2", "move", clause="a", parent="b"),
        Proposal("A-3", "move", clause="a"),
        Proposal("A-4", "move", clause="a", after="gone"),
    )
    said = [(one.after, one.inside, one.fits) for one in line(found, "a").entries]
    assert said == [
        ("Article 2", "", True),
        ("", "Article 2", True),
        ("", "", True),
        ("", "", False),
    ]


def test_what_does_not_fit_any_more_stands_as_it_was_proposed():
    found = compilation(reword("A-1", "b2", "Deux.", fits=False), reword("A-2", "gone", "Trois."))
    ((misfit,), (lost,)) = line(found, "b2").entries, found.unplaced
    assert (misfit.fits, [span.op for span in misfit.text]) == (False, ["equal"])
    assert (lost.label, after(lost.text), lost.fits) == ("A-2", "Trois.", False)
