"""Hand-written brackets, counted over all revisions, for every clause and the whole charter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.clauses import change_clause, move_clause, restore_clause, strike_clause
from charter.actions.values import Words
from charter.queries import brackets, tallies
from charter.queries.brackets import Difference, course_of, differences
from charter.queries.keeping import forget
from charter.queries.texts import text_at
from charter.text.brackets import counted
from tests.builders import FIRST, OTHER, SECOND, Scene, insert, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _new_process():
    new_process()


def new_process() -> None:
    forget()
    brackets.forget()


@pytest.fixture
def laid() -> Scene:
    return scene()


def drafted(laid: Scene) -> Scene:
    """A history with brackets in paragraphs, a heading and the title, moved, struck and back."""
    chair, charter = laid.cast.chair, laid.charter
    act = {"actor": chair, "charter": charter}
    reword(charter, chair, laid.first, FIRST.replace("shall", "[shall] [should]"))
    reword(charter, chair, laid.second, SECOND.replace("No Party", "[No [signatory] Party]"))
    reword(charter, chair, laid.other, OTHER.replace("all", "[all]"))
    move_clause(**act, clause=laid.first, parent=laid.other)
    strike_clause(**act, clause=laid.article)
    point = insert(charter, chair, "paragraph", "[Soon] [Later]", parent=laid.other)
    change_clause(
        **act, clause=laid.root, base=charter.head, words={"en": Words("[Draft] charter")}
    )
    restore_clause(**act, clause=laid.article)
    move_clause(**act, clause=point, parent=laid.article)
    change_clause(
        **act, clause=laid.other, base=charter.head, words={"ru": Words("[Открытость]", "[Всем]")}
    )
    strike_clause(**act, clause=laid.other)
    reword(charter, chair, laid.second, SECOND)
    charter.refresh_from_db()
    return laid


def test_the_course_of_every_clause_is_what_the_text_of_each_revision_has(laid: Scene):
    charter = drafted(laid).charter
    ids = list(charter.clauses.exclude(parent=None).values_list("pk", flat=True))
    counts = set()
    for language in ("en", "ru"):
        for number in range(1, charter.head + 1):
            outline = text_at(charter, number, language)
            below = {
                clause.id: sum(counted(one.heading, one.text) for _depth, one in clause.walk())
                for _depth, clause in outline.walk()
            }
            for clause in ids:
                found = course_of(charter, clause).at(language, number)
                assert found == below.get(str(clause), 0), (language, number)
            whole = counted(outline.title) + sum(
                counted(one.heading, one.text) for _depth, one in outline.walk()
            )
            assert course_of(charter).at(language, number) == whole
            counts.add(whole)
    assert len(counts) > 5


def test_a_course_names_only_the_revisions_that_changed_it(laid: Scene):
    charter, chair = laid.charter, laid.cast.chair
    reword(charter, chair, laid.first, "[Some] words.")
    reword(charter, chair, laid.first, "[Other] words.")
    reword(charter, chair, laid.first, "Words.")
    start = charter.head - 2
    assert course_of(charter, laid.article).steps == {"en": ((start, 1), (start + 2, 0)), "ru": ()}
    assert course_of(charter, laid.other).empty


def test_counting_goes_on_where_it_was_left_and_reads_no_more_for_a_longer_history(laid: Scene):
    charter, chair = laid.charter, laid.cast.chair
    for number in range(4):
        reword(charter, chair, laid.first, f"[{number}] words.")
    with CaptureQueriesContext(
        connection,
    ) as first:
        course_of(charter)
    with CaptureQueriesContext(connection) as again:
        course_of(charter)
    reword(charter, chair, laid.first, "[A] [B]")
    with CaptureQueriesContext(connection) as later:
        found = course_of(charter)
    assert found.steps["en"][-1] == (charter.head, 2)
    assert len(first) == 2 and len(again) == 0 and len(later) <= 3


def test_a_long_history_is_counted_in_bounded_steps_to_the_same_end(laid: Scene, monkeypatch):
    charter = drafted(laid).charter
    at_once = course_of(charter)
    new_process()
    monkeypatch.setattr(tallies, "MOST", 3)
    monkeypatch.setattr(brackets, "MOST", 3)
    numbers = []
    while not numbers or numbers[-1] < charter.head:
        numbers.append(course_of(charter).number)
    assert len(numbers) > 2 and numbers == sorted(set(numbers))
    assert course_of(charter) == at_once


def test_languages_differ_only_where_a_clause_has_words_in_both(laid: Scene):
    charter, chair = laid.charter, laid.cast.chair
    reword(charter, chair, laid.first, "[Some] words.")
    assert differences(charter, "en") == ()
    change_clause(
        actor=chair,
        charter=charter,
        clause=laid.first,
        base=charter.head,
        words={"ru": Words("", "Слова.")},
    )
    assert differences(charter, "en") == (
        Difference(laid.first, "Article 1(1)", {"en": 1, "ru": 0}),
    )
    strike_clause(actor=chair, charter=charter, clause=laid.article)
    assert differences(charter, "en") == ()
