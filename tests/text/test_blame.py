"""Who wrote which words: each run goes to the revision that first brought it."""

import json
import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.blame import Book, Run, blame
from charter.text.book_json import packed, unpacked
from charter.text.stretches import DEPTH, Carried, Gone
from charter.text.tokens import tokens

SENTENCE = "Each Party shall bear its own costs."
OTHER = "Nothing here affects the high seas."

Told = list[tuple[str, int]]


def told(text: str, runs: tuple[Run, ...]) -> Told:
    """The words of the runs that have any, each with its revision."""
    return [
        (text[run.start : run.end].strip(), run.revision) for run in runs if run.end > run.start
    ]


def of(*texts: str, language: str = "en") -> tuple[Run, ...]:
    """The runs of the last of several states, revisions 1, 2, 3 …"""
    return blame(list(enumerate(texts, start=1)), language)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        pytest.param(["The Parties agree."], [("The Parties agree.", 1)], id="as it was written"),
        pytest.param(
            ["The Parties shall agree.", "The Parties may agree."],
            [("The Parties", 1), ("may", 2), ("agree.", 1)],
            id="a word put for another",
        ),
        pytest.param(
            ["The Parties agree.", "The Parties fully agree."],
            [("The Parties", 1), ("fully", 2), ("agree.", 1)],
            id="a word put in",
        ),
        pytest.param(
            ["The Parties fully agree.", "The Parties agree."],
            [("The Parties", 1), ("agree.", 1)],
            id="a word taken out",
        ),
        pytest.param(
            ["The Parties agree.", "The  Parties\nagree."],
            [("The  Parties\nagree.", 1)],
            id="white space is nobody's",
        ),
        pytest.param(
            ["Parties agree.", "Parties agree.", "Parties agree."],
            [("Parties agree.", 1)],
            id="nothing changed",
        ),
        pytest.param(["", "Late words."], [("Late words.", 2)], id="empty at first"),
        pytest.param(["Early words.", ""], [], id="empty at last"),
        pytest.param(
            ["The *Parties* agree.", "The **Parties** agree."],
            [("The **Parties** agree.", 1)],
            id="marks of emphasis are nobody's",
        ),
        pytest.param(
            ["All Parties agree.", "**All** Parties agree."],
            [("**All** Parties agree.", 1)],
            id="at the beginning too",
        ),
        pytest.param(
            ["各方应尊重主权。", "各方必须尊重主权。"],
            [("各方", 1), ("必须", 2), ("尊重主权。", 1)],
            id="a script without spaces",
        ),
        pytest.param(
            ["Стороны уважают суверенитет.", "Стороны уважают полный суверенитет."],
            [("Стороны уважают", 1), ("полный", 2), ("суверенитет.", 1)],
            id="Cyrillic",
        ),
    ],
)
def test_words_go_to_the_revision_that_brought_them(states: list[str], expected: Told):
    assert told(states[-1], of(*states)) == expected


def test_a_run_knows_what_stood_in_its_place():
    runs = of("The Parties shall agree.", "The Parties may agree.", "The Parties will agree.")
    assert [run.gone for run in runs] == [(), (Gone(3, "may"), Gone(2, "shall")), ()]


def test_what_stood_there_is_remembered_so_far_and_no_further():
    runs = of(*(f"The answer is {number} today." for number in range(20)))
    assert [gone.text for gone in runs[1].gone] == ["18", "17", "16", "15", "14"]
    assert len(runs[1].gone) == DEPTH


def test_an_empty_run_stands_where_words_were_taken_out():
    text = "The Parties agree."
    runs = of("The Parties fully agree.", text)
    assert runs[1] == Run(12, 12, 2, None, (Gone(2, "fully"),))
    assert [(run.start, run.end) for run in runs] == [(0, 12), (12, 12), (12, 18)]


def test_words_put_where_others_were_taken_out_stand_in_their_place():
    runs = of("The Parties fully agree.", "The Parties agree.", "The Parties now agree.")
    assert [(run.revision, run.gone) for run in runs] == [
        (1, ()),
        (3, (Gone(2, "fully"),)),
        (1, ()),
    ]


def test_a_text_written_anew_remembers_the_one_that_stood_there():
    assert of("Old words.", "", "Another text.")[0].gone == (Gone(2, "Old words."),)


