"""What a revision did is taken back by another; what others did since stays or is asked about."""

from random import Random
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.access import Forbidden
from charter.actions.clauses import (
    change_clause,
    insert_clause,
    move_clause,
    restore_clause,
    strike_clause,
)
from charter.actions.imports import import_outline
from charter.actions.members import remove_member
from charter.actions.numbering import freeze_numbers
from charter.actions.principles import add_principle, change_principle, withdraw_principle
from charter.actions.refusals import Act, Entangled, Invalid, NoSuch, Refused, Unbalanced, Why
from charter.actions.settling import Settled
from charter.actions.undoing import undo_revision
from charter.actions.values import Words
from charter.models import Cause, Clause, Membership, Revision
from charter.queries.principles import vocabulary
from charter.queries.texts import frozen_at, text_at
from charter.queries.verification import verify
from tests.actions.test_anything import deed
from tests.builders import FIRST, OTHER, SECOND, insert, outline, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


def undo(laid, number: int, actor=None, **more):
    return undo_revision(
        actor=actor or laid.cast.drafter, charter=laid.charter, number=number, **more
    )


def text_of(laid, clause: UUID, language: str = "en") -> str:
    return text_at(laid.charter, None, language).find(str(clause)).text


def order(laid) -> list[str]:
    return [c.text or c.heading for _depth, c in text_at(laid.charter).walk()]


def entangled(laid, number: int, **more) -> Entangled:
    before = laid.charter.head
    with pytest.raises(Entangled) as caught:
        undo(laid, number, **more)
    laid.charter.refresh_from_db()
    assert laid.charter.head == before
    return caught.value


# --- words --------------------------------------------------------------------------------------


def test_undoing_is_a_revision_that_names_the_one_it_undid(laid):
    number = reword(laid.charter, laid.cast.drafter, laid.first, "Other words.").revision.number
    done = undo(laid, number).revision
    assert (done.number, done.cause, done.earlier) == (number + 1, Cause.UNDO, number)
    assert done.message == f"Undo revision {number}"
    assert text_of(laid, laid.first) == FIRST
    assert verify(laid.charter).ok


def test_a_message_of_ones_own_is_kept(laid):
    number = reword(laid.charter, laid.cast.drafter, laid.first, "Other words.").revision.number
    assert undo(laid, number, message="Not agreed").revision.message == "Not agreed"


def test_what_others_changed_since_in_other_words_stays(laid):
    drafter = laid.cast.drafter
    number = reword(
        laid.charter, drafter, laid.first, FIRST.replace("shall respect", "may respect")
    ).revision.number
    later = FIRST.replace("shall respect", "may respect").replace("each Party", "all Parties")
    reword(laid.charter, drafter, laid.first, later)
    undo(laid, number)
    assert text_of(laid, laid.first) == FIRST.replace("each Party", "all Parties")


def test_words_changed_again_are_asked_about_and_nothing_is_written(laid):
    drafter = laid.cast.drafter
    number = reword(laid.charter, drafter, laid.first, "They may respect it.").revision.number
    reword(laid.charter, drafter, laid.first, "They must respect it.")
    caught = entangled(laid, number)
    (meeting,) = caught.words
    assert (meeting.clause, meeting.language, meeting.since) == (laid.first, "en", number)
    assert (meeting.base.text, meeting.theirs.text, meeting.yours.text) == (
        "They may respect it.",
        "They must respect it.",
        FIRST,
    )
    assert "respect" not in str(caught)


def test_a_bracket_that_would_lose_its_partner_is_a_question_too(laid):
    drafter = laid.cast.drafter
    reword(laid.charter, drafter, laid.first, "They [may or must] respect it.")
    number = reword(
        laid.charter, drafter, laid.first, "They [may or must respect] it."
    ).revision.number
    reword(laid.charter, drafter, laid.first, "They may or must respect it.")
    caught = entangled(laid, number)
    (meeting,) = caught.words
    assert meeting.yours.text == "They [may or must] respect it."
    settled = Settled(caught.head, words={(laid.first, "en"): Words(text="They may] respect it.")})
    with pytest.raises(Unbalanced):
        undo(laid, number, settled=settled)


