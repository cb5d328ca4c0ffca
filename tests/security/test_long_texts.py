"""No text of a legal length, however odd, keeps a worker busy."""

from contextlib import suppress
from time import process_time

import pytest

from charter.actions import gate
from charter.actions.refusals import HiddenWords
from charter.formats.html import Notes, wording_html
from charter.text.anchors import carry, make
from charter.text.brackets import loose
from charter.text.diff import diff
from charter.text.merge import merge
from charter.text.tokens import tokens

LENGTH = gate.TEXT
SECONDS = 5  # near-linear work takes well under one; the square of the length, minutes


def repeated(piece: str) -> str:
    return (piece * (LENGTH // len(piece) + 1))[:LENGTH]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" + " " * (LENGTH - 2) + "a", id="spaces"),
        pytest.param("a" + "\t" * (LENGTH - 2) + "a", id="tabs"),
        pytest.param(repeated("\u200e")[:-1] + "א", id="direction marks"),
        pytest.param(repeated("\n"), id="line ends"),
        pytest.param(repeated("e\u0301"), id="combining marks"),
        pytest.param(repeated("\U0001f469\u200d"), id="joined pictures"),
    ],
)
def test_the_gate_takes_time_in_proportion(text):
    started = process_time()
    with suppress(HiddenWords):
        gate.line(text, gate.TEXT)
    assert process_time() - started < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(repeated("\t"), id="tabs"),
        pytest.param(repeated("\u00a0"), id="no-break spaces"),
        pytest.param("a" + " " * (LENGTH - 2) + "\nb", id="blanks before a line end"),
        pytest.param("\n" + " " * (LENGTH - 2) + "\u0301", id="blanks with a mark behind them"),
        pytest.param(repeated("a\u00b9"), id="superscripts"),
        pytest.param(repeated("a."), id="an abbreviation without end"),
    ],
)
def test_words_are_found_in_time_in_proportion(text):
    started = process_time()
    found = tokens(text)
    assert process_time() - started < SECONDS
    assert "".join(found) == text


@pytest.mark.parametrize("piece", ["*a", "*_", "[a](", "^[a] ", "["])
def test_marks_without_end_are_printed_and_compared_in_time_in_proportion(piece):
    text = repeated(piece)[: LENGTH // 2]
    other = f"{text[: LENGTH // 4]} word {text[LENGTH // 4 :]}"
    started = process_time()
    loose(text, text)
    wording_html(diff(text, other, "en"), {}, Notes())
    assert process_time() - started < SECONDS


def test_no_message_hides_under_a_flag():
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "every state may withdraw")
    with pytest.raises(HiddenWords) as refused:
        gate.line(f"a\U0001f3f4{hidden}\U000e007f", gate.TEXT)
    assert refused.value.position == 2
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert gate.line(scotland, gate.TEXT) == scotland


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        pytest.param("a ", "a b ", "b a ", id="two words"),
        pytest.param(".,", ",.;", '."', id="punctuation"),
    ],
)
def test_texts_that_differ_everywhere_are_merged_in_time_in_proportion(base, ours, theirs):
    started = process_time()
    merged = merge(repeated(base), repeated(ours), repeated(theirs))
    assert process_time() - started < 2 * SECONDS
    assert merged.conflicts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("a ", "a b ", id="one word"),
        pytest.param("w1 w2 w3 ", "w4 w5 ", id="other words"),
        pytest.param("中国人民", "人民中国和", id="no spaces"),
    ],
)
@pytest.mark.parametrize("length", [1_000, 20_000, LENGTH], ids=str)
def test_an_anchor_on_however_many_words_is_carried_in_bounded_time(old, new, length):
    text = repeated(old)
    started = process_time()
    carry(make(text, 0, length), text, repeated(new))
    assert process_time() - started < 2 * SECONDS
