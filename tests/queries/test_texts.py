"""The text as of any revision: what stood then stands there now, at a cost that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.charters import change_charter
from charter.actions.clauses import change_clause, move_clause, restore_clause, strike_clause
from charter.actions.principles import change_principle, restore_principle, withdraw_principle
from charter.actions.values import Words
from charter.queries.comparisons import compare
from charter.queries.states import clause_at, principles_at, words_at
from charter.queries.texts import NoSuchRevision, text_at, wording_at
from charter.text.outline import Outline
from charter.text.redline import Change
from tests.builders import FIRST, OTHER, insert, principle, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived():
    """A charter after every kind of change, and the text as it was read at each head."""
    laid = scene()
    charter, chair, drafter = laid.charter, laid.cast.chair, laid.cast.drafter
    seen: dict[int, Outline] = {}

    def look() -> None:
        charter.refresh_from_db()
        seen[charter.head] = text_at(charter)

    for act in (
        lambda: principle(charter, chair, "openness"),
        lambda: principle(charter, chair, "equality"),
        lambda: reword(charter, drafter, laid.other, "Open.", principles=["openness", "equality"]),
        lambda: change_principle(
            actor=chair, charter=charter, principle="equality", after=None, colour="#112233"
        ),
        lambda: move_clause(actor=drafter, charter=charter, clause=laid.second, parent=laid.other),
        lambda: strike_clause(actor=drafter, charter=charter, clause=laid.article),
        lambda: insert(charter, drafter, "annex", "A list."),
        lambda: withdraw_principle(actor=chair, charter=charter, principle="openness"),
        lambda: restore_clause(actor=drafter, charter=charter, clause=laid.article),
        lambda: change_clause(
            actor=chair,
            charter=charter,
            clause=laid.root,
            base=charter.head,
            words={"en": Words("Another title")},
        ),
        lambda: change_clause(
            actor=chair, charter=charter, clause=laid.other, base=charter.head, principles=[]
        ),
        lambda: restore_principle(actor=chair, charter=charter, principle="openness"),
    ):
        act()
        look()
    return laid, seen


def test_every_revision_reads_as_it_read_when_it_was_the_head(lived):
    laid, seen = lived
    assert len(seen) == 12
    for number, outline in seen.items():
        assert text_at(laid.charter, number) == outline
    assert len({str(outline) for outline in seen.values()}) > 9


def test_before_the_first_revision_there_is_an_empty_text():
    laid = scene()
    assert text_at(laid.charter, 0) == Outline(language="en", scheme="treaty")


def test_a_number_past_the_head_is_no_revision():
    laid = scene()
    for number in (6, -1):
        with pytest.raises(NoSuchRevision):
            text_at(laid.charter, number)
        with pytest.raises(NoSuchRevision):
            wording_at(laid.charter, laid.first, "en", number)


def test_a_language_without_words_has_the_tree_and_no_words():
    laid = scene()
    outline = text_at(laid.charter, None, "ru")
    assert [clause.kind for _d, clause in outline.walk()] == [
        clause.kind for _d, clause in text_at(laid.charter).walk()
    ]
    assert not any(clause.text or clause.heading for _d, clause in outline.walk())


def test_words_are_read_as_of_a_revision_by_language():
    laid = scene()
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.first,
        base=5,
        words={"en": Words(text="Shorter."), "ru": Words(text="Короче.")},
    )
    assert words_at(laid.first, ["en", "ru"], 6) == {
        "en": Words(text="Shorter."),
        "ru": Words(text="Короче."),
    }
    assert words_at(laid.first, ["en", "ru"], 5) == {"en": Words(text=FIRST)}
    assert wording_at(laid.charter, laid.first, "en", 5) == Words(text=FIRST)
    assert wording_at(laid.charter, laid.first, "ru", 5) is None
    assert wording_at(laid.charter, laid.first, "ru") == Words(text="Короче.")


def test_a_clause_is_read_as_of_a_revision():
    laid = scene()
    change_clause(
        actor=laid.cast.drafter, charter=laid.charter, clause=laid.other, base=5, kind="annex"
    )
    assert clause_at(laid.other, 5).kind == "article"
    assert clause_at(laid.other, 6).kind == "annex"
    assert clause_at(laid.other, 4) is None
    assert principles_at(laid.other, 6) == set()


def test_another_charters_clause_has_no_words_here():
    laid = scene()
    other = change_charter(actor=laid.cast.chair, charter=laid.charter, stage="negotiation")
    other.pk += 1
    assert wording_at(other, laid.first, "en", 5) is None


def test_two_revisions_are_compared():
    laid = scene()
    reword(laid.charter, laid.cast.drafter, laid.other, "Open.")
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    laid.charter.refresh_from_db()
    redline = compare(laid.charter, 5, 7)
    assert redline.count(Change.REWORDED) == redline.count(Change.STRUCK) == 1
    assert not compare(laid.charter, 5, 5).changed
    assert compare(laid.charter, 0, 5).count(Change.ADDED) == 4
    assert compare(laid.charter, 7).changed is False


def queries(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_a_text_is_read_with_as_many_queries_however_long_it_and_its_history_are():
    laid = scene()
    charter = laid.charter

    def reads() -> tuple[int, ...]:
        return tuple(
            queries(act)
            for act in (
                lambda: text_at(charter),
                lambda: text_at(charter, 5),
                lambda: compare(charter, 4, 5),
            )
        )

    short = reads()
    for number in range(15):
        insert(charter, laid.cast.chair, "article", f"Article {number}.")
        reword(charter, laid.cast.chair, laid.other, f"{OTHER} {number}")
    assert reads() == short == (3, 3, 6)