def test_all_conflicts_come_at_once(laid):
    drafter = laid.cast.drafter
    words = {"en": Words(text="One."), "ru": Words(text="Раз.")}
    changed = {"actor": drafter, "charter": laid.charter}
    number = change_clause(
        **changed, clause=laid.first, base=laid.charter.head, words=words
    ).revision.number
    words = {"en": Words(text="Two."), "ru": Words(text="Два.")}
    change_clause(**changed, clause=laid.first, base=number, words=words)
    caught = entangled(laid, number)
    assert {meeting.language for meeting in caught.words} == {"en", "ru"}


def test_what_a_person_settled_is_committed(laid):
    drafter = laid.cast.drafter
    number = reword(laid.charter, drafter, laid.first, "They may respect it.").revision.number
    reword(laid.charter, drafter, laid.first, "They must respect it.")
    caught = entangled(laid, number)
    settled = Settled(caught.head, words={(laid.first, "en"): Words(text="They shall.")})
    assert undo(laid, number, settled=settled).revision.earlier == number
    assert text_of(laid, laid.first) == "They shall."


def test_words_settled_do_not_run_over_those_written_meanwhile(laid):
    drafter = laid.cast.drafter
    number = reword(laid.charter, drafter, laid.first, "They may respect it.").revision.number
    reword(laid.charter, drafter, laid.first, "They must respect it.")
    caught = entangled(laid, number)
    reword(laid.charter, drafter, laid.first, "They will respect it.")
    settled = Settled(caught.head, words={(laid.first, "en"): Words(text="They shall respect it.")})
    again = entangled(laid, number, settled=settled)
    (meeting,) = again.words
    assert meeting.since == caught.head
    assert meeting.theirs.text == "They will respect it."
    assert meeting.yours.text == "They shall respect it."


def test_undoing_an_undoing_gives_the_words_back(laid):
    drafter = laid.cast.drafter
    number = reword(laid.charter, drafter, laid.first, "Other words.").revision.number
    undone = undo(laid, number).revision.number
    undo(laid, undone)
    assert text_of(laid, laid.first) == "Other words."


def test_what_has_gone_back_already_makes_no_revision(laid):
    drafter = laid.cast.drafter
    number = reword(laid.charter, drafter, laid.first, "Other words.").revision.number
    reword(laid.charter, drafter, laid.first, FIRST)
    head = laid.charter.head
    assert undo(laid, number).revision is None
    laid.charter.refresh_from_db()
    assert laid.charter.head == head


def test_words_of_a_clause_struck_since_are_left_only_on_purpose(laid):
    drafter = laid.cast.drafter
    number = reword(laid.charter, drafter, laid.first, "Other words.").revision.number
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.article)
    caught = entangled(laid, number)
    assert [(one.act, one.why) for one in caught.hindrances] == [(Act.WORDS, Why.STRUCK)]
    left = Settled(laid.charter.head, left=frozenset({caught.hindrances[0].key}))
    assert undo(laid, number, settled=left).revision is None


# --- the tree -----------------------------------------------------------------------------------


def test_an_inserted_clause_leaves_the_text_and_stays_citable(laid):
    number = laid.charter.head
    undo(laid, number)
    assert order(laid) == ["Principles", FIRST, SECOND]
    assert Clause.objects.get(pk=laid.other).struck


def test_an_insertion_that_others_wrote_in_is_asked_about(laid):
    drafter, number = laid.cast.drafter, 2  # the article that both paragraphs stand in
    caught = entangled(laid, number)
    (hindrance,) = caught.hindrances
    assert (hindrance.act, hindrance.why) == (Act.STRIKE, Why.FILLED)
    assert hindrance.subject == str(laid.article)
    forced = Settled(caught.head, forced=frozenset({hindrance.key}))
    undo(laid, number, settled=forced)
    assert order(laid) == [OTHER]
    reworded = insert(laid.charter, drafter, "article", "Mine.")
    laid.charter.refresh_from_db()
    number = laid.charter.head
    reword(laid.charter, drafter, reworded, "Ours.")
    (hindrance,) = entangled(laid, number).hindrances
    assert (hindrance.act, hindrance.why) == (Act.STRIKE, Why.CHANGED)
    left = Settled(laid.charter.head, left=frozenset({hindrance.key}))
    assert undo(laid, number, settled=left).revision is None


