"""The form in which a person makes one wording of two.

For every language and part ("heading", "text") whose words both sides changed, the form carries
what its person wrote first (`yours-…`), a choice for each conflict (`choice-…-N`, `own-…-N`), the
result, and the result as the choices gave it (`made-…`): a result that was edited by hand is kept,
one that was not is composed anew from the choices. `from` is the revision the person had read,
`base` the one the result replaces.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.http import QueryDict

from charter.actions import gate
from charter.actions.refusals import TooLong
from charter.exports.languages import own_name
from charter.formats.languages import direction, primary
from charter.models import Charter
from charter.queries.states import words_at
from charter.text.diff import diff
from charter.text.merge import Chunk, Merged, merge
from charter.text.redline import Spans
from charter.text.words import Words

PARTS = ("heading", "text")
YOURS, THEIRS, BOTH, OWN = "yours", "theirs", "both", "own"
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One conflict of the form. `picked` is one of YOURS, THEIRS, BOTH, OWN."""

    name: str
    base: str
    yours: str
    theirs: str
    picked: str
    own: str
    words: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One part of the wording in one language that both sides changed.

    `pieces` are settled words and choices in reading order; `made` is what the choices give.
    """

    name: str
    part: str
    language: str
    language_name: str
    dir: str
    base: str
    yours: str
    theirs: str
    your_changes: Spans
    their_changes: Spans
    pieces: tuple[str | Choice, ...]
    made: str
    result: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Choice))


def merging(posted: QueryDict, charter: Charter, clause: UUID, form: Form, *, stale: bool) -> dict:
    """What the merge page shows beside the form; `stale` when the change was just refused."""
    head = charter.revisions.order_by("-number").values_list("number", flat=True)[0]
    since, at = (_number(posted, "base"), head) if stale else _span(posted)
    yours = _typed(form) if stale else _kept(posted, form)
    parts = list(_parts(charter, clause, since, at, yours))
    meetings = [
        meeting_of(name, code, part, sides, {} if stale else posted)
        for name, code, part, sides in parts
        if sides.merged.conflicts
    ]
    shown = {meeting.name for meeting in meetings}
    settled = [
        (name, sides.merged.text if stale else posted.get(name, sides.merged.text))
        for name, _, _, sides in parts
        if name not in shown
    ]
    return {"since": since, "at": at, "meetings": meetings, "settled": settled}


def too_long(posted: QueryDict) -> str:
    """Why a form of a merge is not even looked at; "" when its texts may be compared."""
    for text in posted.values():
        if len(text) > gate.TEXT:
            try:
                gate.letters(text, gate.TEXT)
            except TooLong as refused:
                return refused.message
    return ""


def resolved(posted: QueryDict, charter: Charter, clause: UUID) -> QueryDict:
    """The posted form with results composed from its choices, unless edited by hand.

    Without a `from` it is no merge and comes back as it is.
    """
    if "from" not in posted:
        return posted
    since, at = _span(posted)
    data = posted.copy()
    wordings = _wordings(charter, clause, since, at)
    for name in [key.removeprefix("made-") for key in posted if key.startswith("made-")]:
        part, _, code = name.partition("_")
        if part not in PARTS or code not in charter.languages:
            continue
        sides = _sides(wordings, code, part, posted.get(f"yours-{name}", ""))
        if same(posted.get(name, ""), posted[f"made-{name}"]):
            data[name] = composed(name, code, sides.merged, posted)
    return data


@dataclass(frozen=True, slots=True)
class Sides:
    """The three texts of one part of a wording, and what came of merging them."""

    base: str
    yours: str
    theirs: str
    merged: Merged


def _parts(
    charter: Charter, clause: UUID, since: int, at: int, yours: Mapping[str, str]
) -> Iterator[tuple[str, str, str, Sides]]:
    wordings = _wordings(charter, clause, since, at)
    for code in charter.languages:
        for part in PARTS:
            name = f"{part}_{code}"
            if name in yours:
                yield name, code, part, _sides(wordings, code, part, yours[name])


def _wordings(
    charter: Charter, clause: UUID, since: int, at: int
) -> tuple[dict[str, Words], dict[str, Words]]:
    return (
        words_at(clause, charter.languages, since),
        words_at(clause, charter.languages, at),
    )


def _sides(
    wordings: tuple[dict[str, Words], dict[str, Words]], code: str, part: str, yours: str
) -> Sides:
    base, theirs = (getattr(side.get(code, Words()), part) for side in wordings)
    return Sides(base, yours, theirs, merge(base, yours, theirs, code))


def meeting_of(name: str, code: str, part: str, sides: Sides, posted: Mapping[str, str]) -> Meeting:
    """What the form shows where both sides changed a part; `posted` holds the choices made."""
    pieces = tuple(_pieces(name, code, sides.merged, posted))
    made = composed(name, code, sides.merged, posted)
    typed, before = posted.get(name), posted.get(f"made-{name}")
    by_hand = typed is not None and before is not None and not same(typed, before)
    return Meeting(
        name=name,
        part=part,
        language=code,
        language_name=own_name(code),
        dir=direction(code),
        base=sides.base,
        yours=sides.yours,
        theirs=sides.theirs,
        your_changes=diff(sides.base, sides.yours),
        their_changes=diff(sides.base, sides.theirs),
        pieces=pieces,
        made=made,
        result=typed if by_hand else made,
    )


def _pieces(
    name: str, code: str, merged: Merged, posted: Mapping[str, str]
) -> Iterator[str | Choice]:
    at = 0
    for chunk in merged.chunks:
        if isinstance(chunk, Chunk):
            yield chunk.text
            continue
        picked = posted.get(f"choice-{name}-{at}", YOURS)
        own = posted.get(f"own-{name}-{at}", chunk.ours)
        words = {
            YOURS: chunk.ours,
            THEIRS: chunk.theirs,
            BOTH: _both(chunk.ours, chunk.theirs, code),
            OWN: own,
        }
        picked = picked if picked in words else YOURS
        yield Choice(
            f"{name}-{at}", chunk.base, chunk.ours, chunk.theirs, picked, own, words[picked]
        )
        at += 1


def composed(name: str, code: str, merged: Merged, posted: Mapping[str, str]) -> str:
    """What the choices of a form make of the part `name`."""
    pieces = _pieces(name, code, merged, posted)
    return merged.with_choices([one.words for one in pieces if isinstance(one, Choice)])


def _both(yours: str, theirs: str, code: str) -> str:
    spaced = yours[-1:].isspace() or theirs[:1].isspace() or primary(code) in _UNSPACED
    return f"{yours}{theirs}" if spaced else f"{yours} {theirs}".strip(" ")


def _typed(form: Form) -> dict[str, str]:
    return {
        f"{part}_{code}": getattr(words, part)
        for code, words in form.words().items()
        for part in PARTS
        if f"{part}_{code}" in form.fields
    }


def _kept(posted: QueryDict, form: Form) -> dict[str, str]:
    """What the person wrote before the first merge, where this form carries it."""
    names = [f"{part}_{code}" for code in form.languages for part in PARTS]
    return {
        name: posted.get(f"yours-{name}", posted.get(name, ""))
        for name in names
        if name in form.fields
    }


def _span(posted: QueryDict) -> tuple[int, int]:
    return _number(posted, "from"), _number(posted, "base")


def _number(posted: QueryDict, name: str) -> int:
    given = posted.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def same(one: str, other: str) -> bool:
    """Equal but for line ends, which browsers rewrite."""
    return one.split() == other.split()
