"""Merging: different words combine, the same words conflict, nothing is lost."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.merge import Chunk, Conflict, merge, merge_many
from charter.text.tokens import tokens

BASE = "The Council shall meet every year. Its decisions are binding on all members."


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BASE, BASE, BASE),
        (BASE.replace("Council", "Assembly"), BASE, BASE.replace("Council", "Assembly")),
        (
            BASE.replace("Council", "Assembly"),
            BASE.replace("year", "month"),
            "The Assembly shall meet every month. Its decisions are binding on all members.",
        ),
        (
            BASE.replace("Council", "Assembly"),
            BASE.replace("shall", "may"),
            "The Assembly may meet every year. Its decisions are binding on all members.",
        ),
        (
            BASE.replace("every", "once every"),
            BASE.replace("on all", "on"),
            "The Council shall meet once every year. Its decisions are binding on members.",
        ),
        (
            BASE.replace("year.", "year. It may adjourn."),
            BASE.replace("Its decisions", "The decisions"),
            "The Council shall meet every year. It may adjourn. "
            "The decisions are binding on all members.",
        ),
        (
            BASE.replace("year", "month"),
            BASE.replace("year", "month").replace("binding", "final"),
            "The Council shall meet every month. Its decisions are final on all members.",
        ),
        (
            BASE.replace(" Its decisions are binding on all members.", ""),
            BASE.replace("Council", "Assembly"),
            "The Assembly shall meet every year.",
        ),
    ],
    ids=[
        "nothing changed",
        "one side changed",
        "different words",
        "neighbouring words",
        "an insertion and a deletion",
        "a new sentence and the first word of the next",
        "the same change and another",
        "a sentence struck and another edited",
    ],
)
def test_changes_of_different_words_merge_without_a_question(ours, theirs, expected):
    assert merge(BASE, ours, theirs).text == expected
    assert merge(BASE, theirs, ours).text == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "conflict"),
    [
        (
            BASE.replace("every year", "every month"),
            BASE.replace("every year", "every decade"),
            ("year", "month", "decade"),
        ),
        (
            BASE.replace(" shall meet every year", ""),
            BASE.replace("meet", "convene"),
            (" shall meet every year", "", " shall convene every year"),
        ),
        (
            BASE.replace("shall meet", "shall freely meet"),
            BASE.replace("shall meet", "shall publicly meet"),
            ("", "freely ", "publicly "),
        ),
        (
            BASE.replace("shall", "shall not"),
            BASE.replace("shall meet", "shall convene"),
            ("meet", "not meet", "convene"),
        ),
    ],
    ids=["two wordings", "struck and reworded", "two insertions", "a negation at reworded words"],
)
def test_changes_of_the_same_words_are_a_conflict_with_both_sides(ours, theirs, conflict):
    merged = merge(BASE, ours, theirs)
    assert merged.text is None
    [found] = merged.conflicts
    assert (found.base, found.ours, found.theirs) == conflict
    assert BASE[found.start : found.end] == found.base


def test_a_rewrapped_text_merges_with_changed_words():
    wrapped = BASE.replace(" every", "\nevery").replace(" on", "\non")
    assert merge(BASE, wrapped, BASE.replace("binding", "final")).text == (
        "The Council shall meet\nevery year. Its decisions are final\non all members."
    )


def test_one_list_item_struck_and_one_added_beside_it_merge():
    base = "Item 1\nItem 2\nItem 3\nItem 5"
    ours, theirs = base.replace("Item 3\n", ""), base.replace("Item 5", "Item 4\nItem 5")
    assert merge(base, ours, theirs).text == "Item 1\nItem 2\nItem 4\nItem 5"


def test_a_list_item_struck_and_edited_is_a_conflict():
    base = "Item 1\nItem 2\nItem 3\n"
    merged = merge(base, base.replace("Item 2\n", ""), base.replace("Item 2", "Item new 2"))
    [conflict] = merged.conflicts
    assert conflict.ours == ""
    assert conflict.theirs == "Item new 2\n"


def test_the_chunks_show_agreed_words_and_conflicts_in_reading_order():
    merged = merge(
        BASE,
        BASE.replace("Council", "Assembly").replace("binding", "final"),
        BASE.replace("year", "month").replace("binding", "advisory"),
    )
    assert merged.chunks == (
        Chunk("The ", "base"),
        Chunk("Assembly", "ours"),
        Chunk(" shall meet every ", "base"),
        Chunk("month", "theirs"),
        Chunk(". Its decisions are ", "base"),
        Conflict("binding", "final", "advisory", 53, 60),
        Chunk(" on all members.", "base"),
    )


def test_choices_put_words_in_the_place_of_conflicts():
    merged = merge(BASE, BASE.replace("year", "month"), BASE.replace("year", "decade"))
    assert merged.with_choices(["other year"]) == BASE.replace("year", "other year")
    with pytest.raises(ValueError, match="1 conflicts but 2 choices"):
        merged.with_choices(["a", "b"])


def test_a_long_text_merges_paragraph_by_paragraph():
    paragraphs = [f"Paragraph {n} says that number {n} is the best of all." for n in range(300)]
    ours, theirs = list(paragraphs), list(paragraphs)
    ours[7], theirs[7] = ours[7].replace("best", "worst"), theirs[7].replace("says", "holds")
    ours[90], theirs[91] = "Ours is new.", "Theirs is new."
    ours[200], theirs[200] = ours[200] + " Ours.", theirs[200] + " Theirs."
    base = "\n\n".join(paragraphs)
    merged = merge(base, "\n\n".join(ours), "\n\n".join(theirs))
    [conflict] = merged.conflicts
    assert base[conflict.start - 5 : conflict.start].endswith("all.")
    assert {conflict.ours.strip(), conflict.theirs.strip()} == {"Ours.", "Theirs."}
    text = merged.with_choices([""])
    assert "Paragraph 7 holds that number 7 is the worst of all." in text
    assert "Ours is new.\n\nTheirs is new." in text


TEXTS = st.lists(st.sampled_from([*"abcde.,\n", "各国", "应当"]), max_size=14).map(" ".join)


@st.composite
def edits(draw, base):
    words = base.split(" ")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(words)))
        match draw(st.sampled_from(["insert", "delete", "change"])):
            case "insert":
                words.insert(at, draw(st.sampled_from("xyz")))
            case "delete":
                del words[at : at + 1]
            case "change":
                words[at : at + 1] = [draw(st.sampled_from("uvw"))]
    return " ".join(words)


@st.composite
def triples(draw):
    base = draw(TEXTS)
    return base, draw(edits(base)), draw(edits(base))


@given(triples())
def test_swapping_the_sides_swaps_the_conflicts_and_nothing_else(texts):
    base, ours, theirs = texts
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.text == other.text
    assert [(c.base, c.ours, c.theirs) for c in one.conflicts] == [
        (c.base, c.theirs, c.ours) for c in other.conflicts
    ]


@given(triples())
def test_a_side_that_changed_nothing_or_the_same_leaves_the_other_as_it_is(texts):
    base, ours, _ = texts
    assert merge(base, ours, base).text == ours
    assert merge(base, base, ours).text == ours
    assert merge(base, ours, ours).text == ours


@given(triples())
def test_no_inserted_word_is_lost(texts):
    base, ours, theirs = texts
    merged = merge(base, ours, theirs)
    everything = "".join(
        chunk.text if isinstance(chunk, Chunk) else f" {chunk.ours} {chunk.theirs} "
        for chunk in merged.chunks
    )
    for word in "uvwxyz":
        assert everything.count(word) >= max(ours.count(word), theirs.count(word))


@given(triples())
def test_a_conflict_quotes_the_base_where_it_says(texts):
    base, ours, theirs = texts
    conflicts = merge(base, ours, theirs).conflicts
    assert all(base[each.start : each.end] == each.base for each in conflicts)
    assert all(one.end <= other.start for one, other in pairwise(conflicts))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 39), unique=True, max_size=12))
def test_words_dealt_out_to_two_hands_always_merge(seed, places):
    pick = random.Random(seed)
    base = [f"word{n}" for n in range(40)]
    both, ours, theirs = list(base), list(base), list(base)
    for place in places:
        hand = pick.choice([ours, theirs])
        hand[place] = both[place] = f"changed{place}"
    assert merge(" ".join(base), " ".join(ours), " ".join(theirs)).text == " ".join(both)


def test_many_versions_are_laid_over_one_base():
    versions = [
        BASE.replace("Council", "Assembly"),
        BASE.replace("every year", "twice every year"),
        BASE.replace("Council", "Board").replace("binding", "final"),
        BASE.replace("Council", "Assembly").replace("on all", "on"),
    ]
    merged = merge_many(BASE, versions)
    assert merged.text == (
        "The Assembly shall meet twice every year. Its decisions are final on members."
    )
    assert [(run.text, run.versions) for run in merged.runs if run.op == "insert"] == [
        ("Assembly", (0, 3)),
        ("twice", (1,)),
        ("final", (2,)),
    ]
    [collision] = merged.unplaced
    assert (collision.version, collision.before, collision.after) == (2, "Council", "Board")
    assert BASE[collision.start : collision.end] == "Council"
    assert merged.collisions == {2: (collision,)}


def test_a_version_that_strikes_everything_yields_to_the_one_before_it():
    merged = merge_many(BASE, [BASE.replace("meet", "freely meet"), ""])
    assert merged.text == BASE.replace("meet", "freely meet")
    assert [(edit.version, edit.after) for edit in merged.unplaced] == [(1, "")]


@given(triples())
def test_one_version_alone_is_placed_whole(texts):
    base, ours, _ = texts
    merged = merge_many(base, [ours])
    assert merged.text == ours
    assert not merged.unplaced


@given(triples())
def test_every_word_of_every_version_is_placed_or_reported(texts):
    base, ours, theirs = texts
    merged = merge_many(base, [ours, theirs])
    everything = merged.text + " ".join(edit.after for edit in merged.unplaced)
    for word in "uvwxyz":
        assert everything.count(word) >= max(ours.count(word), theirs.count(word))


@given(triples())
def test_the_base_words_can_be_read_off_the_runs(texts):
    base, ours, theirs = texts
    merged = merge_many(base, [ours, theirs])
    kept = "".join(run.text for run in merged.runs if run.op != "insert")
    assert [w for w in tokens(kept) if not w.isspace()] == [
        w for w in tokens(base) if not w.isspace()
    ]
