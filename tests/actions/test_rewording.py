"""Editing a clause that may have changed meanwhile: both edits are kept, or both are shown."""

import pytest

from charter.actions.clauses import change_clause, insert_clause, strike_clause
from charter.actions.refusals import (
    Invalid,
    Missing,
    NoSuch,
    Refused,
    StaleWording,
    WouldNotNest,
)
from charter.actions.values import Words
from charter.models import Cause
from charter.queries.texts import text_at
from tests.builders import FIRST, OTHER, insert, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


def change(laid, clause, actor=None, **what):
    what.setdefault("base", laid.charter.head)
    return change_clause(
        actor=actor or laid.cast.drafter, charter=laid.charter, clause=clause, **what
    )


def text(laid, clause, language="en") -> str:
    return text_at(laid.charter, None, language).find(str(clause)).text


def test_edits_of_different_words_from_the_same_base_are_merged(laid):
    base = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("Parties", "States"), base=base)
    done = reword(
        laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"), base=base
    )
    assert done.merged
    assert text(laid, laid.first) == FIRST.replace("Parties", "States").replace("respect", "uphold")


def test_edits_of_the_same_words_come_back_with_all_three_texts(laid):
    base = laid.charter.head
    theirs, yours = FIRST.replace("respect", "uphold"), FIRST.replace("respect", "honour")
    reword(laid.charter, laid.cast.chair, laid.first, theirs, base=base)
    with pytest.raises(StaleWording) as caught:
        reword(laid.charter, laid.cast.drafter, laid.first, yours, base=base)
    stale = caught.value
    assert (stale.base.text, stale.theirs.text, stale.yours.text) == (FIRST, theirs, yours)
    assert (stale.language, stale.head) == ("en", 6)
    (conflict,) = stale.merged_text.conflicts
    assert "uphold" in conflict.theirs
    assert "honour" in conflict.ours
    assert text(laid, laid.first) == theirs


def test_no_words_of_the_text_are_in_what_a_log_would_print(laid):
    base = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.first, "Theirs.", base=base)
    with pytest.raises(StaleWording) as caught:
        reword(laid.charter, laid.cast.drafter, laid.first, "Yours.", base=base)
    assert str(caught.value) == "stale_wording"


def test_the_same_edit_twice_is_made_once(laid):
    base = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.first, "Both say this.", base=base)
    done = reword(laid.charter, laid.cast.drafter, laid.first, "Both say this.", base=base)
    assert done.revision is None
    assert not done.merged


def test_a_change_elsewhere_does_not_make_an_edit_stale(laid):
    base = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.other, "Elsewhere.", base=base)
    done = reword(laid.charter, laid.cast.drafter, laid.first, "Here.", base=base)
    assert not done.merged
    assert text(laid, laid.first) == "Here."


def test_heading_and_text_are_merged_apart(laid):
    base = laid.charter.head
    change(laid, laid.other, base=base, words={"en": Words("Open doors", OTHER)})
    done = change(laid, laid.other, base=base, words={"en": Words("Openness", "Open to all.")})
    found = text_at(laid.charter).find(str(laid.other))
    assert (found.heading, found.text) == ("Open doors", "Open to all.")
    assert done.merged


def test_two_languages_change_in_one_revision_and_do_not_disturb_each_other(laid):
    change(laid, laid.first, words={"ru": Words(text="Стороны уважают суверенитет.")})
    done = change(
        laid,
        laid.first,
        base=5,
        words={"en": Words(text="Shorter."), "ru": Words(text="Стороны уважают суверенитет.")},
    )
    assert done.revision.number == 7
    assert text(laid, laid.first) == "Shorter."
    assert text(laid, laid.first, "ru") == "Стороны уважают суверенитет."


def test_words_can_be_taken_away(laid):
    reword(laid.charter, laid.cast.drafter, laid.first, "")
    assert text(laid, laid.first) == ""