def test_a_struck_clause_comes_back_with_all_in_it(laid):
    whole = order(laid)
    done = strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    undo(laid, done.revision.number)
    assert order(laid) == whole


def test_a_clause_cannot_come_back_into_one_that_is_struck(laid):
    drafter = laid.cast.drafter
    done = strike_clause(actor=drafter, charter=laid.charter, clause=laid.first)
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.article)
    (hindrance,) = entangled(laid, done.revision.number).hindrances
    assert (hindrance.act, hindrance.why) == (Act.RETURN, Why.STRUCK)
    assert not hindrance.can_be_forced


def test_a_moved_clause_goes_back_where_it_stood(laid):
    whole = order(laid)
    done = move_clause(
        actor=laid.cast.drafter, charter=laid.charter, clause=laid.first, parent=laid.other
    )
    insert(laid.charter, laid.cast.drafter, "paragraph", "Third.", parent=laid.article)
    undo(laid, done.revision.number)
    assert order(laid) == [*whole[:3], "Third.", *whole[3:]]


def test_a_clause_moved_on_since_is_named(laid):
    drafter = laid.cast.drafter
    third = insert(laid.charter, drafter, "article", heading="Third")
    done = move_clause(actor=drafter, charter=laid.charter, clause=laid.first, parent=laid.other)
    move_clause(actor=drafter, charter=laid.charter, clause=laid.first, parent=third)
    caught = entangled(laid, done.revision.number)
    (hindrance,) = caught.hindrances
    assert (hindrance.act, hindrance.why) == (Act.PLACE, Why.ELSEWHERE)
    forced = Settled(caught.head, forced=frozenset({hindrance.key}))
    undo(laid, done.revision.number, settled=forced)
    assert order(laid)[:3] == ["Principles", FIRST, SECOND]


def test_a_place_that_was_taken_meanwhile_is_shared(laid):
    """The rank that comes free is given again to what is put there, so it may be taken."""
    drafter = laid.cast.drafter
    middle = insert(laid.charter, drafter, "paragraph", "Middle.", after=laid.first)
    done = move_clause(actor=drafter, charter=laid.charter, clause=middle, parent=laid.other)
    insert(laid.charter, drafter, "paragraph", "New.", after=laid.first)
    undo(laid, done.revision.number)
    assert order(laid)[1:5] == [FIRST, "Middle.", "New.", SECOND]


def test_a_move_into_what_stands_in_the_clause_by_now_is_refused(laid):
    """Undone, it would stand inside itself."""
    drafter = laid.cast.drafter
    part = insert(laid.charter, drafter, "part", heading="Part")
    inner = insert(laid.charter, drafter, "chapter", heading="Chapter", parent=part)
    article = insert(laid.charter, drafter, "article", heading="Low", parent=inner)
    laid.charter.refresh_from_db()
    done = move_clause(actor=drafter, charter=laid.charter, clause=article, parent=part)
    strike_clause(actor=drafter, charter=laid.charter, clause=inner)
    (hindrance,) = entangled(laid, done.revision.number).hindrances
    assert (hindrance.act, hindrance.why) == (Act.PLACE, Why.STRUCK)


def test_kinds_numbers_and_tags_go_back_and_later_ones_are_asked_about(laid):
    drafter = laid.cast.drafter
    principle(laid.charter, laid.cast.chair, "openness")
    laid.charter.refresh_from_db()
    told = {"actor": drafter, "charter": laid.charter, "clause": laid.other}
    done = change_clause(
        **told, base=laid.charter.head, kind="chapter", numeral="IX", principles=["openness"]
    )
    undo(laid, done.revision.number)
    found = text_at(laid.charter).find(str(laid.other))
    assert (found.kind, found.numeral, found.principles) == ("article", None, ())
    undo(laid, laid.charter.head)
    found = text_at(laid.charter).find(str(laid.other))
    assert (found.kind, found.numeral, found.principles) == ("chapter", "IX", ("openness",))
    change_clause(**told, base=laid.charter.head, kind="section", numeral="X")
    caught = entangled(laid, done.revision.number)
    assert {(one.act, one.why) for one in caught.hindrances} == {
        (Act.KIND, Why.CHANGED),
        (Act.NUMBER, Why.CHANGED),
    }


