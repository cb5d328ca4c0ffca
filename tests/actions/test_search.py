"""What is kept for searching, while many search and write at once."""

from collections.abc import Callable

import pytest

from charter.actions.search import catch_up
from charter.models import SearchState, SoughtChange, SoughtComment, SoughtWording, Wording
from charter.queries.search import Asked, Where, search
from tests.actions.test_concurrency import at_once
from tests.builders import insert, reword, scene

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_searches_at_once_finds_the_same_and_nothing_is_kept_twice():
    laid = scene()
    clauses = [insert(laid.charter, laid.cast.drafter, "article", f"Peace {n}.") for n in range(6)]
    for clause in clauses:
        reword(laid.charter, laid.cast.drafter, clause, "Peace and war.")
    laid.charter.refresh_from_db()

    def seek() -> int:
        catch_up([laid.charter])
        return search([laid.charter], Asked("peace war"), "en").total

    assert at_once([seek] * 6) == [6] * 6
    rows = Wording.history.filter(charter_id=laid.charter.pk).count()
    assert SoughtChange.objects.count() == rows
    assert SoughtWording.objects.count() == Wording.objects.count()


def test_searching_while_others_write_misses_nothing():
    laid = scene()
    drafter, charter = laid.cast.drafter, laid.charter
    clauses = [insert(charter, drafter, "article", "Peace.") for _ in range(4)]

    def write(clause) -> Callable[[], object]:
        def act() -> None:
            for n in range(5):
                reword(type(charter).objects.get(pk=charter.pk), drafter, clause, f"War {n}.")

        return act

    def seek() -> None:
        for _ in range(8):
            catch_up([type(charter).objects.get(pk=charter.pk)])

    at_once([*map(write, clauses), seek, seek])
    charter.refresh_from_db()
    catch_up([charter])
    assert SearchState.objects.get(charter=charter).number == charter.head
    assert search([charter], Asked("war"), "en").total == 4
    stays = search([charter], Asked("peace", where=Where.HISTORY), "en").hits
    assert len(stays) == 4
    assert all(stay.left for stay in stays)


def test_a_charter_without_words_to_keep_asks_once(django_assert_num_queries):
    laid = scene()
    catch_up([laid.charter])
    with django_assert_num_queries(1):
        catch_up([laid.charter])
    with django_assert_num_queries(0):
        catch_up([])
    assert SoughtComment.objects.count() == 0
