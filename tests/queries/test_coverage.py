"""Which articles serve which principles: strength, gaps, doubles, and how it all went."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.clauses import move_clause, restore_clause, strike_clause
from charter.actions.principle_kin import merge_principles, split_principle
from charter.actions.principles import (
    change_principle,
    restore_principle,
    withdraw_principle,
)
from charter.queries import coverage, tallies
from charter.queries.coverage import NoPrinciple, courses, coverage_at, reading_of
from charter.queries.keeping import forget
from charter.queries.vocabulary import Event, happenings, successor, vocabulary_at
from charter.text.coverage import Cell
from tests.builders import Scene, insert, principle, reword, scene, tag

pytestmark = pytest.mark.django_db

PEACE, SECURITY = "peace", "security"


@pytest.fixture(autouse=True)
def _new_process():
    forget()
    coverage.forget()


@pytest.fixture
def laid() -> Scene:
    """Article 1's first paragraph (9 words) serves peace, its second (13) peace and security;
    nothing serves nothing in Article 2."""
    table = scene()
    for slug in (PEACE, SECURITY):
        principle(table.charter, table.cast.chair, slug)
    tag(table, table.first, PEACE)
    tag(table, table.second, PEACE, SECURITY)
    return table


def at(laid: Scene, number: int | None = None):
    laid.charter.refresh_from_db()
    return coverage_at(laid.charter, laid.charter.head if number is None else number, "en").matrix


def cells(laid: Scene, number: int | None = None) -> list[dict[str, Cell]]:
    return [line.cells for line in at(laid, number).lines]


def course(laid: Scene, slug: str) -> tuple[tuple[int, int], ...]:
    laid.charter.refresh_from_db()
    return courses(laid.charter, laid.charter.head).of[slug].steps


def act(laid: Scene, action, **more) -> int:
    done = action(actor=laid.cast.chair, charter=laid.charter, **more)
    laid.charter.refresh_from_db()
    return done.revision.number


def test_a_cell_counts_the_tagged_clauses_and_the_words_that_serve(laid):
    assert cells(laid) == [{PEACE: Cell(2, 22), SECURITY: Cell(1, 13)}, {}]


def test_a_tag_on_an_article_has_all_its_words_serve(laid):
    tag(laid, laid.article, SECURITY)
    assert cells(laid)[0][SECURITY] == Cell(2, 23)  # with the heading's one


def test_a_tag_on_a_part_reaches_the_articles_in_it(laid):
    part = insert(laid.charter, laid.cast.chair, "part", heading="Substance")
    act(laid, move_clause, clause=laid.other, parent=part)
    tag(laid, part, PEACE)
    lines = at(laid).lines
    assert [line.citation for line in lines] == ["Article 1", "Part I", "Article 2"]
    assert lines[2].cells == {PEACE: Cell(0, 10)}


def test_gaps_are_principles_without_a_clause_and_articles_without_a_principle(laid):
    principle(laid.charter, laid.cast.chair, "openness")
    matrix = at(laid)
    assert matrix.unserved == ("openness",)
    assert [line.citation for line in matrix.unserving] == ["Article 2"]


def test_doubles_are_clauses_tagged_more_than_once(laid):
    assert [member.number.citation for member in at(laid).doubles] == ["Article 1(2)"]


def test_words_are_counted_in_the_language_asked_for(laid):
    russian = coverage_at(laid.charter, laid.charter.head, "ru").matrix
    assert russian.lines[0].cells[PEACE] == Cell(2, 0)


def test_the_matrix_of_a_revision_stays_what_it_was(laid):
    laid.charter.refresh_from_db()
    then, before = laid.charter.head, cells(laid)
    tag(laid, laid.first)
    act(laid, withdraw_principle, principle=SECURITY)
    assert cells(laid) != before
    assert cells(laid, then) == before


def test_a_withdrawn_principle_has_no_column(laid):
    act(laid, withdraw_principle, principle=SECURITY)
    assert at(laid).principles == (PEACE,)


def test_the_course_of_a_principle_has_a_step_for_each_change_of_its_count(laid):
    number = act(laid, withdraw_principle, principle=PEACE)
    back = act(laid, restore_principle, principle=PEACE)
    assert course(laid, PEACE)[-4:] == ((8, 1), (9, 2), (number, 0), (back, 2))


def test_a_struck_article_takes_the_tags_of_what_stands_in_it_out_of_the_count(laid):
    gone = act(laid, strike_clause, clause=laid.article)
    back = act(laid, restore_clause, clause=laid.article)
    assert course(laid, SECURITY) == ((9, 1), (gone, 0), (back, 1))


def test_a_tag_put_on_a_struck_clause_by_a_merger_counts_once_the_clause_is_back(laid):
    act(laid, strike_clause, clause=laid.first)
    merged = act(laid, merge_principles, principle=PEACE, into=SECURITY)
    back = act(laid, restore_clause, clause=laid.first)
    assert course(laid, SECURITY) == ((9, 1), (back, 2))
    assert course(laid, PEACE)[-1] == (merged, 0)


def test_counting_on_from_where_one_stopped_gives_what_counting_at_once_gives(laid):
    early = course(laid, PEACE)
    act(laid, strike_clause, clause=laid.first)
    act(laid, move_clause, clause=laid.second, parent=laid.other)
    act(laid, strike_clause, clause=laid.other)
    on = course(laid, PEACE)
    coverage.forget()
    assert course(laid, PEACE) == on
    assert on[: len(early)] == early
    assert on[-1][1] == 0


def test_the_course_up_to_a_revision_says_nothing_of_later_ones(laid):
    act(laid, strike_clause, clause=laid.article)
    assert courses(laid.charter, 8).of[PEACE].steps == ((8, 1),)


def test_a_long_history_is_counted_in_several_requests(laid, monkeypatch):
    whole = course(laid, PEACE)
    coverage.forget()
    monkeypatch.setattr(tallies, "MOST", 2)
    reached = [courses(laid.charter, laid.charter.head).counted for _ in range(8)]
    assert reached == sorted(reached)
    assert reached[0] < reached[-1] == laid.charter.head
    assert course(laid, PEACE) == whole


def test_another_database_in_the_place_of_this_one_is_counted_anew(laid):
    course(laid, PEACE)
    tally = coverage._tallies.of(laid.charter, upto=laid.charter.head)
    tally.digest = "another"
    assert course(laid, PEACE) == ((8, 1), (9, 2))
    assert coverage._tallies.of(laid.charter, upto=laid.charter.head) is not tally


def test_a_principles_clauses_are_read_in_order_with_what_stands_in_them(laid):
    tag(laid, laid.article, SECURITY)
    tag(laid, laid.other, SECURITY)
    reading = reading_of(laid.charter, SECURITY, laid.charter.head, "en")
    cited = [member.number.citation for member in reading.members]
    assert cited == ["Article 1", "Article 1(1)", "Article 1(2)", "Article 2"]
    assert reading.tagged == {str(laid.article), str(laid.second), str(laid.other)}
    assert reading.words == 33


def test_a_principle_that_was_not_there_yet_cannot_be_read(laid):
    for slug, number in (("nowhere", laid.charter.head), (SECURITY, 6)):
        with pytest.raises(NoPrinciple):
            reading_of(laid.charter, slug, number, "en")


def test_a_merged_principle_leads_to_the_one_at_the_end_of_all_mergers(laid):
    principle(laid.charter, laid.cast.chair, "order")
    act(laid, merge_principles, principle=PEACE, into=SECURITY)
    act(laid, merge_principles, principle=SECURITY, into="order")
    entries = vocabulary_at(laid.charter, laid.charter.head)
    assert successor(entries, PEACE).slug == "order"
    assert successor(entries, "order") is None


def test_what_became_of_principles_is_told_revision_by_revision(laid):
    renamed = act(laid, change_principle, principle=PEACE, names={"en": "Concord"})
    split = act(laid, split_principle, principle=PEACE, clauses=[laid.first], names={"en": "Calm"})
    merged = act(laid, merge_principles, principle="calm", into=SECURITY)
    told = happenings(laid.charter, 6, laid.charter.head, "en")
    assert {number: [one.events for one in some] for number, some in told.items()} == {
        6: [(Event.ADDED,)],
        7: [(Event.ADDED,)],
        renamed: [(Event.RENAMED,)],
        split: [(Event.SPLIT,)],
        merged: [(Event.MERGED,)],
    }
    assert (told[renamed][0].before, told[renamed][0].name) == ("Peace", "Concord")
    assert (told[split][0].name, told[split][0].other) == ("Calm", "Concord")
    assert (told[merged][0].name, told[merged][0].other) == ("Calm", "Security")


def test_queries_grow_neither_with_the_text_nor_with_its_history(laid):
    def asked() -> tuple[int, int]:
        forget()
        coverage.forget()
        laid.charter.refresh_from_db()
        with CaptureQueriesContext(connection) as captured:
            coverage_at(laid.charter, laid.charter.head, "en")
            courses(laid.charter, laid.charter.head)
        cold = len(captured)
        with CaptureQueriesContext(connection) as captured:
            coverage_at(laid.charter, laid.charter.head, "en")
            courses(laid.charter, laid.charter.head)
        return cold, len(captured)

    before = asked()
    for words in ("One.", "Two.", "Three."):
        clause = insert(laid.charter, laid.cast.chair, "article", words)
        tag(laid, clause, PEACE)
        reword(laid.charter, laid.cast.drafter, clause, f"{words} More.")
    assert asked() == before
