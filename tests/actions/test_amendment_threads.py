"""Discussion of amendments: whose it is, and where it goes when what is proposed changes."""

import pytest
from django.db.models import F
from django.utils import timezone

from charter import events
from charter.access import Forbidden, NotVisible, enter
from charter.actions.adopting import adopt_changes
from charter.actions.amendment_threads import (
    open_amendment_thread,
    reanchor_amendment_thread,
    reopen_amendment_thread,
    reply_on_amendment,
    resolve_amendment_thread,
)
from charter.actions.amendments import draft_amendment, table_amendment
from charter.actions.combining import Taking
from charter.actions.proposals import (
    drop_change,
    propose_insertion,
    propose_rewording,
    propose_strike,
)
from charter.actions.refusals import Invalid, Missing, NoSuch, Stale, TooLong
from charter.actions.values import Words
from charter.events import AmendmentDiscussed, ThreadChanged, listen_within
from charter.models import AmendmentThread, AnchorState, Delegation, Thread
from charter.queries.amendment_threads import amendment_thread_counts, amendment_threads_of
from charter.queries.stamps import stamp_for
from charter.text.kinds import Kind
from charter.text.outline import Clause
from tests.builders import FIRST, Scene, scene, seated

pytestmark = pytest.mark.django_db

ASKED = "The Parties shall fully respect the sovereignty of each Party."
FULLY = ASKED.index("fully respect")


@pytest.fixture
def laid() -> Scene:
    """The drafter sits for Armenia, the reviewer for Belarus."""
    made = scene()
    seated(made.charter, made.cast.chair, made.cast.drafter, "ARM")
    seated(made.charter, made.cast.chair, made.cast.reviewer, "BLR")
    return made


def act(laid: Scene, person, amendment=None):
    laid.charter.refresh_from_db()
    more = {} if amendment is None else {"amendment": amendment.uuid}
    return {"actor": person, "charter": laid.charter, **more}


def draft(laid: Scene, text: str = ASKED):
    made = draft_amendment(**act(laid, laid.cast.drafter), title="On respect")
    ask(laid, made, text)
    return made


def ask(laid: Scene, made, text: str):
    return propose_rewording(
        **act(laid, laid.cast.drafter, made),
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        words=Words("", text),
    )


def put_on_the_table(laid: Scene, made):
    return table_amendment(**act(laid, laid.cast.drafter, made))


def said(laid: Scene, made, person=None, **more) -> AmendmentThread:
    """A thread on "fully respect"."""
    place = {
        "change": made.changes.get(state="open", act="reword").uuid,
        "start": FULLY,
        "end": FULLY + len("fully respect"),
    }
    place |= {"text": "Why fully?"} | more
    return open_amendment_thread(**act(laid, person or laid.cast.drafter, made), **place)


def seen(laid: Scene, person) -> list[str]:
    laid.charter.refresh_from_db()
    seat = enter(person, laid.charter.slug)
    return [one.comments[0].text for one in amendment_threads_of(seat, "en")]


def test_a_thread_stands_on_words_of_the_proposal_and_on_none_of_the_text(laid: Scene):
    made = draft(laid)
    put_on_the_table(laid, made)
    thread = said(laid, made, laid.cast.reviewer)
    assert (thread.quote, thread.state) == ("fully respect", AnchorState.EXACT)
    assert not thread.within
    assert not Thread.objects.exists()
    assert seen(laid, laid.cast.observer) == ["Why fully?"]


def test_what_is_said_of_a_draft_stays_with_the_delegation_when_it_is_tabled(laid: Scene):
    made = draft(laid)
    thread = said(laid, made)
    put_on_the_table(laid, made)
    assert thread.within
    assert seen(laid, laid.cast.drafter) == ["Why fully?"]
    for other in (laid.cast.chair, laid.cast.reviewer, laid.cast.observer):
        assert seen(laid, other) == []
        assert amendment_thread_counts(enter(other, laid.charter.slug)) == (0, 0)
    for todo in (resolve_amendment_thread, reopen_amendment_thread):
        with pytest.raises(NoSuch):
            todo(**act(laid, laid.cast.reviewer, made), thread=thread.uuid)
    with pytest.raises(NoSuch):
        reply_on_amendment(**act(laid, laid.cast.chair, made), thread=thread.uuid, text="Well")


