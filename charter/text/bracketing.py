"""A rolling text written as the table writes it: `shall [endeavour to: A-3] [strive to: A-5]`.

What comes out is a wording in the inline grammar, so that every format can write it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from charter.text.bracketed import Agreed, Alternative, Bracket, Rival, Rolling, Runs
from charter.text.destination import MOVES, citations_of, destination
from charter.text.inline import escaped
from charter.text.outline import Clause, Outline
from charter.text.rolled import Proposal, RolledClause, RolledText


@dataclass(frozen=True, slots=True)
class Manner:
    """How a rolling text is written, in the words of its language.

    `attributed` says whether to name who stands behind an alternative. `alternative` has places
    for the {number} and the {words} of a whole one, `alternative_of` also for {names}. `moves` says
    where a clause goes, by the keys of MOVES.
    """

    attributed: bool = True
    deleted: str = "deleted"
    proposed: str = "proposed"
    conflicting: str = "does not fit the text any more"
    alternative: str = "Alt {number}: {words}"
    alternative_of: str = "Alt {number} ({names}): {words}"
    moves: Mapping[str, str] = field(default_factory=lambda: MOVES)


def written(rolling: Rolling, manner: Manner) -> str:
    """A wording with its open places in square brackets."""
    if rolling.whole:
        return _alternatives(rolling, manner)
    return _runs(rolling.runs, rolling.rivals, manner)


def written_outline(
    text: RolledText, manner: Manner, cited: Mapping[str, str] | None = None
) -> Outline:
    """A whole rolling text as an outline that any writer can write.

    `cited` has the citations of its clauses by id, where it is not numbered as its outline is.
    """
    if cited is None:
        cited = citations_of(text.outline())
    return Outline(
        title=written(text.title, manner),
        clauses=tuple(_clause(one, manner, cited) for one in text.clauses),
        language=text.base.language,
        scheme=text.base.scheme,
    )


def _clause(one: RolledClause, manner: Manner, cited: Mapping[str, str]) -> Clause:
    heading, text = written(one.heading, manner), written(one.text, manner)
    if one.planted:
        by = _by(one.proposed_by, manner)
        if heading:
            heading = f"[{heading}{'' if text else by}]"
        if text or not heading:
            text = f"[{text or manner.proposed}{by}]"
    notes = [
        *(f"[{manner.deleted}{_by((ask.label,), manner)}]" for ask in one.strikes),
        *(_move(ask, manner, cited) for ask in one.moves),
        *(_misfit(ask, manner) for ask in one.misfits),
    ]
    if notes and (text or not heading):
        text = " ".join(filter(None, (text, *notes)))
    elif notes:
        heading = " ".join((heading, *notes))
    children = tuple(_clause(child, manner, cited) for child in one.children)
    return replace(one.clause, heading=heading, text=text, children=children)


def _move(ask: Proposal, manner: Manner, cited: Mapping[str, str]) -> str:
    return f"[{destination(ask, cited).said(manner.moves)}{_by((ask.label,), manner)}]"


def _misfit(ask: Proposal, manner: Manner) -> str:
    words = " ".join(filter(None, (ask.heading, ask.text)))
    return f"[{words}{_by((ask.label, manner.conflicting), manner)}]"


def _alternatives(rolling: Rolling, manner: Manner) -> str:
    return " ".join(
        f"[{_alternative(number, one, rolling, manner)}]"
        for number, one in enumerate(rolling.alternatives, 1)
    )


def _alternative(number: int, one: Alternative, rolling: Rolling, manner: Manner) -> str:
    words = _runs(one.runs, rolling.rivals, manner).strip() or manner.deleted
    names = _behind(one, rolling.rivals, manner)
    said = manner.alternative_of if names else manner.alternative
    return said.format(number=number, names=names, words=words)


def _runs(runs: Runs, rivals: Sequence[Rival], manner: Manner) -> str:
    text = ""
    for run in runs:
        piece = run.text if isinstance(run, Agreed) else _bracket(run, rivals, manner)
        if text.endswith(" ") and piece.startswith(" "):
            piece = piece[1:]
        text += piece
    return text


def _bracket(bracket: Bracket, rivals: Sequence[Rival], manner: Manner) -> str:
    """The alternatives, each in its brackets; the space at their edges stands outside."""
    sides = [(one, _runs(one.runs, rivals, manner)) for one in bracket.alternatives]
    said = [
        f"[{words.strip() or manner.deleted}{_after(_behind(one, rivals, manner))}]"
        for one, words in sides
        if words.strip() or not one.retained
    ]
    words = [side for _, side in sides if side]
    before = " " if any(side[0].isspace() for side in words) else ""
    after = " " if any(side[-1].isspace() for side in words) else ""
    return before + " ".join(said) + after


def _behind(one: Alternative, rivals: Sequence[Rival], manner: Manner) -> str:
    return "" if one.retained else _named([rivals[number].label for number in one.rivals], manner)


def _by(labels: Sequence[str], manner: Manner) -> str:
    return _after(_named(labels, manner))


def _named(labels: Sequence[str], manner: Manner) -> str:
    return ", ".join(escaped(label) for label in labels if label) if manner.attributed else ""


def _after(names: str) -> str:
    return f": {names}" if names else ""