def test_an_import_is_undone_whole(laid):
    before = text_at(laid.charter)
    given = outline("Quite another text.", FIRST, "And one more.")
    done = import_outline(actor=laid.cast.drafter, charter=laid.charter, outline=given)
    assert text_at(laid.charter) != before
    undo(laid, done.revision.number)
    assert text_at(laid.charter) == before
    assert verify(laid.charter).ok


# --- what the chair does ------------------------------------------------------------------------


def test_the_vocabulary_goes_back_by_who_may_manage_it(laid):
    chair = laid.cast.chair
    principle(laid.charter, chair, "openness")
    laid.charter.refresh_from_db()
    made = laid.charter.head
    told = {"actor": chair, "charter": laid.charter, "principle": "openness"}
    change_principle(**told, definitions={"en": "Quite open."}, colour="#112233")
    changed = laid.charter.head
    change_principle(**told, names={"en": "Open doors"})
    with pytest.raises(Forbidden):
        undo(laid, changed)
    undo(laid, changed, actor=chair)
    (entry,) = vocabulary(laid.charter, "en")
    assert (entry.name, entry.definition) == ("Open doors", "What openness means.")
    assert entry.colour == "#336699"
    change_principle(**told, definitions={"en": "Ajar."})
    (hindrance,) = entangled(laid, changed + 2, actor=chair).hindrances[:1] or (None,)
    assert (hindrance.act, hindrance.subject) == (Act.ENTRY, "openness")
    undo(laid, made, actor=chair)
    (entry,) = vocabulary(laid.charter, "en")
    assert entry.withdrawn


def test_the_order_of_principles_and_a_withdrawal_go_back(laid):
    chair = laid.cast.chair
    for slug in ("one", "two", "three"):
        principle(laid.charter, chair, slug)
    told = {"actor": chair, "charter": laid.charter}
    change_principle(**told, principle="three", after=None)
    moved = laid.charter.head
    withdraw_principle(**told, principle="two")
    withdrawn = laid.charter.head
    add_principle(**told, slug="four", names={"en": "Four"})
    undo(laid, moved, actor=chair)
    assert [one.slug for one in vocabulary(laid.charter, "en")] == ["one", "two", "three", "four"]
    undo(laid, withdrawn, actor=chair)
    assert not any(one.withdrawn for one in vocabulary(laid.charter, "en"))


def test_frozen_numbers_thaw(laid):
    done = freeze_numbers(actor=laid.cast.chair, charter=laid.charter, number=3)
    with pytest.raises(Forbidden):
        undo(laid, done.revision.number)
    undo(laid, done.revision.number, actor=laid.cast.chair)
    assert frozen_at(laid.charter) is None


# --- who may, and what is not there -------------------------------------------------------------


def test_only_who_may_edit_undoes_and_only_what_is_there(laid):
    for somebody in (laid.cast.reviewer, laid.cast.observer):
        with pytest.raises(Forbidden):
            undo(laid, 3, actor=somebody)
    for number in (0, laid.charter.head + 1):
        with pytest.raises(NoSuch):
            undo(laid, number)
    with pytest.raises(NoSuch):
        undo(laid, 3, settled=Settled(base=laid.charter.head + 1))
    with pytest.raises(Invalid):
        undo(laid, 1)