def test_nobody_can_speak_of_a_draft_that_is_not_theirs(laid: Scene):
    made = draft(laid)
    with pytest.raises(NoSuch):
        said(laid, made, laid.cast.reviewer)
    with pytest.raises(NoSuch):
        said(laid, made, laid.cast.chair)


def test_a_reader_may_not_speak_and_a_stranger_sees_nothing(laid: Scene):
    made = draft(laid)
    put_on_the_table(laid, made)
    with pytest.raises(Forbidden):
        said(laid, made, laid.cast.observer)
    with pytest.raises(NotVisible):
        said(laid, made, laid.cast.stranger)


def test_a_draft_s_discussion_leaves_no_trace_for_others(laid: Scene, monkeypatch):
    made = draft(laid)
    heard = []
    monkeypatch.setattr(events, "_within", {})
    listen_within(AmendmentDiscussed, heard.append)
    listen_within(ThreadChanged, heard.append)
    before = stamp_for(laid.cast.reviewer, laid.charter.slug)
    thread = said(laid, made)
    reply_on_amendment(**act(laid, laid.cast.drafter, made), thread=thread.uuid, text="Because.")
    assert heard == []
    assert stamp_for(laid.cast.reviewer, laid.charter.slug) == before
    put_on_the_table(laid, made)
    said(laid, made, laid.cast.reviewer)
    assert [one.change for one in heard] == ["opened"]


CARRIED = [
    ("Parties shall fully respect the sovereignty of each Party.", "fully respect", "exact"),
    ("The Parties shall fully and always respect the sovereignty of each.", None, "changed"),
    ("The Parties shall honour one another.", None, "orphaned"),
    ("Of each Party the sovereignty shall the Parties fully respect.", "fully respect", None),
]


@pytest.mark.parametrize("on_the_table", [True, False])
@pytest.mark.parametrize(("text", "quote", "state"), CARRIED)
def test_threads_follow_their_words_when_a_change_is_reworked(
    laid: Scene, text: str, quote: str | None, state: str | None, on_the_table: bool
):
    made = draft(laid)
    if on_the_table:
        put_on_the_table(laid, made)
    thread = said(laid, made)
    whole = said(laid, made, start=0, end=0)
    ask(laid, made, text)
    thread.refresh_from_db()
    whole.refresh_from_db()
    now = made.changes.get(state="open")
    assert thread.change == whole.change == now
    assert state is None or thread.state == state
    assert whole.state == AnchorState.EXACT
    if thread.state != AnchorState.ORPHANED:
        assert text[thread.start : thread.end] == thread.quote
    if quote:
        assert thread.quote == quote
    assert thread.original_quote == "fully respect"


def test_words_that_return_are_found_again(laid: Scene):
    made = draft(laid)
    put_on_the_table(laid, made)
    thread = said(laid, made)
    ask(laid, made, "The Parties shall honour one another.")
    ask(laid, made, ASKED)
    thread.refresh_from_db()
    assert (thread.state, thread.quote) == (AnchorState.EXACT, "fully respect")
    assert thread.start == FULLY


def test_what_is_left_of_a_change_adopted_in_part_keeps_its_discussion(laid: Scene):
    made = draft(
        laid, "The Parties shall fully respect the sovereignty and equality of each Party."
    )
    put_on_the_table(laid, made)
    thread = said(laid, made, laid.cast.reviewer)
    change = made.changes.get()
    made.refresh_from_db()
    adopt_changes(
        **act(laid, laid.cast.chair),
        base=laid.charter.head,
        takings=[Taking(change.uuid, made.version, heading=frozenset(), text=frozenset({3}))],
    )
    thread.refresh_from_db()
    rest = made.changes.get(state="open")
    assert thread.change == rest
    assert thread.quote == "fully respect"


def test_a_change_dropped_from_a_draft_leaves_its_discussion_with_the_amendment(laid: Scene):
    made = draft(laid)
    thread = said(laid, made)
    drop_change(**act(laid, laid.cast.drafter, made), change=made.changes.get().uuid)
    thread.refresh_from_db()
    assert (thread.change, thread.quote, thread.state) == (None, "", AnchorState.ORPHANED)
    assert thread.original_quote == "fully respect"
    with pytest.raises(NoSuch):
        place = {"thread": thread.uuid, "start": 0, "end": 3}
        reanchor_amendment_thread(**act(laid, laid.cast.drafter, made), **place)


