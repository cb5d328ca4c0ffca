"""Nothing enters that a machine compares and a reader cannot see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.hygiene import (
    REASONS,
    HiddenCharacter,
    clean,
    mixed_script_words,
    newly_mixed,
    shown,
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        (" two  spaces\tand a tab \n", " two  spaces\tand a tab \n"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("е\u0308лка и\u0306", "ёлка й"),
        ("Zoe\u0308", "Zoë"),
        ("10\u202f000 and\u00a0more", "10\u202f000 and\u00a0more"),
    ],
)
def test_text_is_composed_and_its_lines_end_in_line_feeds(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "code", "position", "name"),
    [
        ("The amount is \u202e000,1\u202c euro", "direction", 14, "RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", "direction", 1, "LEFT-TO-RIGHT ISOLATE"),
        ("a\u200fb", "direction", 1, "RIGHT-TO-LEFT MARK"),
        ("nul\x00", "control", 3, "U+0000"),
        ("bell\x07", "control", 4, "U+0007"),
        ("next\x85line", "control", 4, "U+0085"),
        ("half \ud83d", "surrogate", 5, "U+D83D"),
        ("co\xadoperation", "invisible", 2, "SOFT HYPHEN"),
        ("a\u200bb", "invisible", 1, "ZERO WIDTH SPACE"),
        ("ខ្មែរ\u200b\u200bនិង", "invisible", 6, "ZERO WIDTH SPACE"),
        ("a\u2060b", "invisible", 1, "WORD JOINER"),
        ("Art\ufeffcle", "invisible", 3, "ZERO WIDTH NO-BREAK SPACE"),
        ("\u3164", "invisible", 0, "HANGUL FILLER"),
        ("a\uffa0", "invisible", 1, "HALFWIDTH HANGUL FILLER"),
        ("\u115f\u1160", "invisible", 0, "HANGUL CHOSEONG FILLER"),
        ("a\u2800", "invisible", 1, "BRAILLE PATTERN BLANK"),
        ("a\u034f", "invisible", 1, "COMBINING GRAPHEME JOINER"),
        ("a\u180eb", "invisible", 1, "MONGOLIAN VOWEL SEPARATOR"),
        ("no\u200djoin", "joiner", 2, "ZERO WIDTH JOINER"),
        ("no\u200cjoin", "joiner", 2, "ZERO WIDTH NON-JOINER"),
        ("خواهم\u200c\u200cمی", "joiner", 5, "ZERO WIDTH NON-JOINER"),
        ("a\ufe0f", "variation", 1, "VARIATION SELECTOR-16"),
        ("a\U000e0100", "variation", 1, "VARIATION SELECTOR-17"),
        ("a\U000e0041", "tag", 1, "TAG LATIN CAPITAL LETTER A"),
        ("\ufffe", "noncharacter", 0, "U+FFFE"),
        ("\U0010ffff", "noncharacter", 0, "U+10FFFF"),
    ],
)
def test_a_hidden_character_is_refused_by_name_and_place(text, code, position, name):
    with pytest.raises(HiddenCharacter) as refusal:
        clean(text)
    found = refusal.value
    assert (found.code, found.position, found.name) == (code, position, name)
    assert found.character == text[position]
    assert REASONS[code] in str(found)
    assert f"Character {position + 1} " in str(found)


def test_the_place_counts_characters_as_they_were_given():
    with pytest.raises(HiddenCharacter) as refusal:
        clean("e\u0301\r\n\u200b")
    assert refusal.value.position == 4


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क्\u200dष और क्\u200cष",
        "ශ්\u200dරී",
        "বাং\u200cলা",
        "👨\u200d👩\u200d👧 ❤️\u200d🔥 🏳️\u200d🌈 🧑🏽\u200d💻",
        "1️⃣ ☁️ ©️ ‼️",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100",
        "שלום (123)\u200f.",
        "المادة 5\u200e-7",
        "ខ្មែរ\u200bនិង",
        "ประเทศไทย\u200b (ไทย)",
        "ᠮᠣᠩ᠋ᠭᠣᠯ\u180eᠠ",
        "line one\u2028line two",
        "§ 79¹ № 5 — “quoted” «ёлка»",
    ],
)
def test_characters_a_script_needs_are_let_through(text):
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(st.text(st.characters(codec=None), max_size=30))
def test_what_is_clean_stays_as_it_is(text):
    try:
        cleaned = clean(text)
    except HiddenCharacter as refusal:
        assert text[refusal.position] == refusal.character
        return
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {"\x00", "\r", "\u202e", "\u200b"} & set(cleaned) or "\u200b" in cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They shаll agree", ((5, 10, "shаll"),)),
        ("cвободным", ((0, 9, "cвободным"),)),
        ("the Οrgan", ((4, 9, "Οrgan"),)),
        ("shall и должны, IP-адрес, ΑΒΓ ABC, 5км", ()),
        ("plain words", ()),
    ],
)
def test_words_of_two_scripts_are_pointed_out(text, expected):
    assert mixed_script_words(text) == expected


def test_only_words_that_became_mixed_are_told():
    assert newly_mixed("They shаll and mаy", "They shаll and muѕt, muѕt") == ("muѕt",)
    assert newly_mixed("Стороны", "Стороны") == ()


@pytest.mark.parametrize("mark", ["\u061c", "\u200e", "\u200f"])
def test_a_directional_mark_stands_only_beside_words_from_right_to_left(mark):
    assert clean(f"المادة {mark}1") == f"المادة {mark}1"
    with pytest.raises(HiddenCharacter) as refused:
        clean(f"pay{mark}ment")
    assert refused.value.code == "direction"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pay\u202ement", "pay‹U+202E RIGHT-TO-LEFT OVERRIDE›ment"),
        ("\x1b[31mred", "‹U+001B›[31mred"),
        ("pay\u061cment", "pay‹U+061C ARABIC LETTER MARK›ment"),
        ("المادة \u200f1", "المادة \u200f1"),
        ("plain", "plain"),
    ],
)
def test_a_sentence_about_a_text_names_what_is_hidden_in_it(text, said):
    assert shown(text) == said


@given(st.text())
def test_what_is_shown_of_a_text_hides_nothing(text):
    clean(shown(text))
