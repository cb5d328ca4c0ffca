"""What the demo's data files must hold to be a charter in two languages."""

import math
from itertools import combinations

import pytest

from charter.demo import content
from charter.demo.introductions import INTRODUCTIONS
from charter.demo.rehearsal import opening
from charter.text import inline
from charter.text.kinds import Kind
from charter.text.numbering import citations

ENTRIES = content.zero_draft()
WORDED = [entry for entry in ENTRIES if entry.text]
HEADED = {Kind.PART, Kind.CHAPTER, Kind.ARTICLE, Kind.SECTION, Kind.ANNEX}


def test_the_zero_draft_is_a_whole_charter() -> None:
    kinds = [entry.kind for entry in ENTRIES]
    assert kinds.count(Kind.PREAMBLE) == 1
    assert 8 <= kinds.count(Kind.RECITAL) <= 12
    assert kinds.count(Kind.ARTICLE) >= 12
    assert kinds.count(Kind.ANNEX) == 1
    assert len(ENTRIES) >= 60


def test_clauses_nest_as_kinds_allow() -> None:
    assert len(list(opening(ENTRIES).outline("en").walk())) == len(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_each_clause_says_in_both_languages_what_it_says(entry: content.Entry) -> None:
    for words in (entry.text, entry.heading):
        assert set(words) in (set(), set(content.LANGUAGES))
        assert all(word == word.strip() and word for word in words.values())
    assert entry.text or entry.heading
    assert (entry.kind in HEADED) == bool(entry.heading)


@pytest.mark.parametrize("entry", WORDED, ids=lambda entry: entry.key)
def test_both_languages_have_the_same_marks(entry: content.Entry) -> None:
    english, russian = entry.text["en"], entry.text["ru"]
    for mark in ("[", "]", "^[", "**", "](#"):
        assert english.count(mark) == russian.count(mark)
    assert english.count("[") == english.count("]")
    assert content.referenced(english) == content.referenced(russian)
    assert english[-1] == russian[-1] or {english[-1], russian[-1]} <= set("]*")


def test_the_languages_keep_to_their_scripts() -> None:
    for entry in WORDED:
        assert not any("Ѐ" <= character <= "ӿ" for character in entry.text["en"])
        assert not any("a" <= character.lower() <= "z" for character in _prose(entry.text["ru"]))


def test_cross_references_and_footnotes_and_brackets_are_there_and_sound() -> None:
    keys = {entry.key for entry in ENTRIES}
    targets = [key for entry in WORDED for key in content.referenced(entry.text["en"])]
    assert len(targets) >= 4
    assert set(targets) <= keys
    assert sum("^[" in entry.text["en"] for entry in WORDED) >= 2
    assert sum("[" in entry.text["en"].replace("[](", "") for entry in WORDED) >= 8


@pytest.mark.parametrize("language", content.LANGUAGES)
def test_all_marks_are_read_as_they_are_meant(language: str) -> None:
    for entry in WORDED:
        text = entry.text[language]
        assert list(inline.references(text)) == content.referenced(text)
        words = content.relinked(text, lambda key: "")
        shown = inline.plain(text, lambda key: "").body
        assert shown.count("[") == words.count("[") - words.count("^[")
        assert not set("*^") & set(shown)


def test_what_is_pointed_at_has_a_number() -> None:
    outline = opening(ENTRIES).outline("en")
    cited = dict(zip((clause.id for _, clause in outline.walk()), citations(outline), strict=True))
    for entry in WORDED:
        for key in content.referenced(entry.text["en"]):
            assert cited[key].startswith(("Article", "Part", "Annex"))


def test_the_vocabulary_has_nine_principles_and_each_is_used() -> None:
    slugs = [principle.slug for principle in content.vocabulary()]
    assert len(slugs) == len(set(slugs)) == 9
    used = {tag for entry in ENTRIES for tag in entry.tags}
    assert used == set(slugs)
    articles = {entry.key for entry in ENTRIES if entry.kind is Kind.ARTICLE}
    assert set(slugs) <= articles


def test_each_principle_is_named_and_defined_in_both_languages() -> None:
    for principle in content.vocabulary():
        assert set(principle.name) == set(principle.definition) == set(content.LANGUAGES)
        assert all(principle.name.values()) and all(principle.definition.values())


def test_principles_can_be_read_in_their_colour_on_white() -> None:
    for principle in content.vocabulary():
        shares = ((0.2126, 0.7152, 0.0722),)
        [luminance] = _times(shares, _linear(principle.colour))
        assert 1.05 / (luminance + 0.05) >= 4.5, principle.slug


@pytest.mark.parametrize("vision", ["full", "protan", "deutan", "tritan"])
def test_principles_have_colours_that_colour_blind_readers_tell_apart(vision: str) -> None:
    seen = {row.slug: _oklab(_as_seen(row.colour, vision)) for row in content.vocabulary()}
    for one, other in combinations(seen, 2):
        assert math.dist(seen[one], seen[other]) > 0.06, (one, other)


def test_organisations_have_the_members_that_are_known_and_no_others() -> None:
    parties = {party.code: party for party in content.parties()}
    states = {code for code, party in parties.items() if party.kind == "state"}
    assert {code: len(party.members) for code, party in parties.items() if party.members} == {
        "CSTO": 6,
        "SCO": 10,
        "EAEU": 5,
        "USRB": 2,
        "RIC": 3,
    }
    assert all(set(party.members) <= states for party in parties.values())
    assert {"CIS", "ASEAN", "CICA", "QUINTET"} <= set(parties)


def test_the_initiators_are_the_two_who_put_the_charter_forward() -> None:
    standing = {party.code: party.standing for party in content.parties()}
    assert {code for code, role in standing.items() if role == "initiator"} == {"RUS", "BLR"}


def test_the_chair_sits_with_no_delegation_and_the_drafters_with_different_ones() -> None:
    cast = content.cast()
    roles = [person.role for person in cast]
    assert roles == ["chair", "drafter", "drafter", "reviewer", "observer"]
    assert cast[0].party == ""
    assert cast[1].party != cast[2].party
    seated = {party.code for party in content.parties() if party.standing}
    assert {person.party for person in cast[1:]} <= seated
    assert all(person.email.endswith("@example.org") for person in cast)
    assert set(INTRODUCTIONS) == {person.key for person in cast}


def test_a_kind_that_cannot_be_told_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind"):
        content.entry({"key": "purposes.some", "en": "Words.", "ru": "Слова."})


def _prose(text: str) -> str:
    return content.relinked(text, lambda key: "")


def _linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    ]


# Simulation of dichromats at full severity: Machado, Oliveira and Fernandes (2009), table 1.
_SEEN = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _as_seen(colour: str, vision: str) -> list[float]:
    return _times(_SEEN[vision], _linear(colour))


def _oklab(linear: list[float]) -> list[float]:
    """Björn Ottosson's OKLab (2020) of linear sRGB."""
    cones = _times(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        linear,
    )
    return _times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        [max(0.0, cone) ** (1 / 3) for cone in cones],
    )


def _times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
