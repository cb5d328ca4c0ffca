"""A proposed wording on a text that moves: how it stands now, and taking it in parts.

A proposal is pinned to the wording it was written against. Each time that wording changes, the
proposal is carried: proposal and change are merged on the pinned wording, never on what an earlier
carrying made of it, so that nothing drifts however often the text moves.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from charter.text.merge import Merged, merge
from charter.text.redline import Span


class Standing(StrEnum):
    """How a proposed wording stands to the current one."""

    CLEAN = "clean"  # the words it was written against stand as they were
    AROUND = "around"  # they changed elsewhere; both changes combine
    MADE = "made"  # the text says already all that was proposed
    CONFLICT = "conflict"  # both changed the same words, or the clause is gone


@dataclass(frozen=True, slots=True)
class Carried:
    """A proposal carried to the current wording.

    `text` is what the clause would say once the proposal is adopted, None in a conflict. `merged`
    has the words in dispute (`ours` the proposal's, `theirs` the current ones); it is None where
    there was nothing to merge: the wording stands as it was, or the clause is gone.
    """

    standing: Standing
    text: str | None = None
    merged: Merged | None = None


def carry(base: str, proposed: str, current: str | None, language: str = "") -> Carried:
    """How a proposal written against `base` stands; `current` is None where the clause is gone."""
    if current is None:
        return Carried(Standing.CONFLICT)
    if current == proposed:
        return Carried(Standing.MADE, proposed)
    if current == base:
        return Carried(Standing.CLEAN, proposed)
    merged = merge(base, proposed, current, language)
    text = merged.text
    if text is None:
        return Carried(Standing.CONFLICT, None, merged)
    return Carried(Standing.MADE if text == current else Standing.AROUND, text, merged)


def taken(spans: Sequence[Span], chosen: Collection[int]) -> str:
    """The wording that adopting some changes gives: of `spans` those with these places.

    A deletion that is not chosen leaves its words, an insertion that is not chosen stays out. A
    replacement taken by half leaves the white space of a sentence: a space between words that were
    never neighbours, one and not two where words went. IndexError for a place without a change.
    """
    for place in chosen:
        if not 0 <= place < len(spans) or spans[place].op == "equal":
            raise IndexError(f"there is no change {place}")
    text = ""
    for place, span in enumerate(spans):
        if span.op != "equal" and (span.op == "insert") != (place in chosen):
            continue
        half = _halved(spans, place, chosen)
        if half and _touch(text, span.text):
            text += " "
        elif half and text.endswith(" ") and span.text.startswith(" "):
            text = text[:-1]
        text += span.text
    return text


def _halved(spans: Sequence[Span], place: int, chosen: Collection[int]) -> bool:
    """Whether one half of a replacement is taken, and this span is the first after the choice."""
    if spans[place].op == "insert":
        return place > 0 and spans[place - 1].op == "delete" and place - 1 not in chosen
    return (
        place > 1
        and (spans[place - 2].op, spans[place - 1].op) == ("delete", "insert")
        and place - 2 in chosen
        and place - 1 not in chosen
    )


def _touch(left: str, right: str) -> bool:
    """Whether two words of a script written with spaces would run together."""
    return bool(left and right) and _spaced(left[-1]) and _spaced(right[0])


def _spaced(sign: str) -> bool:
    return sign.isalnum() and not "\u0e00" <= sign <= "\u0eff" and not "\u2e80" <= sign <= "\u9fff"
