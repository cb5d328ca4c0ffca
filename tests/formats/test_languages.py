import re
from datetime import UTC, datetime

import pytest

from charter.formats import languages

FIELD = re.compile(r"\{[a-z]*\}")


@pytest.mark.parametrize("language", ["ru", "zh", "ar", "fr", "es", "de"])
def test_every_language_has_every_fixed_word_with_the_same_fields(language: str):
    english, other = languages.words("en"), languages.words(language)

    assert other.keys() == english.keys()
    for key, sentence in english.items():
        assert sorted(FIELD.findall(other[key])) == sorted(FIELD.findall(sentence)), key


def test_a_language_without_words_of_its_own_gets_english():
    assert languages.words("kk") == languages.words("en")
    assert languages.words_language("kk") == "en"
    assert languages.words_language("zh-Hans") == "zh"


@pytest.mark.parametrize(
    ("language", "direction"),
    [("en", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("zh", "ltr")],
)
def test_scripts_run_their_own_way(language: str, direction: str):
    assert languages.direction(language) == direction


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "3 May 2025"),
        ("ru", "3 мая 2025 г."),
        ("zh", "2025年5月3日"),
        ("ar", "3 مايو 2025"),
        ("de", "3. Mai 2025"),
        ("es", "3 de mayo de 2025"),
        ("fr", "3 mai 2025"),
        ("kk", "2025-05-03"),
    ],
)
def test_dates_are_written_as_the_language_does(language: str, date: str):
    assert languages.date(language, datetime(2025, 5, 3, tzinfo=UTC)) == date
