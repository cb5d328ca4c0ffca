"""The rolling text: what is open, in its place, attributed; at the head and as it was."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.amendments import (
    draft_amendment,
    join_amendment,
    table_amendment,
    withdraw_amendment,
)
from charter.actions.clauses import strike_clause
from charter.actions.proposals import propose_insertion
from charter.queries.rolling import rolling_text
from charter.text.bracketing import Manner, written_outline
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from tests.builders import FIRST, SECOND, Scene, drafted, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    made = scene()
    seated(made.charter, made.cast.chair, made.cast.drafter, "BLR")
    seated(made.charter, made.cast.chair, made.cast.reviewer, "IND")
    return made


def lines(laid: Scene, at: int | None = None, **more) -> list[str]:
    laid.charter.refresh_from_db()
    page = rolling_text(laid.charter, "en", at, **more)
    outline = written_outline(page.rolled, Manner())
    return [one.text for _, one in outline.walk() if one.text]


UPHOLD = "The Parties shall [respect] [uphold: {}] the sovereignty of each Party."


def test_rival_words_stand_in_the_text_with_their_delegations(laid):
    tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    tabled(laid.charter, laid.cast.reviewer, laid.first, FIRST.replace("respect", "protect"))
    assert lines(laid)[0] == (
        "The Parties shall [respect] [protect: A-2 IND] [uphold: A-1 BLR] "
        "the sovereignty of each Party."
    )


def test_co_sponsors_are_named(laid):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=made.uuid)
    assert lines(laid)[0] == UPHOLD.format("A-1 BLR, IND")


def test_drafts_are_in_nobodys_rolling_text(laid):
    drafted(laid.charter, laid.cast.drafter, laid.first, "Secret.")
    assert lines(laid)[0] == FIRST


def test_the_base_moves_and_the_bracket_with_it(laid):
    tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("each Party", "all"))
    assert lines(laid)[0] == UPHOLD.format("A-1 BLR").replace("each Party", "all")


def test_a_conflict_is_shown_whole(laid):
    tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "protect"))
    assert lines(laid)[0].startswith(FIRST.replace("respect", "protect") + " [")
    assert "A-1 BLR, does not fit" in lines(laid)[0]


def test_an_earlier_revision_shows_what_was_open_then(laid):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    then = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.second, SECOND + " Ever.")
    withdraw_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid)
    assert lines(laid, then)[0] == UPHOLD.format("A-1 BLR")
    assert lines(laid, then - 1)[0] == FIRST
    assert lines(laid)[0] == FIRST


def test_only_some_delegations(laid):
    tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    other = tabled(laid.charter, laid.cast.reviewer, laid.second, SECOND.replace("No", "Not one"))
    assert lines(laid, delegations=[other.delegation_id])[0] == FIRST


def test_a_proposed_clause_stands_where_the_struck_one_before_it_stood(laid):
    made = draft_amendment(actor=laid.cast.drafter, charter=laid.charter, title="Better")
    propose_insertion(
        actor=laid.cast.drafter,
        charter=laid.charter,
        amendment=made.uuid,
        clauses=[Unit(kind=Kind.PARAGRAPH, text="New.")],
        language="en",
        after=laid.second,
    )
    table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid)
    strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.second)
    laid.charter.refresh_from_db()
    assert lines(laid)[:2] == [FIRST, "[New.: A-1 BLR]"]


def test_it_asks_as_often_for_many_amendments_as_for_one(laid):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            lines(laid)
        return len(seen)

    tabled(laid.charter, laid.cast.drafter, laid.first, "A.")
    queries()
    few = queries()
    for text in ("B.", "C.", "D."):
        tabled(laid.charter, laid.cast.reviewer, laid.second, text)
    assert queries() == few <= 8