@pytest.mark.parametrize("base", [0, 6, -1])
def test_a_base_that_is_no_revision_is_refused(laid, base):
    with pytest.raises(NoSuch):
        change(laid, laid.first, base=base, words={"en": Words(text="x")})


def test_a_charter_keeps_a_title(laid):
    with pytest.raises(Missing):
        change(laid, laid.root, words={"en": Words()})
    with pytest.raises(WouldNotNest):
        change(laid, laid.root, kind="article")


def test_a_title_takes_no_text_that_nobody_would_see(laid):
    with pytest.raises(Invalid):
        change(laid, laid.root, words={"en": Words("A charter", "and more of it.")})
    change(laid, laid.root, words={"ru": Words()})  # a translation need not have it


def test_a_clause_becomes_another_kind_where_that_may_stand(laid):
    done = change(laid, laid.other, kind="annex", numeral="II")
    found = text_at(laid.charter).find(str(laid.other))
    assert (found.kind, found.numeral) == ("annex", "II")
    assert done.revision.cause == Cause.EDIT
    for clause, kind in ((laid.first, "part"), (laid.article, "point"), (laid.first, "stanza")):
        with pytest.raises(WouldNotNest):
            change(laid, clause, kind=kind)


def test_a_kind_and_a_number_count_only_where_they_differ_from_what_was_seen(laid):
    # Somebody else recasts the clause; a form that sends all it had shown does not undo that.
    base = laid.charter.head
    change(laid, laid.other, base=base, kind="annex", numeral="II")
    change(
        laid,
        laid.other,
        base=base,
        words={"en": Words("Openness", "Open.")},
        kind="article",
        numeral=None,
    )
    found = text_at(laid.charter).find(str(laid.other))
    assert (found.kind, found.numeral, found.text) == ("annex", "II", "Open.")


def test_a_clause_that_came_after_the_base_was_not_seen_then(laid):
    clause = insert(laid.charter, laid.cast.chair, "article", "New.")
    with pytest.raises(NoSuch):
        change(laid, clause, base=5, kind="annex")


def test_tags_are_put_on_and_taken_off(laid):
    for slug in ("openness", "equality"):
        principle(laid.charter, laid.cast.chair, slug)
    done = change(laid, laid.first, principles=["equality", "openness"])
    assert done.revision.cause == Cause.TAG
    assert text_at(laid.charter).find(str(laid.first)).principles == ("openness", "equality")
    change(laid, laid.first, principles=["equality"])
    assert text_at(laid.charter).find(str(laid.first)).principles == ("equality",)
    assert text_at(laid.charter, 8).find(str(laid.first)).principles == ("openness", "equality")
    change(laid, laid.first, principles=["openness", "equality"])
    assert text_at(laid.charter).find(str(laid.first)).principles == ("openness", "equality")


def test_tags_of_two_people_combine(laid):
    for slug in ("openness", "equality", "peace"):
        principle(laid.charter, laid.cast.chair, slug)
    change(laid, laid.first, principles=["peace"])
    base = laid.charter.head
    change(laid, laid.first, base=base, principles=["peace", "openness"])
    change(laid, laid.first, base=base, principles=["equality"])
    assert text_at(laid.charter).find(str(laid.first)).principles == ("openness", "equality")


def test_a_principle_that_is_not_in_the_vocabulary_is_refused(laid):
    with pytest.raises(NoSuch):
        change(laid, laid.first, principles=["peace"])
    with pytest.raises(NoSuch):
        insert_clause(
            actor=laid.cast.drafter,
            charter=laid.charter,
            kind="article",
            words={},
            principles=["peace"],
        )


def test_an_edit_of_a_clause_struck_meanwhile_is_refused_and_says_so(laid):
    base = laid.charter.head
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.first)
    with pytest.raises(Refused) as caught:
        reword(laid.charter, laid.cast.drafter, laid.first, "Mine.", base=base)
    assert caught.value.code == "is_struck"