def test_a_sentence_that_comes_back_is_its_first_author_s():
    whole = f"Peace first. {SENTENCE} {OTHER}"
    runs = of(whole, f"Peace first. {OTHER}", whole)
    assert told(whole, runs) == [("Peace first.", 1), (SENTENCE, 1), (OTHER, 1)]
    assert [run.carried for run in runs] == [None, Carried(3, None, 2), None]
    assert runs[1].carried.back


def test_words_of_a_returning_sentence_each_keep_their_author():
    edited = SENTENCE.replace("own", "full")
    runs = of(SENTENCE, edited, "", edited)
    assert told(edited, runs) == [("Each Party shall bear its", 1), ("full", 2), ("costs.", 1)]


@pytest.mark.parametrize("words", ["shall bear", "shall bear its"])
def test_a_few_words_that_come_back_are_written_anew(words: str):
    runs = of(SENTENCE, SENTENCE.replace(f"{words} ", ""), SENTENCE)
    assert (words, 3) in told(SENTENCE, runs)


PEACE = "Each Party shall live in peace."
WAR = "Each Party should live in war."


def restored(*states: tuple[str, int | None]) -> Book:
    """One wording by its states, each with the revision whose state it says it restores, or None.

    Revisions 1, 2, 3 …
    """
    book = Book("en")
    for revision, (text, restores) in enumerate(states, start=1):
        book.turn(revision, {"a": text}, restores=restores)
    return book


def test_a_revision_that_restores_brings_single_words_back_to_their_author():
    book = restored((PEACE, None), (WAR, None), (PEACE, 1))
    assert told_of(book, "a") == [
        ("Each Party", 1),
        ("shall", 1),
        ("live in", 1),
        ("peace", 1),
        (".", 1),
    ]
    assert [run.carried for run in book.runs("a")] == [
        None,
        Carried(3, "a", 2),
        None,
        Carried(3, "a", 2),
        None,
    ]


def test_so_does_one_that_restores_what_was_changed_several_times_since():
    end = "Each Party may live in calm."
    book = restored((PEACE, None), (WAR, None), (end, None), ("Each Party.", None), (PEACE, 1))
    assert {revision for _words, revision in told_of(book, "a")} == {1}
    again = restored((PEACE, None), (WAR, None), (PEACE, 1), (end, None), (WAR, 2))
    told = dict(told_of(again, "a"))
    assert (told["should"], told["war"]) == (2, 2)


def test_words_of_one_place_that_two_wrote_come_back_to_both():
    two_hands = PEACE.replace("shall", "shall always")
    book = restored((PEACE, None), (two_hands, None), ("Each Party lives in peace.", None))
    book.turn(4, {"a": two_hands}, restores=2)
    told = told_of(book, "a")
    assert ("shall", 1) in told
    assert ("always", 2) in told


def test_what_left_before_the_restored_state_is_not_brought_back_by_it():
    book = restored((PEACE, None), (WAR, None), ("Each Party lives.", None), (PEACE, 2))
    assert ("shall", 4) in told_of(book, "a")


def test_what_a_restoring_revision_writes_besides_is_its_own():
    book = restored((PEACE, None), (WAR, None), (PEACE + " Always.", 1))
    assert [words for words, revision in told_of(book, "a") if revision == 3] == [". Always"]


def test_a_sentence_of_which_some_words_stayed_is_pasted_whole():
    book = two(
        {"a": "The river is open to all ships of the Parties.", "b": "Peace."},
        {"a": "The river is shut."},
        {"b": "Peace. The river is open to all ships of the Parties."},
    )
    assert told_of(book, "b") == [
        ("Peace.", 1),
        ("The river is open to all ships of the Parties.", 1),
    ]


def test_of_a_sentence_that_is_pasted_in_part_what_stayed_elsewhere_is_the_paster_s():
    book = two(
        {"a": "The river is open to all ships of the Parties and of others.", "b": "Peace."},
        {"a": "The river is shut."},
        {"b": "Yet the river is open to all ships of the Parties and of others today."},
    )
    assert ("open to all ships of the Parties and of others", 1) in told_of(book, "b")


