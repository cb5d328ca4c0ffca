"""The digest of a revision says all of it, and says it in one way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest

from charter.models.digests import Act, State, digest

ACT = Act(
    charter=UUID(int=1),
    number=7,
    author=UUID(int=2),
    committed_at=datetime(2025, 2, 12, 9, 30, tzinfo=UTC),
    message="As agreed in the corridor",
    cause="edit",
)
WORDS = State("wording", ("a", "en"), ("Openness", "Open to all."), created=True)
OTHER = State("clause", ("b",), (None, "V", "article", None, False), created=False)


def test_the_encoding_is_written_down_and_stays():
    # Whoever holds a digest of last year must be able to check it next year, with other tools too.
    said = (
        b"s18:charter-revision-1"
        b"s3:abc"
        b"u36:00000000-0000-0000-0000-000000000001"
        b"i1:7"
        b"u36:00000000-0000-0000-0000-000000000002"
        b"t32:2025-02-12T09:30:00.000000+00:00"
        b"s26:As agreed in the corridor!"
        b"s4:edit"
        b"s6:clause" + b"s1:~" + b"i1:1" + b"s1:b" + b"i1:5"
        b"n0:" + b"s1:V" + b"s7:article" + b"n0:" + b"b5:false"
        b"s7:wording" + b"s1:+" + b"i1:2" + b"s1:a" + b"s2:en" + b"i1:2"
        b"s8:Openness" + b"s8:\xd0\x92\xd1\x81\xd0\xb5\xd0\xbc"
    )
    words = replace(WORDS, values=("Openness", "Всем"))
    act = replace(ACT, message="As agreed in the corridor!")
    assert digest("abc", act, [words, OTHER]) == sha256(said).hexdigest()


def test_the_order_in_which_rows_were_written_does_not_matter():
    assert digest("", ACT, [WORDS, OTHER]) == digest("", ACT, [OTHER, WORDS])


def test_a_moment_is_the_same_in_every_zone():
    minsk = ACT.committed_at.astimezone(timezone(timedelta(hours=3)))
    assert digest("", replace(ACT, committed_at=minsk), []) == digest("", ACT, [])


@pytest.mark.parametrize(
    "other",
    [
        replace(ACT, charter=UUID(int=9)),
        replace(ACT, number=8),
        replace(ACT, author=UUID(int=9)),
        replace(ACT, committed_at=ACT.committed_at + timedelta(microseconds=1)),
        replace(ACT, message=""),
        replace(ACT, cause="import"),
    ],
)
def test_everything_a_revision_says_of_itself_counts(other):
    assert digest("", other, [WORDS]) != digest("", ACT, [WORDS])


@pytest.mark.parametrize(
    "other",
    [
        replace(WORDS, values=("Openness", "Open to none.")),
        replace(WORDS, values=("OpennessO", "pen to all.")),
        replace(WORDS, values=("Openness", "Open to all.", "")),
        replace(WORDS, values=("Openness", None)),
        replace(WORDS, key=("a", "ru")),
        replace(WORDS, key=("ae", "n")),
        replace(WORDS, table="principle"),
        replace(WORDS, created=False),
    ],
)
def test_no_other_rows_have_the_same_digest(other):
    assert digest("", ACT, [other]) != digest("", ACT, [WORDS])


def test_the_digest_before_counts():
    assert digest("a" * 64, ACT, [WORDS]) != digest("b" * 64, ACT, [WORDS])


@pytest.mark.parametrize(("one", "two"), [(False, "false"), (1, "1"), (None, ""), (True, 1)])
def test_values_of_different_kinds_are_never_the_same(one, two):
    first, second = (replace(WORDS, values=(value,)) for value in (one, two))
    assert digest("", ACT, [first]) != digest("", ACT, [second])


def test_names_in_any_order_of_languages_are_the_same_names():
    one = replace(WORDS, values=({"en": "Openness", "ru": "Открытость"},))
    two = replace(WORDS, values=({"ru": "Открытость", "en": "Openness"},))
    assert digest("", ACT, [one]) == digest("", ACT, [two])
