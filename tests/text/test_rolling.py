"""Rolling text: what rivals agree on, what they dispute, and that nobody's words are lost."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from charter.text.alternatives import as_alternatives
from charter.text.diff import diff
from charter.text.rolling import Agreed, Alternative, Bracket, Rival, Rolling, Runs, roll


def shown(rolling: Rolling) -> str:
    """The rolling text as the table would write it: `[shall | may: A | should: B, C]`."""
    return _shown(rolling.runs, rolling.rivals)


def _shown(runs: Runs, rivals) -> str:
    return "".join(
        run.text
        if isinstance(run, Agreed)
        else "[" + " | ".join(_side(one, rivals) for one in run.alternatives) + "]"
        for run in runs
    )


def _side(one: Alternative, rivals) -> str:
    words = _shown(one.runs, rivals)
    behind = ", ".join(rivals[number].label for number in one.rivals)
    return words if one.retained else f"{words}: {behind}"


def rolled(base: str, **texts: str) -> Rolling:
    return roll(base, [Rival(text, label) for label, text in texts.items()], "en")


BASE = "The Parties shall cooperate in good faith and shall inform each other of new threats."


def test_without_rivals_all_is_agreed():
    assert shown(rolled(BASE)) == BASE
    assert rolled(BASE, A=BASE).runs == (Agreed(BASE),)


def test_an_empty_wording_has_no_runs():
    assert rolled("").runs == ()


def test_rivals_with_the_same_words_share_one_alternative():
    one = BASE.replace("shall cooperate", "may cooperate")
    assert shown(rolled(BASE, A=one, B=BASE.replace("shall coop", "should coop"), C=one)) == (
        "The Parties [shall | may: A, C | should: B] cooperate in good faith "
        "and shall inform each other of new threats."
    )


def test_disputes_about_different_words_are_brackets_of_their_own():
    text = rolled(
        BASE,
        A=BASE.replace("shall cooperate", "may cooperate"),
        B=BASE.replace("new threats", "new challenges"),
    )
    assert shown(text) == (
        "The Parties [shall | may: A] cooperate in good faith and shall inform each other "
        "of new [threats | challenges: B]."
    )
    assert text.brackets == 2 and text.depth == 1


def test_words_left_out_and_words_put_in():
    text = rolled("shall cooperate fully", A="shall cooperate", B="shall cooperate very fully")
    assert shown(text) == "shall cooperate[ [ | very : B]fully | : A]"


def test_a_change_within_the_reach_of_a_wider_one_is_nested():
    wide = "The Parties shall do nothing of the kind and shall inform each other of new threats."
    narrow = BASE.replace("good faith", "full trust")
    text = rolled(BASE, A=wide, B=narrow)
    assert shown(text) == (
        "The Parties shall [cooperate in [good faith | full trust: B] | do nothing of the kind: A] "
        "and shall inform each other of new threats."
    )
    assert text.depth == 2


def test_alternatives_much_alike_are_one_with_their_difference_bracketed():
    first = "The Parties shall endeavour to consult each other without delay."
    second = "The Parties shall strive to consult each other without delay."
    assert shown(rolled("The Parties may meet.", A=first, B=second)) == (
        "The Parties [may meet | shall [endeavour: A | strive: B] to consult each other "
        "without delay: A, B]."
    )


def test_insertions_at_one_place_are_alternatives():
    text = rolled("States cooperate.", A="States fully cooperate.", B="States gladly cooperate.")
    (bracket,) = [run for run in text.runs if isinstance(run, Bracket)]
    retained, *others = bracket.alternatives
    assert retained.runs == () and retained.retained
    assert [one.rivals for one in others] == [(0,), (1,)]


def test_every_rival_stands_behind_one_alternative_of_a_bracket():
    text = rolled(BASE, A=BASE.replace("shall", "may"), B=BASE, C=BASE.replace("new ", ""))
    for run in text.runs:
        if isinstance(run, Bracket):
            behind = [number for one in run.alternatives for number in one.rivals]
            assert sorted(behind) == [0, 1, 2]


def test_chinese_is_bracketed_by_word():
    base, other = "缔约方应当进行合作。", "缔约方可以进行合作。"
    assert shown(roll(base, [Rival(other, "A")], "zh")) == "缔约方[应当 | 可以: A]进行合作。"


@pytest.mark.parametrize(
    ("base", "text", "shape"),
    [
        ("may [or shall] agree", "may or shall agree", "may [[or shall] | or shall: A] agree"),
        ("may or shall agree", "may [or shall] agree", "may [or shall | [or shall]: A] agree"),
        ("[the] [a] centre", "the [a] centre", "[[the] | the: A] [a] centre"),
        ("policy [, or not].", "policy, or not.", "policy[ [, or not] | , or not: A]."),
    ],
)
def test_brackets_written_by_hand_are_never_cut(base, text, shape):
    assert shown(rolled(base, A=text)) == shape


BRACKETED = st.lists(st.sampled_from(["[", "]", "may", "shall", "not", " "]), max_size=14).map(
    "".join
)


@given(BRACKETED, st.lists(BRACKETED, max_size=3))
def test_with_brackets_in_the_words_too_nothing_is_lost(base, texts):
    rolling = roll(base, rivals_of(texts), "en")
    assert [rolling.take(), *(rolling.take(n) for n in range(len(texts)))] == [base, *texts]


WORDS = st.sampled_from(
    ["shall", "may", "not", "cooperate", "States", "Parties", "the", "of", "new", ",", ".", "and"]
)
WORDING = st.lists(WORDS, max_size=14).map(" ".join)


@st.composite
def disputes(draw) -> tuple[str, list[str]]:
    """A wording and rivals that keep much of it, or little."""
    base = draw(st.lists(WORDS, max_size=14))
    texts = []
    for _ in range(draw(st.integers(0, 5))):
        words = list(base)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(words)))
            end = draw(st.integers(at, min(at + 4, len(words))))
            words[at:end] = draw(st.lists(WORDS, max_size=3))
        texts.append(" ".join(words))
    return " ".join(base), texts


def rivals_of(texts: list[str]) -> list[Rival]:
    return [Rival(text, f"A-{number}") for number, text in enumerate(texts)]


@given(disputes())
def test_taking_the_base_everywhere_gives_the_base(dispute):
    base, texts = dispute
    assert roll(base, rivals_of(texts), "en").take() == base


@given(disputes())
def test_taking_a_rival_everywhere_gives_its_wording(dispute):
    base, texts = dispute
    rolling = roll(base, rivals_of(texts), "en")
    assert [rolling.take(number) for number in range(len(texts))] == texts


@given(WORDING, st.lists(WORDING, max_size=4))
def test_the_same_holds_for_wordings_that_share_nothing(base, texts):
    rolling = roll(base, rivals_of(texts), "en")
    assert [rolling.take(), *(rolling.take(n) for n in range(len(texts)))] == [base, *texts]


@given(disputes() | st.tuples(WORDING, st.lists(WORDING, max_size=4)))
def test_the_same_holds_where_whole_alternatives_are_written(dispute):
    base, texts = dispute
    rolling = as_alternatives(roll(base, rivals_of(texts), "en"), "en")
    assert [rolling.take(), *(rolling.take(n) for n in range(len(texts)))] == [base, *texts]


@given(WORDING, st.lists(WORDING, min_size=1, max_size=4))
def test_an_alternative_of_a_whole_wording_taken_alone_is_what_its_rival_says(base, texts):
    rolling = as_alternatives(roll(base, rivals_of(texts), "en"), "en")
    sides = rolling.alternatives
    assume(rolling.whole)
    assert rolling.brackets == 1 < len(sides)
    for number, text in enumerate(texts):
        (one,) = [one for one in sides if number in one.rivals] or [None]
        if one is None:  # only whoever leaves out what is not there says nothing
            assert text == base == ""
        else:
            assert Rolling(one.runs, rolling.rivals).take(number) == text
    retained = [one for one in sides if one.retained]
    assert [Rolling(one.runs, rolling.rivals).take() for one in retained] == [base] * bool(base)


@given(WORDING, st.lists(WORDING, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_rivals_changes_only_that_of_whole_alternatives(base, texts, chance):
    order = list(range(len(texts)))
    chance.shuffle(order)
    first = as_alternatives(roll(base, rivals_of(texts), "en"), "en")
    second = as_alternatives(roll(base, rivals_of([texts[at] for at in order]), "en"), "en")
    assume(first.whole)
    (here,), (there,) = first.runs, renumbered(second.runs, order)
    assert set(there.alternatives) == set(here.alternatives)


@given(disputes())
def test_there_is_one_bracket_for_each_run_of_words_that_somebody_disputes(dispute):
    base, texts = dispute
    disputed: set[int] = set()  # even: a place between characters; odd: a character
    for text in texts:
        at = 0
        for span in diff(base, text, "en"):
            end = at if span.op == "insert" else at + len(span.text)
            if span.op != "equal":
                disputed.update(range(2 * at, 2 * end + 1))
            at = end
    least = sum(place - 1 not in disputed for place in disputed)
    assert roll(base, rivals_of(texts), "en").brackets == least


@given(disputes(), st.randoms(use_true_random=False))
def test_the_order_of_rivals_changes_nothing_but_their_numbers(dispute, chance):
    base, texts = dispute
    order = list(range(len(texts)))
    chance.shuffle(order)
    first = roll(base, rivals_of(texts), "en").runs
    second = roll(base, rivals_of([texts[number] for number in order]), "en").runs
    assert renumbered(second, order) == first


def renumbered(runs: Runs, order: list[int]) -> Runs:
    return tuple(
        run
        if isinstance(run, Agreed)
        else Bracket(
            tuple(
                Alternative(
                    renumbered(one.runs, order),
                    tuple(sorted(order[number] for number in one.rivals)),
                    one.retained,
                )
                for one in run.alternatives
            )
        )
        for run in runs
    )


@given(disputes())
def test_a_bracket_always_has_two_alternatives_or_more(dispute):
    base, texts = dispute

    def check(runs: Runs) -> None:
        for run in runs:
            if isinstance(run, Bracket):
                assert len(run.alternatives) > 1
                assert sum(one.retained for one in run.alternatives) <= 1
                for one in run.alternatives:
                    check(one.runs)
            else:
                assert run.text

    check(roll(base, rivals_of(texts), "en").runs)


def test_many_changes_of_a_text_full_of_brackets_take_a_moment():
    words = [f"word{number % 97}" for number in range(3_000)]
    texts = [
        " ".join(f"[{word}]" if (at + shift) % 3 == 0 else word for at, word in enumerate(words))
        for shift in range(3)
    ]
    started = time.process_time()
    rolled = roll(" ".join(words), rivals_of(texts), "en")
    assert time.process_time() - started < 10  # minutes, if each change looked at all others
    assert [rolled.take(number) for number in range(3)] == texts
