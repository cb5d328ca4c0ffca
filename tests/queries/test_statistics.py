"""The numbers of a charter: words, sittings, contributors, disputes, as of any revision."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.clauses import (
    change_clause,
    insert_clause,
    move_clause,
    restore_clause,
    strike_clause,
)
from charter.actions.threads import open_thread, reply, resolve_thread
from charter.actions.values import Words
from charter.queries import statistics, tallies, word_tallies
from charter.queries.keeping import forget
from charter.queries.sittings import cut, runs
from charter.queries.statistics import numbers_of
from charter.queries.texts import text_at
from charter.text.counting import count, words
from tests.builders import Scene, insert, reword, scene

pytestmark = pytest.mark.django_db

WORDS = 33  # of the scene, with two headings of a word each


@pytest.fixture(autouse=True)
def _new_process():
    new_process()


def new_process() -> None:
    forget()
    statistics.forget()
    word_tallies.forget()


@pytest.fixture
def laid() -> Scene:
    return scene()


def numbers(laid: Scene, at: int | None = None, language: str = "en"):
    laid.charter.refresh_from_db()
    return numbers_of(laid.charter, laid.charter.head if at is None else at, language)


def by(laid: Scene, name: str):
    return next(one for one in numbers(laid).contributors if one.name == name.title())


def thread(laid: Scene, who, clause) -> int:
    laid.charter.refresh_from_db()
    return open_thread(
        actor=who,
        charter=laid.charter,
        clause=clause,
        language="en",
        base=laid.charter.head,
        start=0,
        end=3,
        text="Why?",
    ).pk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        ("The U.S. paid 5.2 million.", ["The", "U.S.", "paid", "5.2", "million"]),
        ("*States* [shall] **not**^[Never.]", ["States", "shall", "not", "Never"]),
        ("As in [](#abc) and [here](https://example.org/a-b)", ["As", "in", "and", "here"]),
        ("— … «»", []),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, said: list[str]):
    assert words(text, "en") == said


@pytest.mark.parametrize(
    ("text", "language", "many"), [("主权国家平等", "zh", 3), ("Суверенное равенство", "ru", 2)]
)
def test_words_are_those_of_the_language(text: str, language: str, many: int):
    assert count(text, language) == many


def test_the_words_and_clauses_of_a_text_are_those_that_stand_in_it(laid):
    assert (numbers(laid).words, numbers(laid).clauses) == (WORDS, 4)
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    assert (numbers(laid).words, numbers(laid).clauses) == (10, 1)
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    assert (numbers(laid).words, numbers(laid).clauses) == (WORDS, 4)


def test_a_figure_counted_step_by_step_is_that_of_the_text(laid):
    insert(laid.charter, laid.cast.drafter, "point", "One more.", parent=laid.first)
    move_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first, parent=laid.other)
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.other)
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.other)
    reword(laid.charter, laid.cast.chair, laid.second, "Entirely *new* words^[and a note].")
    laid.charter.refresh_from_db()
    for number in range(laid.charter.head + 1):
        outline = text_at(laid.charter, number, "en")
        said = sum(count(c.heading) + count(c.text) for _, c in outline.walk())
        found = numbers(laid, number)
        assert (found.words, found.clauses) == (said, sum(1 for _ in outline.walk()))


def test_a_revision_is_credited_with_the_words_it_brought_and_took(laid):
    reword(
        laid.charter,
        laid.cast.drafter,
        laid.first,
        "The Parties shall fully respect the independence of each Party.",
    )
    mine = by(laid, "drafter")
    assert (mine.revisions, mine.changes, mine.written, mine.taken) == (1, 1, 2, 1)


def test_striking_takes_words_out_and_restoring_writes_them(laid):
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    assert (by(laid, "drafter").written, by(laid, "drafter").taken) == (0, 23)
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    assert (by(laid, "drafter").written, by(laid, "drafter").taken) == (23, 23)


def test_a_move_writes_nothing(laid):
    move_clause(
        actor=laid.cast.drafter, charter=laid.charter, clause=laid.second, parent=laid.other
    )
    mine = by(laid, "drafter")
    assert (mine.changes, mine.written, mine.taken) == (1, 0, 0)


def test_words_in_another_language_are_counted_apart_and_their_edits_are_not(laid):
    laid.charter.refresh_from_db()
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.first,
        base=laid.charter.head,
        words={"ru": Words(text="Стороны уважают суверенитет.")},
    )
    assert numbers(laid).words == WORDS
    assert numbers(laid, language="ru").words == 3
    assert by(laid, "drafter").written == 0
    assert by(laid, "drafter").changes == 1


def test_whoever_only_comments_is_a_contributor(laid):
    opened = thread(laid, laid.cast.reviewer, laid.first)
    reply(actor=laid.cast.reviewer, charter=laid.charter, thread=opened, text="Still?")
    mine = by(laid, "reviewer")
    assert (mine.revisions, mine.written, mine.comments) == (0, 0, 2)


def test_the_most_disputed_article_is_the_one_most_changed_and_talked_about(laid):
    for words_ in ("Open to all.", "Open to some.", "Open to none."):
        reword(laid.charter, laid.cast.drafter, laid.other, words_)
    assert [one.unit.head.number.citation for one in numbers(laid).disputes] == [
        "Article 2",
        "Article 1",
    ]
    for clause in (laid.first, laid.second, laid.second):
        opened = thread(laid, laid.cast.reviewer, clause)
    resolve_thread(actor=laid.cast.chair, charter=laid.charter, thread=opened)
    first = numbers(laid).disputes[0]
    assert first.unit.head.number.citation == "Article 1"
    assert (first.edits, first.threads, first.open_threads, first.comments) == (3, 3, 2, 3)


def test_a_revision_that_touches_two_clauses_of_an_article_is_one_edit_of_it(laid):
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    done = restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    dispute = next(
        one for one in numbers(laid).disputes if one.unit.head.clause.id == str(laid.article)
    )
    assert dispute.edits == 3 + 2
    assert done.revision.number == numbers(laid).number


def test_as_of_a_revision_nothing_later_counts(laid):
    then = numbers(laid)
    thread(laid, laid.cast.reviewer, laid.first)
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    reply_after = numbers(laid, then.number)
    assert reply_after.words == then.words
    assert [one.name for one in reply_after.contributors if one.revisions] == ["Chair"]
    assert reply_after.sittings == then.sittings


def test_sittings_are_parted_by_pauses_of_six_hours():
    noon, hour = datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)
    moments = [noon, noon + hour, noon + 7 * hour, noon + 14 * hour, noon + 15 * hour]
    assert list(runs(moments)) == [(0, 3), (3, 5)]
    assert list(runs(moments[::-1])) == [(0, 2), (2, 5)]
    assert list(runs([])) == []


def test_a_page_of_history_tears_no_sitting():
    noon, hour = datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)
    newest_first = [noon - at * hour for at in (0, 1, 9, 10, 11, 30)]
    assert [cut(newest_first, limit) for limit in (1, 2, 3, 5, 6, 9)] == [2, 2, 5, 5, 6, 6]


def test_a_sitting_says_what_was_done_in_it(laid):
    day = datetime.now(UTC) + timedelta(days=1)
    for at, text in ((day, "One two."), (day + timedelta(hours=1), "One two three.")):
        reword(laid.charter, laid.cast.drafter, laid.first, text, at=at)
    last = numbers(laid).sittings[-1]
    assert (last.revisions, last.people, last.changes) == (2, 1, 2)
    assert (last.first, last.last, last.began) == (6, 7, day)
    assert (last.written - last.taken, last.words) == (3 - 9, WORDS - 6)


def test_the_figures_of_a_long_history_are_counted_in_several_requests(laid, monkeypatch):
    for words_ in ("One.", "Two.", "Three."):
        reword(laid.charter, laid.cast.drafter, laid.first, words_)
    whole = numbers(laid)
    new_process()
    monkeypatch.setattr(tallies, "MOST", 2)
    reached = [numbers(laid).counted for _ in range(9)]
    assert reached == sorted(reached)
    assert reached[0] < reached[-1] == laid.charter.head
    assert numbers(laid) == whole


def test_counting_on_gives_what_counting_at_once_gives(laid):
    numbers(laid)
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    numbers(laid)
    reword(laid.charter, laid.cast.drafter, laid.other, "Closed.")
    restore_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.article)
    on = numbers(laid)
    new_process()
    assert numbers(laid) == on


def test_a_curve_has_no_more_points_than_a_page_can_show(monkeypatch):
    monkeypatch.setattr(statistics, "POINTS", 10)
    figures = list(range(1, 96))
    found = statistics._steps(figures, 95)
    assert len(found) <= 10
    assert found[-1] == (95, 95)
    assert statistics._steps([5, 5, 6, 6], 4) == ((1, 5), (3, 6))


def test_a_charter_before_its_first_revision_has_no_numbers(laid):
    empty = numbers(laid, 0)
    assert (empty.words, empty.clauses, empty.sittings, empty.disputes) == (0, 0, (), ())


def test_queries_grow_neither_with_text_nor_history_nor_discussion(laid):
    def asked() -> tuple[int, int]:
        new_process()
        laid.charter.refresh_from_db()
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                numbers_of(laid.charter, laid.charter.head, "en")
            counts.append(len(captured))
        return counts[0], counts[1]

    thread(laid, laid.cast.reviewer, laid.first)
    before = asked()
    for text in ("One.", "Two.", "Three."):
        made = insert_clause(
            actor=laid.cast.drafter,
            charter=laid.charter,
            kind="article",
            words={"en": Words(text=text)},
        ).clause.pk
        reword(laid.charter, laid.cast.chair, made, f"{text} More.")
        thread(laid, laid.cast.drafter, made)
    assert asked() == before
