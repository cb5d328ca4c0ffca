"""All threads of a wording are carried at once: a crowd of them costs what one does."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.actions.change_sets import commit_changes
from charter.actions.operations import Reword
from charter.actions.threads import open_thread
from charter.actions.values import Words
from charter.models import AnchorState, Thread
from tests.builders import FIRST, reword, scene

pytestmark = pytest.mark.django_db

OTHER = "Nothing of the kind is said here."


@pytest.fixture
def laid():
    return scene()


def discuss_every_word(laid, most: int | None = None) -> None:
    for word in list(re.finditer(r"\w+", FIRST))[:most]:
        open_thread(
            actor=laid.cast.reviewer,
            charter=laid.charter,
            clause=laid.first,
            language="en",
            base=5,
            start=word.start(),
            end=word.end(),
            text="Whose?",
        )


def statements(laid, text: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        reword(laid.charter, laid.cast.drafter, laid.first, text)
    return len(asked)


def test_a_crowd_of_threads_is_carried_in_as_many_statements_as_a_few(laid):
    texts = (FIRST.replace("each", "every"), OTHER, OTHER + " Nor there.", FIRST)
    discuss_every_word(laid, 1)
    alone = [statements(laid, text) for text in texts]
    discuss_every_word(laid)
    assert all(
        statements(laid, text) <= before + 2 for text, before in zip(texts, alone, strict=True)
    )


def test_every_thread_of_a_crowd_stands_on_its_own_words(laid):
    discuss_every_word(laid)
    text = "Henceforth, " + FIRST.replace("respect", "uphold")
    reword(laid.charter, laid.cast.drafter, laid.first, text)
    for thread in Thread.objects.all():
        if thread.original_quote == "respect":
            assert thread.state == AnchorState.ORPHANED
        else:
            assert text[thread.start : thread.end] == thread.original_quote


def test_a_crowd_of_lost_threads_comes_back_with_its_words(laid):
    discuss_every_word(laid)
    reword(laid.charter, laid.cast.drafter, laid.first, OTHER)
    lost = list(Thread.objects.filter(state=AnchorState.ORPHANED).values_list("pk", flat=True))
    assert len(lost) > 3
    reword(laid.charter, laid.cast.drafter, laid.first, OTHER + " Nor there.")
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST)
    for thread in Thread.objects.filter(pk__in=lost):
        assert thread.state == AnchorState.EXACT
        assert FIRST[thread.start : thread.end] == thread.original_quote


def swap(laid, first: str, second: str) -> None:
    laid.charter.refresh_from_db()
    commit_changes(
        actor=laid.cast.drafter,
        charter=laid.charter,
        base=laid.charter.head,
        operations=[
            Reword(laid.first, {"en": Words(text=first)}),
            Reword(laid.second, {"en": Words(text=second)}),
        ],
    )


MOVED = "respect the sovereignty of each Party"


@pytest.fixture
def thread(laid) -> Thread:
    start = FIRST.index(MOVED)
    return open_thread(
        actor=laid.cast.reviewer,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=5,
        start=start,
        end=start + len(MOVED),
        text="Here or there?",
    )


def test_a_thread_goes_along_with_its_words_to_another_clause(laid, thread):
    target = f"No Party shall act against another. They shall {MOVED}."
    swap(laid, OTHER, target)
    thread.refresh_from_db()
    assert (thread.clause_id, thread.state) == (laid.second, AnchorState.MOVED)
    assert target[thread.start : thread.end] == MOVED


def test_a_thread_stays_with_its_clause_when_the_words_stood_elsewhere_before(laid, thread):
    reword(laid.charter, laid.cast.drafter, laid.second, f"They shall {MOVED}.")
    swap(laid, OTHER, f"All of them shall {MOVED}.")
    thread.refresh_from_db()
    assert (thread.clause_id, thread.state) == (laid.first, AnchorState.ORPHANED)