# --- whatever happened --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_undoing_the_head_gives_exactly_the_text_before_and_undoing_that_the_text_after(seed):
    chance, laid = Random(seed), scene()
    chair = laid.cast.chair
    for slug in ("openness", "equality"):
        principle(laid.charter, chair, slug)
    laid.charter.refresh_from_db()
    undone = 0
    for _step in range(25):
        before = text_at(laid.charter)
        head = laid.charter.head
        try:
            deed(chance, laid)
        except Refused:
            laid.charter.refresh_from_db()
            continue
        if laid.charter.head == head:
            continue
        after = text_at(laid.charter)
        undo(laid, laid.charter.head, actor=chair)
        assert text_at(laid.charter) == before
        if chance.random() < 0.7:
            undo(laid, laid.charter.head, actor=chair)
            assert text_at(laid.charter) == after
        undone += 1
    assert undone > 5
    assert verify(laid.charter).ok


@pytest.mark.parametrize("seed", range(8))
def test_undoing_an_earlier_revision_leaves_the_words_of_later_ones_in_place(seed):
    """Every drafter writes words of their own, each into a place of its own."""
    chance, laid = Random(seed), scene()
    drafter = laid.cast.drafter
    clauses = [laid.first, laid.second, laid.other]
    sentences: dict[int, tuple[UUID, str]] = {}
    for step in range(12):
        clause = chance.choice(clauses)
        sentence = f"Sentence of step number{step}."
        was = text_of(laid, clause)
        text = f"{sentence} {was}" if chance.random() < 0.5 else f"{was} {sentence}"
        number = reword(laid.charter, drafter, clause, text).revision.number
        sentences[number] = clause, sentence
        laid.charter.refresh_from_db()
    number = chance.choice(list(sentences))
    kept = {one: pair for one, pair in sentences.items() if one != number}
    try:
        undo(laid, number)
    except Entangled as caught:
        assert {meeting.clause for meeting in caught.words} == {sentences[number][0]}
    else:
        clause, sentence = sentences[number]
        assert sentence not in text_of(laid, clause)
    for clause, sentence in kept.values():
        assert sentence in text_of(laid, clause)


def test_a_removed_member_undoes_nothing(laid):
    seat = Membership.objects.get(charter=laid.charter, person=laid.cast.drafter)
    remove_member(actor=laid.cast.chair, charter=laid.charter, member=seat.pk)
    with pytest.raises(Exception, match="eurasia"):
        undo(laid, 3)
    assert not Revision.objects.filter(cause=Cause.UNDO).exists()


def test_a_restoration_is_undone_too(laid):
    drafter = laid.cast.drafter
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.other)
    done = restore_clause(actor=drafter, charter=laid.charter, clause=laid.other)
    undo(laid, done.revision.number)
    assert OTHER not in order(laid)


def test_a_clause_inserted_with_two_languages_comes_and_goes_with_both(laid):
    done = insert_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        kind="article",
        words={"en": Words(text="Doors."), "ru": Words(text="Двери.")},
    )
    undo(laid, done.revision.number)
    undo(laid, laid.charter.head)
    for language, text in (("en", "Doors."), ("ru", "Двери.")):
        assert text_of(laid, done.clause.pk, language) == text


def test_words_written_since_in_what_came_back_are_not_carried_off_with_it(laid):
    drafter = laid.cast.drafter
    strike_clause(actor=drafter, charter=laid.charter, clause=laid.article)
    done = restore_clause(actor=drafter, charter=laid.charter, clause=laid.article)
    reword(laid.charter, drafter, laid.first, "Later words.")
    (hindrance,) = entangled(laid, done.revision.number).hindrances
    assert (hindrance.why, hindrance.subject) == (Why.CHANGED, str(laid.article))


def test_which_revision_was_undone_cannot_be_rewritten_unseen(laid):
    done = undo(laid, 5).revision
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE charter_revision SET earlier = 4 WHERE id = %s", [done.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    verdict = verify(laid.charter)
    assert not verdict.ok
    assert verdict.first_bad == done.number


def test_undoing_takes_as_many_queries_however_long_the_history(laid):
    drafter = laid.cast.drafter
    number = reword(laid.charter, drafter, laid.first, "Other words.").revision.number

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            undo(laid, number)
        return len(captured)

    few = cost()
    for at in range(10):
        reword(laid.charter, drafter, laid.second, f"Wording {at}.")
        insert(laid.charter, drafter, "article", f"Article {at}.")
    reword(laid.charter, drafter, laid.first, "Other words.")
    assert cost() == few
    assert few <= 30
