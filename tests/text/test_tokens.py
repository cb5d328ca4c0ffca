"""Words of any script, without losing a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py.breakers import CharacterBreaker, WordBreaker

from charter.text.tokens import tokens

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


def words(text: str, language: str = "") -> list[str]:
    return [token for token in tokens(text, language) if not token.isspace()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The parties shall agree.", ["The", "parties", "shall", "agree", "."]),
        ("a 5.2 and 1,000.50 b", ["a", "5.2", "and", "1,000.50", "b"]),
        ("the U.S. and e.g. т.е. so", ["the", "U.S.", "and", "e.g.", "т.е.", "so"]),
        ("Ends here. Then", ["Ends", "here", ".", "Then"]),
        ("Статья 79¹ и §3", ["Статья", "79¹", "и", "§", "3"]),
        ("can't l’avion", ["can't", "l’avion"]),
        ("non-voting (members);", ["non", "-", "voting", "(", "members", ")", ";"]),
        ("vote 👍🏽 👨\u200d👩\u200d👧 🇫🇷🇩🇪", ["vote", "👍🏽", "👨\u200d👩\u200d👧", "🇫🇷", "🇩🇪"]),
        ("naïve Z\u0338a", ["naïve", "Z\u0338a"]),
        ("بِسْمِ المادة ٥", ["بِسْمِ", "المادة", "٥"]),
        ('צה"ל יוצא', ['צה"ל', "יוצא"]),
        ("क्षेत्र में", ["क्षेत्र", "में"]),
    ],
)
def test_words_numbers_and_abbreviations_hold_together(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("各国应当尊重人权。", "zh", ["各国", "应当", "尊重", "人权", "。"]),
        ("憲法第九条を削る。", "ja", ["憲法", "第", "九条", "を", "削る", "。"]),
        ("ภาษาไทยสวยงาม", "th", ["ภาษา", "ไทย", "สวยงาม"]),
        ("ພາສາລາວ", "lo", ["ພາສາ", "ລາວ"]),
        ("ភាសាខ្មែរនិង", "km", ["ភាសាខ្មែរ", "និង"]),
    ],
)
def test_scripts_without_spaces_are_cut_by_their_dictionaries(text, language, expected):
    assert words(text, language) == expected
    assert words(text) == expected


def test_a_run_of_white_space_is_one_token():
    assert tokens("a \n\n\t b\u00a0 c") == ["a", " \n\n\t ", "b", "\u00a0 ", "c"]


def test_an_accent_that_stands_on_a_space_is_kept_with_it():
    assert tokens("a \u0301b") == ["a", " \u0301", "b"]


@given(ANY_TEXT)
def test_the_tokens_of_any_text_give_it_back(text):
    assert "".join(tokens(text)) == text


@given(st.text(max_size=60))
def test_no_token_divides_a_character_as_the_reader_sees_it(text):
    whole, at = {0}, 0
    for grapheme in CharacterBreaker(text, "en"):
        at += len(grapheme)
        whole.add(at)
    at = 0
    for token in tokens(text):
        at += len(token)
        assert at in whole


def test_a_narrow_space_within_a_number_is_white_space():
    assert tokens("10\u202f000") == ["10", "\u202f", "000"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\u202f"), max_size=60))
def test_tokens_are_the_words_of_icu_or_several_of_them(text):
    at, cuts = 0, {0}
    for word in WordBreaker(text, "en"):
        at += len(word)
        cuts.add(at)
    at = 0
    for token in tokens(text):
        at += len(token)
        assert at in cuts


@pytest.mark.parametrize("text", ["\ud800", "a\udc00b \ud83d", "\x00", "a\x00b", "中\U00020bb7野"])
def test_broken_and_rare_characters_do_no_harm(text):
    assert "".join(tokens(text)) == text


def test_a_language_tag_that_is_none_is_ignored():
    assert tokens("a b", "\ud800!") == ["a", " ", "b"]
