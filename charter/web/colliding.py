"""Words that changes collide over: the rivals in place, and a wording to go on from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from django.http import Http404
from django.utils.safestring import SafeString, mark_safe

from charter.actions.adopting import Plan
from charter.actions.combining import Combined, SettledWords
from charter.queries.amendments import ListedAmendment
from charter.queries.proposed import ShownChange
from charter.text.bracketed import Rival
from charter.text.rolling import roll
from charter.text.words import Words
from charter.web.rolled import in_place


@dataclass(frozen=True, slots=True)
class Offer:
    """An amendment on the page with its open changes."""

    amendment: ListedAmendment
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one amendment would have a clause say; `late` if written against older words."""

    change: ShownChange
    label: str
    words: Words
    late: bool


@dataclass(frozen=True, slots=True)
class ToSettle:
    """Words that changes collide over, to be decided by a person; `key` names their fields.

    `heading_in_place` and `text_in_place` are the current words with every fitting proposal in
    brackets. `heading` and `text` are what the person goes on from.
    """

    key: str
    citation: str
    language: str
    combined: Combined
    voices: tuple[Voice, ...]
    places: Mapping[str, str]
    heading_in_place: SafeString
    text_in_place: SafeString
    heading: str
    text: str


def to_settle(plan: Plan, settled: list[SettledWords], offers: list[Offer]) -> Iterator[ToSettle]:
    """What is open or was decided on this page, with the words to go on from."""
    decided = {(one.clause, one.language): one.words for one in settled}
    by_change = {one.uuid: (offer.amendment, one) for offer in offers for one in offer.changes}
    for one in plan.words:
        words = decided.get((one.clause, one.language))
        if words is None and one.words is not None:
            continue
        pairs = [by_change[change] for change in one.changes]
        voices = tuple(_voice(*pair, one) for pair in pairs)
        start, shown = words or one.current, pairs[0][1]
        yield ToSettle(
            key=f"{one.clause}/{one.language}",
            citation=shown.citation,
            language=one.language,
            combined=one,
            voices=voices,
            places=shown.places,
            heading_in_place=_in_place("heading", one, voices, shown.places),
            text_in_place=_in_place("text", one, voices, shown.places),
            heading=start.heading,
            text=start.text,
        )


def started(settled: list[SettledWords], start: str, offers: list[Offer]) -> list[SettledWords]:
    """The words of the page, with those of the change that a person chose to go on from.

    `start` is the change's id, or that of a clause and a language for the words as they are.
    Http404 when there is no such thing on the page.
    """
    found = {}
    for offer in offers:
        for one in offer.changes:
            if one.words:
                found[str(one.uuid)] = one.clause, one.language, _wanted(one)
                found[f"{one.clause}/{one.language}"] = one.clause, one.language, one.words.current
    if start not in found:
        raise Http404(start)
    chosen = SettledWords(*found[start])
    return [
        chosen if (one.clause, one.language) == (chosen.clause, chosen.language) else one
        for one in settled
    ]


def seal(settled: list[SettledWords]) -> str:
    """A word that stands for the words decided on, so that only what was previewed is adopted.

    "" where nothing was.
    """
    if not settled:
        return ""
    told = sorted((str(one.clause), one.language, *_pair(one.words)) for one in settled)
    return sha256(repr(told).encode()).hexdigest()[:32]


def _pair(words: Words) -> tuple[str, str]:
    # A form's lines end as HTTP has it, whatever they were when the page was made.
    return words.heading.replace("\r\n", "\n"), words.text.replace("\r\n", "\n")


def _voice(amendment: ListedAmendment, change: ShownChange, combined: Combined) -> Voice:
    return Voice(
        change=change,
        label=f"{amendment.symbol} {amendment.attribution}",
        words=_wanted(change),
        late=change.uuid in combined.conflicts,
    )


def _wanted(change: ShownChange) -> Words:
    """The words with the change made in them; where it does not fit, as they were proposed."""
    assert change.words is not None
    return change.words.proposed if change.conflicts else change.words.wanted


def _in_place(
    part: str, combined: Combined, voices: Sequence[Voice], places: Mapping[str, str]
) -> SafeString:
    rivals = [Rival(getattr(one.words, part), one.label) for one in voices if not one.late]
    rolling = roll(getattr(combined.current, part), rivals, combined.language)
    key = f"{combined.clause}-{combined.language}-{part}"
    shown = in_place(rolling, places, key, _behind)
    return mark_safe(shown.html + shown.notes)  # noqa: S308  made by `rolled`


def _behind(labels: Sequence[str]) -> str:
    return escape(", ".join(labels))
