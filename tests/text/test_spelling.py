"""Which words are the same when somebody looks for them, and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.text.spelling import LONGEST, is_unspaced, plain, words


def forms(text: str, language: str = "") -> list[str]:
    return [word.form for word in words(text, language)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sovereignty", "sovereignty"),
        ("СУВЕРЕНИТЕТ", "суверенитет"),
        ("ещё", "еще"),
        ("Ёлка", "елка"),
        ("замо́к", "замок"),
        ("Straße", "STRASSE"),
        ("Λόγος", "ΛΌΓΟΣ"),
        ("الحُرِّيَّة", "الحرية"),
        ("العـــدل", "العدل"),
        ("שָׁלוֹם", "שלום"),
        ("U.S.", "US"),
        ("caf\u0065\u0301", "café"),
        ("می\u200cخواهم", "میخواهم"),
        ("word¹", "word"),
    ],
)
def test_words_are_the_same_but_for_what_tells_none_apart(one, other):
    assert forms(one) == forms(other)
    assert len(forms(one)) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("и", "й"), ("мой", "мои"), ("café", "cafe"), ("shall", "shаll")]
)
def test_other_words_stay_other_words(one, other):
    assert forms(one) != forms(other)


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("liberté", "liberte"),
        ("völker", "volker"),
        ("λόγος", "λογος"),
        ("œuvre", "oeuvre"),
        ("łódź", "lodz"),
        ("мой", "мой"),
        ("والحرية", "حرية"),
        ("للسلام", "سلام"),
        ("بالعدل", "عدل"),
        ("وطن", "وطن"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_accents_and_the_arabic_article_may_be_left_out(word, bare):
    assert plain(word) == bare


def test_words_are_parted_as_readers_part_them():
    assert forms("l'homme; don’t: non-aligned, and/or e-mail 5.2") == (
        ["l", "homme", "don", "t", "non", "aligned", "and", "or", "e", "mail", "5.2"]
    )
    assert forms("… — * ¹ ( ) 😀") == []


def test_signs_of_scripts_without_spaces_are_words_with_their_marks():
    assert forms("世界人权宣言") == ["世", "界", "人", "权", "宣", "言"]
    assert forms("第5条 ASEAN的") == ["第", "5", "条", "asean", "的"]
    assert forms("ทั้งสิ้น") == ["ทั้", "ง", "สิ้", "น"]
    assert forms("すべて。") == ["す", "べ", "て"]


def test_turkish_has_two_letters_i():
    assert forms("IŞIK İSTANBUL", "tr") == ["ışık", "istanbul"]
    assert plain("ışık") == "isik"


def test_scripts_without_spaces_are_known():
    assert all(map(is_unspaced, ("人权", "ことば", "ไทย")))
    assert not any(map(is_unspaced, ("right", "право", "حق", "अधिकार")))


@given(st.text())
def test_every_word_stands_where_it_is_said_to(text):
    last = 0
    for word in words(text):
        assert last <= word.start < word.end <= len(text)
        assert 0 < len(word.form) <= LONGEST
        last = word.end


@given(st.text())
def test_any_form_can_be_made_plain_and_is_then(text):
    for word in words(text):
        assert plain(plain(word.form)) == plain(word.form) or "ال" in word.form or "لل" in word.form
