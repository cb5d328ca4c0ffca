"""The discussion as it stood: who had said what about which words, at an earlier revision."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charter.access import enter
from charter.actions.clauses import change_clause, strike_clause
from charter.actions.threads import open_thread, reply, resolve_thread
from charter.actions.values import Words
from charter.models import AnchorState, Revision, Thread
from charter.queries.pages import text_page
from charter.queries.threads import ShownThread
from tests.builders import FIRST, Scene, insert, reword, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    """The scene, with a thread on "sovereignty" opened in revision 5."""
    found = scene()
    opened(found, "sovereignty")
    return found


def opened(laid: Scene, quote: str, text: str = "Whose?") -> Thread:
    start = FIRST.index(quote) if quote else 0
    return open_thread(
        actor=laid.cast.reviewer,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=Revision.objects.filter(charter=laid.charter).count(),
        start=start,
        end=start + len(quote),
        text=text,
    )


def then(laid: Scene, at: int, language: str = "en") -> list[ShownThread]:
    """The threads on the first paragraph as of a revision that is past."""
    seat = enter(laid.cast.observer, "eurasia")
    assert at < seat.charter.head
    return list(text_page(seat, language, at).threads.get(laid.first, ()))


def words(laid: Scene, text: str, **more) -> None:
    reword(laid.charter, laid.cast.drafter, laid.first, text, **more)


def test_a_thread_stands_at_its_words_as_they_were(laid: Scene):
    words(laid, f"In good faith, {FIRST[0].lower()}{FIRST[1:]}")
    words(laid, FIRST.replace("sovereignty", "equality"))
    for at, text in ((5, FIRST), (6, f"In good faith, {FIRST[0].lower()}{FIRST[1:]}")):
        (thread,) = then(laid, at)
        assert text[thread.start : thread.end] == thread.quote == "sovereignty"
        assert thread.state == AnchorState.EXACT
        assert thread.on_words


def test_it_is_not_there_before_it_was_opened(laid: Scene):
    words(laid, f"{FIRST} More.")
    assert then(laid, 4) == []


def test_where_its_words_had_gone_it_says_so(laid: Scene):
    words(laid, "Nothing of the kind.")
    words(laid, FIRST)
    (thread,) = then(laid, 6)
    assert thread.state == AnchorState.ORPHANED
    assert not thread.on_words


def test_a_thread_on_the_whole_clause_stays_on_it(laid: Scene):
    opened(laid, "", "The clause as such.")
    words(laid, "Nothing of the kind.")
    _, whole = then(laid, 5)
    assert (whole.start, whole.end, whole.state) == (0, 0, AnchorState.EXACT)


def test_only_what_had_been_said_is_shown(laid: Scene):
    thread, now = Thread.objects.get(), datetime.now(UTC)
    said = {"actor": laid.cast.chair, "charter": laid.charter, "thread": thread.pk}
    words(laid, f"{FIRST} More.", at=now + timedelta(hours=1))
    reply(**said, text="Everybody.", at=now + timedelta(hours=2))
    words(laid, f"{FIRST} Still more.", at=now + timedelta(hours=3))
    assert [one.text for one in then(laid, 5)[0].comments] == ["Whose?"]
    assert [one.text for one in then(laid, 6)[0].comments] == ["Whose?", "Everybody."]


def test_a_thread_resolved_since_was_open_then_and_not_after(laid: Scene):
    thread, now = Thread.objects.get(), datetime.now(UTC)
    words(laid, f"{FIRST} More.", at=now + timedelta(hours=1))
    said = {"actor": laid.cast.chair, "charter": laid.charter, "thread": thread.pk}
    resolve_thread(**said, at=now + timedelta(hours=2))
    words(laid, f"{FIRST} Still more.", at=now + timedelta(hours=3))
    words(laid, f"{FIRST} Yet more.", at=now + timedelta(hours=4))
    assert [len(then(laid, at)) for at in (5, 6, 7)] == [1, 1, 0]
    assert then(laid, 6)[0].resolved_at is None


def test_threads_on_another_language_stand_at_their_clause(laid: Scene):
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.first,
        base=5,
        words={"ru": Words(text="Стороны уважают суверенитет.")},
    )
    words(laid, f"{FIRST} More.")
    (thread,) = then(laid, 6, "ru")
    assert thread.language == "en"


def test_threads_of_a_clause_struck_since_are_there(laid: Scene):
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    insert(laid.charter, laid.cast.drafter, "article", "Another.")
    assert len(then(laid, 5)) == 1


def test_the_queries_do_not_grow(laid: Scene):
    def counted() -> int:
        seat = enter(laid.cast.observer, "eurasia")
        text_page(seat, "en", 6)
        with CaptureQueriesContext(connection) as captured:
            text_page(seat, "en", 6)
        return len(captured.captured_queries)

    words(laid, f"{FIRST} More.")
    words(laid, f"{FIRST} Still more.")
    before = counted()
    Thread.objects.update(opened_at_revision=5)
    for quote in ("Parties", "respect", "each"):
        opened(laid, quote)
    Thread.objects.update(opened_at_revision=5)
    assert counted() == before
