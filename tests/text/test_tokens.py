"""Words of any script, without losing a character."""

from time import process_time

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


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("See No. 5, cf. Art. 2.", "en", ["See", "No.", "5", ",", "cf.", "Art.", "2", "."]),
        ("Nos. 3 (Secs. 1 f.)", "de", ["Nos.", "3", "(", "Secs.", "1", "f.", ")"]),
        ("Art. 5 Abs. 2 Nr. 3 usw.", "de", ["Art.", "5", "Abs.", "2", "Nr.", "3", "usw."]),
        ("по ст. 5 п. 2, т.е. так", "ru", ["по", "ст.", "5", "п.", "2", ",", "т.е.", "так"]),
        ("и т. д. и др. лица", "ru", ["и", "т.", "д.", "и", "др.", "лица"]),
        ("Ст.5 п.2, ст.ст. 1, 2", "ru", ["Ст.", "5", "п.", "2", ",", "ст.ст.", "1", ",", "2"]),
        ("art. 5, al. 2 de l’art. 6", "fr", ["art.", "5", ",", "al.", "2", "de", "l’art.", "6"]),
        ("el art. 5, párr. 2", "es-419", ["el", "art.", "5", ",", "párr.", "2"]),
        ("(parts, annexes, etc.) and", "", ["(", "parts", ",", "annexes", ",", "etc.", ")", "and"]),
        ("Vgl. z.B. Kap. 2", "de_CH", ["Vgl.", "z.B.", "Kap.", "2"]),
    ],
)
def test_the_abbreviations_of_legal_texts_keep_their_full_stop(text, language, expected):
    assert words(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("a work of art. It", "en", ["a", "work", "of", "art", ".", "It"]),
        ("They said no. It", "en", ["They", "said", "no", ".", "It"]),
        ("of Annex A. It", "en", ["of", "Annex", "A", ".", "It"]),
        ("in one part. It", "en", ["in", "one", "part", ".", "It"]),
        ("на ст", "ru", ["на", "ст"]),
        ("в этой части. Она", "ru", ["в", "этой", "части", ".", "Она"]),
        ("etc... and", "en", ["etc", ".", ".", ".", "and"]),
    ],
)
def test_a_full_stop_behind_any_other_word_stands_alone(text, language, expected):
    assert words(text, language) == expected


def test_an_abbreviation_at_the_end_of_a_sentence_keeps_the_one_full_stop():
    assert words("Parts, annexes, etc. The Parties") == [
        *["Parts", ",", "annexes", ",", "etc.", "The", "Parties"]
    ]


ABBREVIATED = st.lists(
    st.sampled_from(["Art", "ст", "п", "etc", "l’", ".", "..", " ", "各国", "A", "5", "("]),
    max_size=12,
).map("".join)


@given(ABBREVIATED, ABBREVIATED, st.sampled_from(["", "en", "ru", "fr"]))
def test_words_are_cut_the_same_whatever_stands_beyond_a_space(before, behind, language):
    apart = [*tokens(f"{before} a", language)[:-2], " ", *tokens(f"a {behind}", language)[2:]]
    beyond = tokens(f"{before} {behind}", language)
    assert [token for token in beyond if token.strip()] == [
        token for token in apart if token.strip()
    ]


def test_a_text_of_abbreviations_alone_is_cut_in_time_in_proportion():
    started = process_time()
    assert len(tokens("Art. " * 200_000)) == 400_000
    assert process_time() - started < 5


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