def two(*turns: dict[str, str], left: dict[int, list[str]] | None = None) -> Book:
    """A book of several wordings played by these turns, revisions 1, 2, 3 …"""
    book = Book("en")
    for revision, words in enumerate(turns, start=1):
        book.turn(revision, words, (left or {}).get(revision, ()))
    return book


def told_of(book: Book, key: str) -> Told:
    return told(book.texts[key], book.runs(key))


def test_a_sentence_carried_over_to_another_clause_keeps_its_author():
    book = two({"a": f"{SENTENCE} {OTHER}", "b": "Peace."}, {"a": OTHER, "b": f"Peace. {SENTENCE}"})
    assert told_of(book, "b") == [("Peace.", 1), (SENTENCE, 1)]
    carried = book.runs("b")[1].carried
    assert carried == Carried(2, "a", 2)
    assert not carried.back


def test_a_clause_split_in_two_leaves_its_words_to_their_authors():
    book = two({"a": f"{SENTENCE} {OTHER}"}, {"a": SENTENCE, "b": OTHER})
    assert told_of(book, "a") == [(SENTENCE, 1)]
    assert told_of(book, "b") == [(OTHER, 1)]


def test_so_does_a_clause_joined_to_another_and_struck():
    book = two({"a": SENTENCE}, {"b": OTHER}, {"a": f"{SENTENCE} {OTHER}"}, left={3: ["b"]})
    assert told_of(book, "a") == [(SENTENCE, 1), (OTHER, 2)]
    assert book.runs("a")[1].carried == Carried(3, "b", 3)


def test_a_sentence_pasted_back_into_another_clause_is_its_first_author_s():
    book = two({"a": f"{SENTENCE} {OTHER}"}, {"a": OTHER}, {}, {"b": f"Also: {SENTENCE}"})
    assert told_of(book, "b") == [("Also:", 4), (SENTENCE, 1)]
    assert book.runs("b")[1].carried == Carried(4, "a", 2)


def test_a_full_stop_that_the_next_sentence_kept_comes_along():
    book = two({"a": SENTENCE}, {"a": "Peace."}, {"b": SENTENCE})
    assert told_of(book, "b") == [(SENTENCE, 1)]


def test_a_struck_clause_that_is_restored_keeps_its_authors():
    book = two({"a": SENTENCE}, {"b": OTHER}, {}, {}, left={3: ["a"]})
    assert told_of(book, "a") == [(SENTENCE, 1)]
    assert book.runs("a")[0].carried is None


def test_words_copied_from_a_clause_that_keeps_them_are_the_copier_s():
    book = two({"a": f"{SENTENCE} {OTHER}"}, {"b": SENTENCE})
    assert told_of(book, "b") == [(SENTENCE, 2)]


def test_a_common_phrase_elsewhere_is_not_taken_for_a_return():
    phrase = "of the organs of the United Nations"
    book = two(
        {"a": f"The Charter {phrase} applies.", "b": "The meetings agree."},
        {"a": "It applies."},
        {"b": f"The meetings {phrase} agree."},
    )
    assert (phrase, 3) in told_of(book, "b")


def test_a_long_run_elsewhere_is_one_even_inside_a_sentence():
    words = "of each and every one of the organs of the Union"
    book = two(
        {"a": f"The rules {words} apply.", "b": "The meetings are open."},
        {"a": "They apply."},
        {"b": f"The meetings {words} are open."},
    )
    assert (words, 1) in told_of(book, "b")


def test_the_first_of_two_authors_of_the_same_words_is_credited():
    book = two({"a": SENTENCE}, {"b": SENTENCE}, {"b": ""}, {"a": ""}, {"c": SENTENCE})
    assert told_of(book, "c") == [(SENTENCE, 1)]


def test_a_fork_goes_its_own_way_and_plays_the_same_history_alike():
    states = [f"{SENTENCE} {OTHER}", OTHER, f"{OTHER} More.", f"{OTHER} {SENTENCE}"]
    whole = Book("en")
    forks = []
    for revision, text in enumerate(states, start=1):
        whole.turn(revision, {"a": text})
        forks.append(whole.fork())
    for done, fork in enumerate(forks, start=1):
        for revision in range(done + 1, len(states) + 1):
            fork.turn(revision, {"a": states[revision - 1]})
        assert fork.runs("a") == whole.runs("a")


