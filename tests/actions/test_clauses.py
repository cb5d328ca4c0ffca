"""Inserting, striking, restoring and moving: what may stand where, and where it lands."""

import pytest

from charter.actions.clauses import insert_clause, move_clause, restore_clause, strike_clause
from charter.actions.imports import import_outline
from charter.actions.refusals import (
    HiddenWords,
    IsStruck,
    NoSuch,
    TooLong,
    Unbalanced,
    WouldNotNest,
)
from charter.actions.values import Words
from charter.models import Cause, Clause
from charter.queries.texts import text_at
from tests.builders import FIRST, OTHER, SECOND, insert, outline, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


def texts(laid) -> list[str]:
    """What the text says, in reading order."""
    return [c.text or c.heading for _depth, c in text_at(laid.charter).walk()]


def move(laid, clause, parent=None, **where):
    return move_clause(
        actor=laid.cast.drafter, charter=laid.charter, clause=clause, parent=parent, **where
    )


def strike(laid, clause):
    return strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=clause)


def restore(laid, clause):
    return restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=clause)


def test_a_clause_comes_last_unless_a_sibling_is_named(laid):
    insert(laid.charter, laid.cast.drafter, "paragraph", "Last.", parent=laid.article)
    insert(laid.charter, laid.cast.drafter, "paragraph", "Between.", after=laid.first)
    insert(laid.charter, laid.cast.drafter, "paragraph", "First.", before=laid.first)
    assert texts(laid) == ["Principles", "First.", FIRST, "Between.", SECOND, "Last.", OTHER]


def test_a_clause_may_come_with_words_in_two_languages_a_number_and_principles(laid):
    principle(laid.charter, laid.cast.chair, "openness")
    done = insert_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        kind="article",
        words={"en": Words("Doors", "Open."), "ru": Words("Двери", "Открыты.")},
        numeral="2 bis",
        principles=["openness"],
    )
    for language, text in (("en", "Open."), ("ru", "Открыты.")):
        found = text_at(laid.charter, None, language).find(str(done.clause.pk))
        assert (found.text, found.numeral, found.principles) == (text, "2 bis", ("openness",))
    assert done.revision.cause == Cause.INSERT


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("article", "article"),
        ("preamble", "article"),
        ("annex", "first"),
        ("charter", None),
        ("stanza", None),
    ],
)
def test_a_kind_that_cannot_stand_there_is_refused(laid, kind, where):
    parent = getattr(laid, where) if where else None
    with pytest.raises(WouldNotNest):
        insert(laid.charter, laid.cast.drafter, kind, "No.", parent=parent)
    assert laid.charter.revisions.count() == 5


def test_nothing_is_inserted_into_or_beside_what_is_not_there(laid):
    strike(laid, laid.article)
    with pytest.raises(IsStruck):
        insert(laid.charter, laid.cast.drafter, "paragraph", "No.", parent=laid.article)
    with pytest.raises(IsStruck):
        insert(laid.charter, laid.cast.drafter, "paragraph", "No.", after=laid.first)
    with pytest.raises(NoSuch):
        insert(laid.charter, laid.cast.drafter, "paragraph", "No.", parent="no such id")


def test_a_language_the_charter_is_not_drafted_in_is_refused(laid):
    with pytest.raises(NoSuch):
        insert_clause(
            actor=laid.cast.drafter,
            charter=laid.charter,
            kind="article",
            words={"zh": Words(text="开放")},
        )


@pytest.mark.parametrize(
    ("text", "position"), [("pay \u202e000,1", 4), ("sove\u200breign", 4), ("a\u0000b", 1)]
)
def test_words_that_hide_something_are_refused_with_the_place(laid, text, position):
    with pytest.raises(HiddenWords) as caught:
        insert(laid.charter, laid.cast.drafter, "article", text)
    assert caught.value.position == position
    assert text not in str(caught.value)


def test_words_are_kept_in_one_normal_form_and_on_one_line(laid):
    clause = insert(laid.charter, laid.cast.drafter, "article", "  Cafe\u0301\r\n\n  opens ")
    assert text_at(laid.charter).find(str(clause)).text == "Café opens"


def test_too_many_words_are_refused(laid):
    with pytest.raises(TooLong):
        insert(laid.charter, laid.cast.drafter, "article", "a" * 200_001)


@pytest.mark.parametrize("sign", ["\u0958", "\ufb2c", "\U0001d160"])
def test_what_is_short_enough_only_before_its_normal_form_is_refused(laid, sign):
    with pytest.raises(TooLong):
        insert(laid.charter, laid.cast.drafter, "article", OTHER, message=sign * 600)
    insert(laid.charter, laid.cast.drafter, "article", OTHER, message=sign * 300)


def test_a_struck_clause_leaves_the_text_with_all_below_it_and_stays_in_history(laid):
    strike(laid, laid.article)
    assert texts(laid) == [OTHER]
    assert [c.text or c.heading for _d, c in text_at(laid.charter, 5).walk()] == [
        "Principles",
        FIRST,
        SECOND,
        OTHER,
    ]
    assert Clause.objects.filter(charter=laid.charter, struck=True).count() == 1


