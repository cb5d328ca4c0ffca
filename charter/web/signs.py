"""Signs for who wrote what: a letter and a look for each person, delegation or revision.

Whoever wrote most of the words has the plain look and the first letter.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charter.queries.blame import TextBlame

PERSON, DELEGATION, REVISION = "person", "delegation", "revision"
BY = (PERSON, DELEGATION, REVISION)

LOOKS = 8  # of lines under words; more writers than that are told apart by their letters alone


@dataclass(frozen=True, slots=True)
class Sign:
    """One who wrote: `key` is what an address says, `mark` what stands at the words.

    `aside` tells the name apart from its like; `share` is of all words, in per cent.
    """

    key: str
    mark: str
    look: int
    name: str
    aside: str
    words: int
    share: int


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of a text, those with the most words first, and the sign of each revision."""

    by: str
    all: tuple[Sign, ...]
    of: Mapping[int, Sign]


def signs(found: TextBlame, by: str) -> Signs:
    """The signs of everybody who wrote words, or took some out, of what is shown."""
    counted: Counter[str] = Counter()
    keys = {number: _key(found, number, by) for number in found.revisions}
    for number, words in found.words.items():
        counted[keys[number]] += words
    first = {key: number for number, key in sorted(keys.items(), reverse=True)}
    order = sorted(counted, key=lambda key: (-counted[key], first[key]))
    total = sum(counted.values()) or 1
    made = tuple(
        Sign(
            key=key,
            mark=str(first[key]) if by == REVISION else letters(place),
            look=place % LOOKS if place < LOOKS else 1 + place % (LOOKS - 1),
            **_said(found, first[key], by),
            words=counted[key],
            share=round(100 * counted[key] / total),
        )
        for place, key in enumerate(order)
    )
    by_key = {sign.key: sign for sign in made}
    of = {number: by_key[key] for number, key in keys.items() if key in by_key}
    return Signs(by, made, of)


def letters(place: int) -> str:
    """A, B, … Z, AA, AB, … as columns of a sheet are called."""
    said = ""
    place += 1
    while place:
        place, at = divmod(place - 1, len(ascii_uppercase))
        said = ascii_uppercase[at] + said
    return said


def _key(found: TextBlame, number: int, by: str) -> str:
    if by == REVISION:
        return str(number)
    return str(found.revisions[number].person) if by == PERSON else found.delegations[number]


def _said(found: TextBlame, number: int, by: str) -> dict[str, str]:
    facts = found.revisions[number]
    writer = found.writers[facts.person]
    if by == PERSON:
        return {"name": writer.name, "aside": _delegations(found, writer.id)}
    if by == DELEGATION:
        return {"name": found.delegations[number] or _("No delegation"), "aside": ""}
    said = _("Revision %(number)s") % {"number": number}
    return {"name": said, "aside": f"{writer.name}, {date_format(facts.at.date(), 'j E Y')}"}


def _delegations(found: TextBlame, person: int) -> str:
    """Those that somebody wrote for, in the order they first did."""
    own = [one for one, facts in sorted(found.revisions.items()) if facts.person == person]
    return ", ".join(dict.fromkeys(filter(None, (found.delegations[one] for one in own))))
