"""Open amendments on a text that moves: each change says how it stands, and nothing is shifted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.amendments import draft_amendment, table_amendment
from charter.actions.clauses import change_clause, move_clause, restore_clause, strike_clause
from charter.actions.proposals import (
    propose_insertion,
    propose_move,
    propose_rewording,
    propose_strike,
)
from charter.actions.refusals import IsStruck, NoSuch, WouldNotNest
from charter.actions.values import Words
from charter.models import ProposedChange
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from tests.builders import FIRST, OTHER, SECOND, Scene, insert, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    return scene()


class Table:
    """One draft of the chair's, and the changes it asks for."""

    def __init__(self, laid: Scene) -> None:
        self.laid = laid
        self.amendment = draft_amendment(
            actor=laid.cast.chair, charter=laid.charter, title="A better text"
        )

    def ask(self, act, **more) -> ProposedChange:
        laid = self.laid
        laid.charter.refresh_from_db()
        return act(
            actor=laid.cast.chair, charter=laid.charter, amendment=self.amendment.uuid, **more
        )

    def reword(self, clause, text: str) -> ProposedChange:
        return self.ask(
            propose_rewording,
            clause=clause,
            language="en",
            base=self.laid.charter.head,
            words=Words(text=text),
        )


@pytest.fixture
def table(laid) -> Table:
    return Table(laid)


def standing(change: ProposedChange) -> str:
    change.refresh_from_db()
    return change.standing


UPHOLD = FIRST.replace("respect", "uphold")


def test_a_change_applies_cleanly_while_its_words_stand(laid, table):
    change = table.reword(laid.first, UPHOLD)
    reword(laid.charter, laid.cast.drafter, laid.second, "Something else.")
    assert standing(change) == "clean"
    assert change.carried_text == UPHOLD


def test_a_change_combines_with_other_words_of_its_clause(laid, table):
    change = table.reword(laid.first, UPHOLD)
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("each Party", "all Parties"))
    assert standing(change) == "around"
    assert change.carried_text == UPHOLD.replace("each Party", "all Parties")
    assert (change.base_text, change.text) == (FIRST, UPHOLD)


def test_a_change_of_words_that_changed_is_a_conflict_and_holds_all_three(laid, table):
    change = table.reword(laid.first, UPHOLD)
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "protect"))
    assert standing(change) == "conflict"
    assert (change.base_text, change.text, change.carried_text) == (FIRST, UPHOLD, "")


def test_a_conflict_is_over_when_the_words_come_back(laid, table):
    change = table.reword(laid.first, UPHOLD)
    for text in (FIRST.replace("respect", "protect"), FIRST):
        reword(laid.charter, laid.cast.drafter, laid.first, text)
    assert standing(change) == "clean"


def test_what_the_text_says_already_is_made(laid, table):
    change = table.reword(laid.first, UPHOLD)
    reword(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    assert standing(change) == "made"


@pytest.mark.parametrize("struck", ["first", "article"])
def test_a_struck_clause_turns_a_rewording_into_a_conflict(laid, table, struck):
    change = table.reword(laid.first, UPHOLD)
    clause = getattr(laid, struck)
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=clause)
    assert standing(change) == "conflict"
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=clause)
    assert standing(change) == "clean"


def test_headings_are_carried_too(laid, table):
    change = table.ask(
        propose_rewording,
        clause=laid.article,
        language="en",
        base=laid.charter.head,
        words=Words(heading="Leading principles"),
    )
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.article,
        base=laid.charter.head,
        words={"en": Words(heading="Basic principles")},
    )
    assert standing(change) == "conflict"


def test_a_clause_can_be_proposed_in_a_language_that_has_no_words_yet(laid, table):
    change = table.ask(
        propose_rewording,
        clause=laid.first,
        language="ru",
        base=laid.charter.head,
        words=Words(text="Стороны уважают суверенитет каждой Стороны."),
    )
    assert (change.base_text, standing(change)) == ("", "clean")


def test_what_is_to_be_struck_and_was_reworded_since_is_a_conflict(laid, table):
    change = table.ask(propose_strike, clause=laid.article)
    reword(laid.charter, laid.cast.drafter, laid.second, SECOND + " Never.")
    assert standing(change) == "conflict"


def test_what_is_to_be_struck_and_was_struck_is_made(laid, table):
    change = table.ask(propose_strike, clause=laid.first)
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    assert standing(change) == "made"