def test_the_words_of_an_insertion_are_one_text(laid: Scene):
    made = draft(laid)
    change = propose_insertion(
        **act(laid, laid.cast.drafter, made),
        clauses=[
            Clause(
                Kind.ARTICLE,
                heading="Disputes",
                children=(Clause(Kind.PARAGRAPH, "Talks."), Clause(Kind.PARAGRAPH, "Then courts.")),
            )
        ],
        language="en",
        after=laid.article,
    )
    start = len("Disputes\nTalks.\n")
    thread = said(laid, made, change=change.uuid, start=start, end=start + len("Then courts"))
    assert thread.quote == "Then courts"


def test_a_strike_and_the_amendment_itself_are_discussed_as_a_whole(laid: Scene):
    made = draft(laid)
    strike = propose_strike(**act(laid, laid.cast.drafter, made), clause=laid.second)
    assert said(laid, made, change=strike.uuid, start=0, end=0).quote == ""
    assert said(laid, made, change=None, start=0, end=0).change is None
    with pytest.raises(Invalid):
        said(laid, made, change=strike.uuid, start=0, end=1)


def test_words_chosen_in_what_was_reworked_meanwhile_are_refused(laid: Scene):
    made = draft(laid)
    made.refresh_from_db()
    seen_at = made.version
    ask(laid, made, FIRST + " Always.")
    with pytest.raises(Stale):
        said(laid, made, version=seen_at)
    assert said(laid, made, version=seen_at, start=0, end=0)


def test_a_thread_on_a_change_that_was_dropped_at_the_table_is_refused(laid: Scene):
    made = draft(laid)
    put_on_the_table(laid, made)
    old = made.changes.get().uuid
    ask(laid, made, FIRST + " Always.")
    with pytest.raises(Stale):
        said(laid, made, change=old)


def test_nor_is_one_there_put_on_words_that_nobody_asks_for_any_more(laid: Scene):
    made = draft(laid)
    drafter = act(laid, laid.cast.drafter, made)
    propose_strike(**drafter, clause=laid.other)
    put_on_the_table(laid, made)
    thread = said(laid, made)
    drop_change(**drafter, change=thread.change.uuid)
    with pytest.raises(NoSuch):
        reanchor_amendment_thread(**drafter, thread=thread.uuid, start=4, end=11)


def test_threads_are_settled_reopened_and_put_on_other_words(laid: Scene):
    made = draft(laid)
    put_on_the_table(laid, made)
    thread = said(laid, made)
    here = act(laid, laid.cast.reviewer, made) | {"thread": thread.uuid}
    when = timezone.now()
    assert resolve_amendment_thread(**here, at=when).resolved_at == when
    assert resolve_amendment_thread(**here).resolved_at == when
    seat = enter(laid.cast.observer, laid.charter.slug)
    assert amendment_thread_counts(seat) == (0, 1)
    assert reopen_amendment_thread(**here).resolved_at is None
    moved = reanchor_amendment_thread(**here, start=4, end=11)
    assert (moved.quote, moved.original_quote, moved.state) == ("Parties", "Parties", "exact")
    whole = reanchor_amendment_thread(**here, start=4, end=4)
    assert (whole.start, whole.end, whole.quote) == (0, 0, "")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"text": "  "}, Missing),
        ({"text": "x" * 20_001}, TooLong),
        ({"start": 5, "end": 4}, Invalid),
        ({"start": 0, "end": 10_000}, Invalid),
    ],
)
def test_what_says_nothing_too_much_or_of_no_words_is_refused(laid: Scene, more, refusal):
    made = draft(laid)
    with pytest.raises(refusal):
        said(laid, made, **more)


def test_whoever_sits_in_the_delegation_later_does_not_read_what_was_said_of_drafts(laid: Scene):
    made = draft(laid)
    said(laid, made)
    put_on_the_table(laid, made)
    said(laid, made, laid.cast.reviewer, text="At the table.")
    assert len(seen(laid, laid.cast.drafter)) == 2
    Delegation.objects.filter(pk=made.delegation_id).update(circle=F("circle") + 1)
    assert seen(laid, laid.cast.drafter) == ["At the table."]
