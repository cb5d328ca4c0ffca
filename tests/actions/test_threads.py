"""Threads: on which words they stand, what becomes of them, and who may speak."""

import pytest

from charter.access import Forbidden, NotVisible
from charter.actions.clauses import change_clause, strike_clause
from charter.actions.refusals import HiddenWords, Invalid, Missing, NoSuch, TooLong
from charter.actions.threads import (
    open_thread,
    reanchor_thread,
    reopen_thread,
    reply,
    resolve_thread,
)
from charter.actions.values import Words
from charter.models import AnchorState, Thread
from charter.queries.texts import text_at
from tests.builders import FIRST, reword, scene

pytestmark = pytest.mark.django_db

QUOTE = "sovereignty"


@pytest.fixture
def laid():
    return scene()


def discuss(laid, quote=QUOTE, base=5, actor=None, **more):
    start = FIRST.index(quote) if quote else 0
    return open_thread(
        actor=actor or laid.cast.reviewer,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=base,
        start=start,
        end=start + len(quote),
        text="Whose?",
        **more,
    )


def state(thread) -> tuple[str, str]:
    """What became of a thread, and the words it stands on in the text as it is."""
    thread.refresh_from_db()
    text = text_at(thread.charter).find(str(thread.clause_id)).text
    if thread.state != AnchorState.ORPHANED:
        assert text[thread.start : thread.end] == thread.quote
    return thread.state, thread.quote


def test_a_thread_stands_on_the_words_it_was_opened_on(laid):
    thread = discuss(laid)
    assert state(thread) == ("exact", QUOTE)
    assert (thread.original_quote, thread.prefix) == (QUOTE, FIRST[: FIRST.index(QUOTE)][-32:])
    assert [comment.text for comment in thread.comments.all()] == ["Whose?"]


def test_a_thread_follows_its_words_through_edits_around_them(laid):
    thread = discuss(laid)
    reword(laid.charter, laid.cast.drafter, laid.first, "In good faith, " + FIRST)
    assert state(thread) == ("exact", QUOTE)
    assert thread.anchored_at == 6


def test_a_thread_says_when_its_words_were_changed(laid):
    thread = discuss(laid, "respect the sovereignty of each Party")
    text = FIRST.replace("respect the sovereignty", "respect the full sovereignty")
    reword(laid.charter, laid.cast.drafter, laid.first, text)
    assert state(thread) == ("changed", "respect the full sovereignty of each Party")
    assert thread.original_quote == "respect the sovereignty of each Party"
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST)
    assert state(thread) == ("exact", "respect the sovereignty of each Party")


def test_a_thread_whose_words_are_gone_is_orphaned_and_found_again_when_they_return(laid):
    thread = discuss(laid)
    reword(laid.charter, laid.cast.drafter, laid.first, "Nothing of the kind is said here.")
    assert state(thread) == ("orphaned", QUOTE)
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST)
    assert state(thread) == ("exact", QUOTE)


def test_a_resolved_thread_is_carried_too(laid):
    thread = discuss(laid)
    resolve_thread(actor=laid.cast.reviewer, charter=laid.charter, thread=thread.pk)
    reword(laid.charter, laid.cast.drafter, laid.first, "Henceforth: " + FIRST)
    assert state(thread) == ("exact", QUOTE)


def test_a_thread_in_another_language_stays_where_it_is(laid):
    thread = discuss(laid)
    change_clause(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.first,
        base=5,
        words={"ru": Words(text="Стороны уважают суверенитет.")},
    )
    thread.refresh_from_db()
    assert (thread.anchored_at, state(thread)) == (3, ("exact", QUOTE))


def test_words_selected_in_an_older_text_are_carried_to_the_text_as_it_is(laid):
    reword(laid.charter, laid.cast.drafter, laid.first, "In good faith, " + FIRST)
    reword(laid.charter, laid.cast.drafter, laid.first, "In all good faith, " + FIRST)
    thread = discuss(laid, base=5)
    assert state(thread) == ("exact", QUOTE)
    assert thread.start == ("In all good faith, " + FIRST).index(QUOTE)


def test_words_that_are_gone_by_now_make_an_orphan_from_the_start(laid):
    reword(laid.charter, laid.cast.drafter, laid.first, "Nothing of the kind is said here.")
    assert state(discuss(laid, base=5)) == ("orphaned", QUOTE)