def test_a_strike_takes_along_nothing_that_came_in_since_without_asking(laid, table):
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.second)
    change = table.ask(propose_strike, clause=laid.article)
    far = insert(laid.charter, laid.cast.drafter, "paragraph", "From afar.", parent=laid.other)
    assert standing(change) == "clean"
    for home, there in ((laid.article, "conflict"), (laid.other, "clean")):
        move_clause(actor=laid.cast.drafter, charter=laid.charter, clause=far, parent=home)
        assert standing(change) == there
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.second)
    assert standing(change) == "conflict"


def test_a_move_that_others_have_made_is_made(laid, table):
    change = table.ask(propose_move, clause=laid.first, parent=laid.article, after=laid.second)
    act = {"actor": laid.cast.drafter, "charter": laid.charter, "clause": laid.first}
    move_clause(**act, parent=laid.article, after=laid.second)
    assert standing(change) == "made"
    move_clause(**act, parent=laid.other)
    assert standing(change) == "conflict"


def unit(text: str) -> Unit:
    return Unit(kind=Kind.PARAGRAPH, text=text)


def test_an_insertion_stands_behind_the_clause_it_names(laid, table):
    change = table.ask(propose_insertion, clauses=[unit("New.")], language="en", after=laid.first)
    assert standing(change) == "clean"
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    assert standing(change) == "around"
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    move_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first, parent=laid.other)
    assert standing(change) == "conflict"


def test_an_insertion_into_what_was_struck_is_a_conflict(laid, table):
    change = table.ask(
        propose_insertion, clauses=[unit("New.")], language="en", parent=laid.article
    )
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    assert standing(change) == "conflict"


def test_a_whole_article_can_be_proposed_and_only_where_it_may_stand(laid, table):
    article = Unit(kind=Kind.ARTICLE, heading="Secretariat", children=(unit("One."), unit("Two.")))
    change = table.ask(propose_insertion, clauses=[article], language="en", after=laid.article)
    assert [one["text"] for one in change.planted[0]["clauses"]] == ["One.", "Two."]
    with pytest.raises(WouldNotNest):
        table.ask(propose_insertion, clauses=[article], language="en", after=laid.first)


def test_what_was_moved_meanwhile_cannot_be_moved_without_asking(laid, table):
    change = table.ask(propose_move, clause=laid.second, after=None, parent=laid.other)
    assert standing(change) == "clean"
    move_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.second,
        parent=laid.article,
        before=laid.first,
    )
    assert standing(change) == "conflict"


def test_a_clause_cannot_be_moved_into_itself(laid, table):
    with pytest.raises(WouldNotNest):
        table.ask(propose_move, clause=laid.article, parent=laid.first)


def test_only_what_is_in_the_text_can_be_asked_about(laid, table):
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    with pytest.raises(IsStruck):
        table.reword(laid.first, UPHOLD)
    with pytest.raises(NoSuch):
        table.ask(propose_strike, clause=laid.root)


def test_what_a_revision_does_not_touch_is_not_carried(laid, table):
    article = Unit(Kind.ARTICLE, text="This Charter is in force for ever.")
    put = {"clauses": [article], "language": "en"}
    beside = table.ask(propose_insertion, **put, after=laid.other)
    title = table.ask(
        propose_rewording,
        clause=laid.root,
        language="en",
        base=laid.charter.head,
        words=Words("A charter of peace"),
    )
    moved = table.ask(propose_move, clause=laid.other, after=None)
    number = laid.charter.head
    reword(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    insert(laid.charter, laid.cast.drafter, "paragraph", OTHER, parent=laid.article)
    for change in (beside, title, moved):
        change.refresh_from_db()
        assert change.carried_at == number
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.other)
    assert [standing(change) for change in (beside, title, moved)] == [
        "around",
        "clean",
        "conflict",
    ]
    assert (beside.carried_at, title.carried_at) == (number + 3, number)


def test_carrying_asks_as_often_for_many_amendments_as_for_few(laid):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            reword(laid.charter, laid.cast.drafter, laid.first, FIRST + " " + str(len(made)))
        return len(seen)

    made = [Table(laid).reword(laid.first, UPHOLD)]
    few = queries()
    for _ in range(8):
        made.append(Table(laid).reword(laid.first, UPHOLD))
    # One statement more tells the sponsors of all those that do not fit any more.
    assert queries() == few + 1


def test_a_draft_with_a_conflict_can_be_tabled_and_says_so(laid, table):
    change = table.reword(laid.first, UPHOLD)
    insert(laid.charter, laid.cast.drafter, "article", "Unrelated.")
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "protect"))
    table_amendment(actor=laid.cast.chair, charter=laid.charter, amendment=table.amendment.uuid)
    assert standing(change) == "conflict"
