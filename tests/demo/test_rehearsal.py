"""The demo's history, played over its content with no database."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from charter.demo import content
from charter.demo.rehearsal import Text, Unplayable, opening, played
from charter.demo.script import (
    Advance,
    Change,
    NameEdition,
    OpenThread,
    Reply,
    Resolve,
    Restore,
    Retag,
    Reword,
    Step,
    Strike,
    history,
)
from charter.text.numbering import citations
from charter.text.outline import Outline

HISTORY = history()
CHANGES = [step for step in HISTORY if isinstance(step, Change)]
START = opening(content.zero_draft())
SLUGS = {principle.slug for principle in content.vocabulary()}
ROLES = {person.key: person.role for person in content.cast()}


def states() -> list[tuple[Step, Text, Text]]:
    """Each step with the text before it and after it."""
    found, text = [], START
    for step in HISTORY:
        after = played(text, step) if isinstance(step, Change) else text
        found.append((step, text, after))
        text = after
    return found


STATES = states()
END = STATES[-1][2]


def test_the_history_has_the_length_of_a_negotiation() -> None:
    assert 30 <= len(CHANGES) <= 45
    assert len({step.at.date() for step in CHANGES}) >= 10
    assert len({step.by for step in CHANGES}) == 3
    assert {type(step) for step in CHANGES} == set(Change.__args__)


def test_time_runs_forward_and_ends_in_the_past() -> None:
    moments = [step.at for step in HISTORY]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    assert moments[0] > datetime(2025, 1, 1, tzinfo=UTC)
    assert moments[-1] < datetime(2026, 6, 1, tzinfo=UTC)


def test_people_do_only_what_their_role_allows() -> None:
    for step in HISTORY:
        role = ROLES[step.by]
        if isinstance(step, NameEdition | Advance):
            assert role == "chair"
        elif isinstance(step, Change):
            assert role in {"chair", "drafter"}
        else:
            assert role != "observer"


def test_every_change_changes_something_and_says_why() -> None:
    for step, before, after in STATES:
        if isinstance(step, Change):
            assert before != after
            assert len(step.message) >= 20


def test_messages_cite_the_number_that_the_clause_had_then() -> None:
    cited = 0
    for step, before, after in STATES:
        said = re.search(r"Article \d+(?: bis)?(?:\(\w+(?: bis)?\))*", getattr(step, "message", ""))
        if said is None:
            continue
        texts = (before.outline("en"), after.outline("en"))
        key = step.entry.key if hasattr(step, "entry") else step.clause
        named = {_citations(text).get(key, "") for text in texts}
        place = step.parent if hasattr(step, "parent") else key
        named |= {_citations(text).get(place, "") for text in texts}
        assert said[0] in named or "Align" in step.message, step.message
        cited += 1
    assert cited >= 15


def test_words_replaced_in_one_language_keep_the_marks_of_the_other() -> None:
    for entry in END.entries.values():
        if entry.text:
            english, russian = entry.text["en"], entry.text["ru"]
            assert [english.count(mark) for mark in "[]"] == [russian.count(m) for m in "[]"]
            assert content.referenced(english) == content.referenced(russian)
            assert set(content.referenced(english)) <= set(END.entries)


def test_clauses_inserted_later_have_both_languages_and_known_tags() -> None:
    for entry in END.entries.values():
        assert set(entry.text) in (set(), set(content.LANGUAGES))
        assert set(entry.tags) <= SLUGS
    assert all(set(step.tags) <= SLUGS for step in CHANGES if isinstance(step, Retag))


def test_the_threads_quote_words_that_stand_there_once() -> None:
    for step, text, _ in STATES:
        if isinstance(step, OpenThread):
            words = text.entries[step.clause].text[step.language]
            assert words.count(step.quote) == 1 if step.quote else words


def test_threads_are_opened_before_they_are_answered_and_some_stay_open() -> None:
    comments: dict[str, int] = {}
    resolved: set[str] = set()
    for step in HISTORY:
        match step:
            case OpenThread(thread=thread):
                assert thread not in comments
                comments[thread] = 1
            case Reply(thread=thread):
                assert thread not in resolved
                comments[thread] += 1
            case Resolve(thread=thread):
                assert comments[thread] >= 2
                resolved.add(thread)
    assert 10 <= len(comments) <= 18
    assert all(2 <= count <= 5 for count in comments.values())
    assert len(resolved) >= 5
    assert len(comments) - len(resolved) >= 5


def test_some_threads_are_in_russian_and_some_lost_their_words() -> None:
    opened = [step for step in HISTORY if isinstance(step, OpenThread)]
    assert {step.language for step in opened} == set(content.LANGUAGES)
    gone = [
        step
        for step in opened
        if step.clause in END.struck
        or step.quote not in END.entries[step.clause].text[step.language]
    ]
    assert 3 <= len(gone) < len(opened)


def test_each_change_lies_between_two_editions_or_after_the_last() -> None:
    names = [step.name for step in HISTORY if isinstance(step, NameEdition)]
    assert names == ["Zero draft", "Rev.1", "Rev.2", "Chair’s text"]
    symbols = [step.symbol for step in HISTORY if isinstance(step, NameEdition)]
    assert len(set(symbols)) == 4
    assert isinstance(HISTORY[0], NameEdition)


def test_a_clause_stays_struck_and_one_came_back() -> None:
    assert END.struck == {"ict.3"}
    assert any(isinstance(step, Strike) and step.clause not in END.struck for step in HISTORY)


def test_words_that_are_not_there_cannot_be_replaced() -> None:
    step = Reword(_now(), "chair", "csto.1", "A message", text={"en": ("no such words", "words")})
    with pytest.raises(Unplayable, match="no such words"):
        played(START, step)


def test_a_clause_is_struck_once_and_restored_only_when_struck() -> None:
    with pytest.raises(Unplayable, match="struck"):
        played(START, Restore(_now(), "chair", "csto.1", "Back"))
    struck = played(START, Strike(_now(), "chair", "csto.1", "Out"))
    with pytest.raises(Unplayable, match="struck"):
        played(struck, Strike(_now(), "chair", "csto.1", "Out again"))
    assert played(struck, Restore(_now(), "chair", "csto.1", "Back")) == START


def _now() -> datetime:
    return HISTORY[-1].at + timedelta(days=1)


def _citations(outline: Outline) -> dict[str, str]:
    walked = (clause.id for _, clause in outline.walk())
    return dict(zip(walked, citations(outline), strict=True))