def test_a_thread_on_a_whole_clause_has_no_words_to_lose(laid):
    thread = discuss(laid, "")
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    assert state(thread) == ("exact", "")


def test_a_thread_is_put_on_other_words_by_hand(laid):
    thread = discuss(laid)
    reword(laid.charter, laid.cast.drafter, laid.first, "Nothing of the kind is said here.")
    reanchor_thread(
        actor=laid.cast.reviewer, charter=laid.charter, thread=thread.pk, base=6, start=0, end=7
    )
    assert state(thread) == ("exact", "Nothing")
    assert thread.original_quote == "Nothing"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 1), (0, 10_000)])
def test_a_range_that_is_not_in_the_text_is_refused(laid, start, end):
    with pytest.raises(Invalid):
        open_thread(
            actor=laid.cast.reviewer,
            charter=laid.charter,
            clause=laid.first,
            language="en",
            base=5,
            start=start,
            end=end,
            text="Whose?",
        )


def test_what_a_thread_names_must_be_of_this_charter(laid):
    thread = discuss(laid)
    from charter.actions.charters import create_charter

    other = create_charter(actor=laid.cast.stranger, title="Another")
    table = {"actor": laid.cast.stranger, "charter": other}
    for act in (
        lambda: open_thread(
            **table, clause=laid.first, language="en", base=1, text="A foot in the door."
        ),
        lambda: reply(**table, thread=thread.pk, text="Hello?"),
        lambda: resolve_thread(**table, thread=thread.pk),
        lambda: reanchor_thread(**table, thread=thread.pk, base=1, start=0, end=0),
    ):
        with pytest.raises(NoSuch):
            act()
    for wrong in ({"language": "zh"}, {"base": 6}, {"base": 0}):
        what = {"language": "en", "base": 5} | wrong
        with pytest.raises(NoSuch):
            open_thread(
                actor=laid.cast.reviewer,
                charter=laid.charter,
                clause=laid.first,
                text="Whose?",
                **what,
            )


def test_a_thread_is_answered_settled_and_taken_up_again(laid):
    thread = discuss(laid)
    table = {"actor": laid.cast.drafter, "charter": laid.charter, "thread": thread.pk}
    reply(**table, text="Everybody's.\n\nOf course.")
    resolve_thread(**table)
    thread.refresh_from_db()
    when = thread.resolved_at
    assert thread.resolved_by == laid.cast.drafter
    resolve_thread(actor=laid.cast.chair, charter=laid.charter, thread=thread.pk)
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.resolved_at) == (laid.cast.drafter, when)
    reopen_thread(**table)
    thread.refresh_from_db()
    assert thread.resolved_at is None
    assert [comment.text for comment in thread.comments.all()][1] == "Everybody's.\n\nOf course."


def test_a_thread_stays_when_its_clause_is_struck(laid):
    thread = discuss(laid)
    strike_clause(actor=laid.cast.drafter, charter=laid.charter, clause=laid.first)
    thread.refresh_from_db()
    assert (thread.state, thread.quote) == ("exact", QUOTE)
    reply(actor=laid.cast.reviewer, charter=laid.charter, thread=thread.pk, text="A pity.")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [("", Missing), (" \n ", Missing), ("a" * 20_001, TooLong), ("a\u202eb", HiddenWords)],
)
def test_a_comment_says_something_and_hides_nothing(laid, said, refusal):
    thread = discuss(laid)
    with pytest.raises(refusal):
        reply(actor=laid.cast.reviewer, charter=laid.charter, thread=thread.pk, text=said)


def test_who_may_only_read_says_nothing(laid):
    with pytest.raises(Forbidden):
        discuss(laid, actor=laid.cast.observer)
    with pytest.raises(NotVisible):
        discuss(laid, actor=laid.cast.stranger)
    assert not Thread.objects.exists()


def test_a_thread_on_very_many_words_is_refused(laid):
    reword(laid.charter, laid.cast.drafter, laid.first, "word " * 2_000)
    laid.charter.refresh_from_db()
    with pytest.raises(TooLong) as refused:
        open_thread(
            actor=laid.cast.reviewer,
            charter=laid.charter,
            clause=laid.first,
            language="en",
            base=laid.charter.head,
            start=0,
            end=5_001,
            text="All of this?",
        )
    assert "as a whole" in refused.value.message