def test_a_restored_clause_stands_where_it_stood(laid):
    strike(laid, laid.first)
    strike(laid, laid.article)
    restore(laid, laid.article)
    assert texts(laid) == ["Principles", SECOND, OTHER]
    restore(laid, laid.first)
    assert texts(laid) == ["Principles", FIRST, SECOND, OTHER]


def test_what_is_struck_is_not_struck_moved_or_reworded_again(laid):
    strike(laid, laid.article)
    for act in (strike, move):
        with pytest.raises(IsStruck):
            act(laid, laid.first)
    with pytest.raises(IsStruck):
        reword(laid.charter, laid.cast.drafter, laid.first, "Still here?")


def test_a_clause_comes_back_only_into_what_is_there(laid):
    strike(laid, laid.first)
    strike(laid, laid.article)
    with pytest.raises(IsStruck):
        restore(laid, laid.first)
    with pytest.raises(IsStruck):
        restore(laid, laid.second)
    assert restore(laid, laid.other).revision is None


def test_the_title_is_neither_struck_nor_moved(laid):
    for act in (strike, restore, move):
        with pytest.raises(NoSuch):
            act(laid, laid.root)


def test_a_moved_clause_keeps_its_identity_and_what_stands_in_it(laid):
    done = move(laid, laid.article, after=laid.other)
    assert texts(laid) == [OTHER, "Principles", FIRST, SECOND]
    assert done.revision.cause == Cause.MOVE
    move(laid, laid.second, parent=laid.other)
    assert texts(laid) == [OTHER, SECOND, "Principles", FIRST]
    assert text_at(laid.charter, 5).find(str(laid.second)).text == SECOND


def test_a_clause_moves_ahead_of_a_sibling(laid):
    move(laid, laid.second, before=laid.first)
    assert texts(laid) == ["Principles", SECOND, FIRST, OTHER]


def test_a_move_to_where_it_stands_is_no_revision(laid):
    assert move(laid, laid.second, after=laid.first).revision is None
    assert move(laid, laid.first, before=laid.second).revision is None
    assert move(laid, laid.second, parent=laid.article).revision is None
    assert move(laid, laid.other).revision is None


def test_a_clause_never_stands_inside_itself(laid):
    outer = insert(laid.charter, laid.cast.drafter, "section", heading="Outer")
    inner = insert(laid.charter, laid.cast.drafter, "section", heading="Inner", parent=outer)
    for target in (outer, inner):
        with pytest.raises(WouldNotNest):
            move(laid, outer, parent=target)


def test_a_clause_does_not_move_to_where_its_kind_cannot_stand(laid):
    with pytest.raises(WouldNotNest):
        move(laid, laid.article, parent=laid.other)


def test_a_move_beside_a_clause_that_stands_elsewhere_is_refused(laid):
    with pytest.raises(NoSuch):
        move(laid, laid.second, parent=laid.other, after=laid.first)
    with pytest.raises(WouldNotNest):
        move(laid, laid.second, after=laid.first, before=laid.first)


def test_a_text_is_not_nested_without_end(laid):
    parent = insert(laid.charter, laid.cast.drafter, "section", heading="1")
    with pytest.raises(TooLong):
        for depth in range(70):
            parent = insert(
                laid.charter, laid.cast.drafter, "section", heading=str(depth), parent=parent
            )
    assert depth == 59


def test_inserting_at_one_place_for_ever_keeps_order_and_ranks_short(laid):
    last = laid.first
    for number in range(120):
        last = insert(laid.charter, laid.cast.drafter, "paragraph", f"{number}", before=last)
    for number in range(120, 240):
        last = insert(laid.charter, laid.cast.drafter, "paragraph", f"{number}", after=last)
    children = text_at(laid.charter).clauses[0].children
    said = [child.text for child in children]
    assert said == [
        "119",
        *map(str, range(120, 240)),
        *map(str, reversed(range(119))),
        FIRST,
        SECOND,
    ]
    ranks = Clause.objects.filter(charter=laid.charter).values_list("rank", flat=True)
    assert max(map(len, ranks)) <= 60


@pytest.mark.parametrize(
    ("text", "position"), [("Parties [may agree", 8), ("Parties may] agree", 11)]
)
def test_a_square_bracket_without_its_partner_is_refused_with_its_place(text, position):
    laid = scene()
    with pytest.raises(Unbalanced) as refused:
        reword(laid.charter, laid.cast.drafter, laid.first, text)
    assert refused.value.position == position
    with pytest.raises(Unbalanced):
        insert(laid.charter, laid.cast.drafter, "article", text)


def test_a_bracket_that_came_loose_in_an_import_does_not_stop_other_edits():
    laid = scene()
    loose = outline("Parties may] agree to all.")
    import_outline(actor=laid.cast.chair, charter=laid.charter, outline=loose)
    clause = Clause.objects.get(charter=laid.charter, parent=laid.root, struck=False).pk
    assert reword(laid.charter, laid.cast.drafter, clause, "Parties may] agree.").revision
    with pytest.raises(Unbalanced):
        reword(laid.charter, laid.cast.drafter, clause, "Parties may] [agree.")