def test_what_leaves_later_is_not_known_earlier():
    late = Book("en")
    late.turn(1, {"a": SENTENCE})
    early = late.fork()
    late.turn(2, {"b": ""})
    late.turn(3, {"a": ""})
    early.turn(2, {"b": SENTENCE})
    assert told_of(early, "b") == [(SENTENCE, 2)]


WORDS = st.sampled_from(["peace", "shall", "not", "Party", "each", "the", "*of*", "may", ".", ","])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
STATES = st.lists(TEXTS, min_size=1, max_size=8)
BOOKS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abc"), TEXTS, max_size=3),
        st.lists(st.sampled_from("abc"), max_size=1),
        st.none() | st.integers(1, 8),
    ),
    min_size=1,
    max_size=8,
)


Turn = tuple[dict[str, str], list[str], int | None]


def played(turns: list[Turn]) -> Book:
    book = Book("en")
    for revision, (words, left, restores) in enumerate(turns, start=1):
        book.turn(revision, words, left, restores)
    return book


@given(STATES)
def test_runs_tile_the_text_and_cut_no_word(states: list[str]):
    text = states[-1]
    edges = {0}
    for token in tokens(text, "en"):
        edges.add(max(edges) + len(token))
    at = 0
    for run in of(*states):
        assert run.start == at
        assert run.end in edges
        at = run.end
    assert at == len(text)


@given(BOOKS)
def test_every_word_stood_in_the_text_of_the_revision_it_is_credited_to(turns):
    book = played(turns)
    brought = {number: " ".join(words.values()) for number, (words, *_) in enumerate(turns, 1)}
    for key, text in book.texts.items():
        for run in book.runs(key):
            there = tokens(brought[run.revision], "en")
            for word in tokens(text[run.start : run.end], "en"):
                assert word in there or not word[0].isalnum()


@given(BOOKS)
def test_the_same_history_gives_the_same_credits(turns):
    one, other = played(turns), played(turns)
    assert {key: one.runs(key) for key in one.texts} == {
        key: other.runs(key) for key in other.texts
    }


@given(BOOKS, BOOKS)
def test_a_book_kept_as_json_goes_on_as_it_would_have(turns, more):
    def turned(book: Book, played: list, first: int) -> Book:
        for revision, (words, left, restores) in enumerate(played, start=first):
            keyed = {(key, "text"): text for key, text in words.items()}
            book.turn(revision, keyed, [(key, "text") for key in left], restores)
        return book

    whole = turned(Book("en"), turns, 1)
    read = unpacked(json.loads(json.dumps(packed(whole))), whole.texts)
    assert read is not None
    for book in (whole, read):
        turned(book, more, len(turns) + 1)
    assert all(read.runs(key) == whole.runs(key) for key in whole.texts)


def test_a_book_of_other_words_or_rules_is_not_read():
    book = Book("en")
    book.turn(1, {("a", "text"): SENTENCE})
    assert unpacked(packed(book), {("a", "text"): OTHER}) is None
    assert unpacked({**packed(book), "rules": 0}, book.texts) is None


@given(BOOKS)
def test_a_wording_that_did_not_change_is_credited_as_before(turns):
    book = Book("en")
    for revision, (words, left, restores) in enumerate(turns, start=1):
        before = {
            key: book.runs(key) for key in book.texts if words.get(key) in (None, book.texts[key])
        }
        book.turn(revision, words, left, restores)
        assert all(book.runs(key) == runs for key, runs in before.items())


@given(BOOKS)
def test_nothing_is_credited_to_the_future_and_what_is_gone_is_remembered_in_order(turns):
    book = played(turns)
    for key in book.texts:
        for run in book.runs(key):
            assert 1 <= run.revision <= len(turns)
            passed = [gone.revision for gone in run.gone]
            assert passed == sorted(passed, reverse=True)
            assert all(gone.text.strip() for gone in run.gone)
            if run.carried:
                assert run.revision <= run.carried.left <= run.carried.revision


def test_a_long_wording_is_cut_into_words_once_and_not_for_each_change():
    chance = Random(2)
    one, other = (" ".join(chance.choices("ab", k=40_000)) for _ in range(2))
    started = time.process_time()
    blame([(1, one), (2, other)], "en")
    assert time.process_time() - started < 4
