"""One wording and its rivals in one text: agreed words, and brackets with the alternatives.

Each rival is compared with the base (`edits`). Words of the base that every rival keeps are
agreed; what lies between two runs of agreed words is one bracket, so there are never more brackets
than runs of words that are in dispute. Square brackets written by hand are never cut: a change of
one end takes in what stands between the two. Within a bracket

* rivals with the same words share one alternative, and the retained words of the base are an
  alternative of their own;
* a change that lies within the reach of another's is bracketed inside the retained words, and so on
  inwards; changes that reach across each other stand side by side;
* alternatives that differ from each other in a few words only are one, with those words bracketed
  inside it.

At every bracket each rival stands behind exactly one alternative, the base behind exactly one or,
inside the words of a rival, behind none. Hence taking everywhere the base gives the base, and
taking everywhere a rival gives its wording.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from charter.text.align import aligned
from charter.text.bracketed import Agreed, Alternative, Bracket, Rival, Rolling, Runs
from charter.text.edits import Edit, edits_of
from charter.text.worded import worded

__all__ = [
    "Agreed",
    "Alternative",
    "Bracket",
    "Rival",
    "Rolling",
    "Runs",
    "are_alike",
    "beside",
    "laid_over",
    "roll",
]

# Two alternatives are written as one when they share this part of the words of the longer one …
_ALIKE = 0.6
# … and share no fewer words than these; fewer read better side by side.
_ENOUGH = 4
# So many alternatives of one place, and words in one, are compared with each other at the most.
_MOST, _LONGEST = 12, 400

_start, _end = attrgetter("start"), attrgetter("end")


def roll(base: str, rivals: Sequence[Rival], language: str = "") -> Rolling:
    """The base with all rivals in place; `language` is a BCP 47 tag or ""."""
    voices: dict[str, list[int]] = {base: []}
    for number, rival in enumerate(rivals):
        voices.setdefault(rival.text, []).append(number)
    behind = {text: tuple(numbers) for text, numbers in voices.items()}
    runs = laid_over(base, behind, language, retained=True) if base or len(behind) > 1 else ()
    return Rolling(runs, tuple(rivals))


@dataclass(frozen=True, slots=True)
class _Voice:
    """A wording, its edits of the base in order, and the rivals who propose it."""

    edits: tuple[Edit, ...]
    rivals: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[Edit, ...]:
        """Its edits of this part of the base, which cuts none of them."""
        # Each place asks every voice: looking at all edits would be quadratic.
        first = bisect_left(self.edits, start, key=_start)
        last = bisect_right(self.edits, end, lo=first, key=_end)
        return self.edits[first:last]

    def part(self, base: str, start: int, end: int) -> str:
        """Its words in the place of this part of the base."""
        pieces: list[str] = []
        at = start
        for edit in self.within(start, end):
            pieces += (base[at : edit.start], edit.text)
            at = edit.end
        return "".join((*pieces, base[at:end]))


def laid_over(
    base: str, behind: Mapping[str, tuple[int, ...]], language: str, *, retained: bool
) -> Runs:
    """Wordings by who stands behind them, the base among them, laid over the base."""
    voices = [
        _Voice(edits_of(base, text, language), rivals)
        for text, rivals in behind.items()
        if text != base
    ]
    return _laid(base, 0, len(base), voices, behind[base], language, retained=retained)


def _laid(
    base: str,
    start: int,
    end: int,
    voices: Sequence[_Voice],
    silent: tuple[int, ...],
    language: str,
    *,
    retained: bool,
) -> Runs:
    """A part of the base with the edits of some voices in it; `silent` rivals leave it as it is."""
    runs: list[Agreed | Bracket] = []
    at = start
    for first, last in _places(voices, start, end):
        if first > at:
            runs.append(Agreed(base[at:first]))
        runs.append(_bracket(base, first, last, voices, silent, language, retained=retained))
        at = last
    if end > at:
        runs.append(Agreed(base[at:end]))
    return tuple(runs)


def _places(voices: Sequence[_Voice], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of the base that somebody edits; edits that overlap or touch are in one."""
    reaches = sorted(
        (edit.start, edit.end) for voice in voices for edit in voice.within(start, end)
    )
    held: tuple[int, int] | None = None
    for first, last in reaches:
        if held and first <= held[1]:
            held = held[0], max(held[1], last)
            continue
        if held:
            yield held
        held = first, last
    if held:
        yield held


def _bracket(
    base: str,
    start: int,
    end: int,
    voices: Sequence[_Voice],
    silent: tuple[int, ...],
    language: str,
    *,
    retained: bool,
) -> Bracket:
    """One place: the edits across it side by side, the rest inside the words of the base."""
    across = _across(voices, start, end)
    inside = [voice for voice in voices if voice not in across and voice.within(start, end)]
    still = [
        rival
        for voice in voices
        if voice not in across and not voice.within(start, end)
        for rival in voice.rivals
    ]
    quiet = tuple(sorted((*silent, *still)))
    kept = _laid(base, start, end, inside, quiet, language, retained=retained)
    behind = tuple(sorted((*quiet, *(rival for voice in inside for rival in voice.rivals))))
    proposed: dict[str, tuple[int, ...]] = {}
    for voice in across:
        text = voice.part(base, start, end)
        proposed[text] = tuple(sorted((*proposed.get(text, ()), *voice.rivals)))
    return Bracket((Alternative(kept, behind, retained), *beside(proposed, language)))


def _across(voices: Sequence[_Voice], start: int, end: int) -> list[_Voice]:
    """The voices with an edit that lies within nobody else's: at least one of a place's."""
    edits = [(voice, edit) for voice in voices for edit in voice.within(start, end)]
    widest = _widest({(edit.start, edit.end) for _, edit in edits})
    return [
        voice
        for voice in voices
        if any((edit.start, edit.end) in widest for edit in voice.within(start, end))
    ]


def _widest(reaches: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The reaches that lie within no other."""
    found = set()
    furthest = -1
    for start, end in sorted(reaches, key=lambda reach: (reach[0], -reach[1])):
        if end > furthest:
            found.add((start, end))
            furthest = end
    return found


def beside(proposed: Mapping[str, tuple[int, ...]], language: str) -> Iterator[Alternative]:
    """The alternatives beside the retained words; those much alike written as one."""
    order = sorted(proposed, key=lambda text: (-len(proposed[text]), text))
    groups = _alike(order, language) if 1 < len(order) <= _MOST else [[text] for text in order]
    made = []
    for group in groups:
        behind = {text: proposed[text] for text in group}
        rivals = tuple(sorted(rival for text in group for rival in behind[text]))
        made.append((len(rivals), group[0], rivals, behind))
    for _, text, rivals, behind in sorted(made, key=lambda one: (-one[0], one[1])):
        runs = laid_over(text, behind, language, retained=False) if text else ()
        yield Alternative(runs, rivals)


def _alike(order: Sequence[str], language: str) -> list[list[str]]:
    """The texts in groups, each of those much like its first."""
    words = {text: worded(text, language).words for text in order}
    groups: list[list[str]] = []
    for text in order:
        for group in groups:
            if are_alike(words[group[0]], words[text]):
                group.append(text)
                break
        else:
            groups.append([text])
    return groups


def are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words of two wordings are better written as one with its differences."""
    longer = max(len(one), len(other))
    if longer > _LONGEST:
        return False
    shared = len(one) - sum(end - start for start, end, _, _ in aligned(one, other))
    return shared >= _ENOUGH and shared >= _ALIKE * longer
