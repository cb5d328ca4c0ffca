"""What a refusal of an action tells programs beside its sentence."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from charter.actions.adopting import Plan
from charter.actions.combining import Combined
from charter.actions.entries import StaleEntry
from charter.actions.refusals import (
    Collide,
    Entangled,
    Flawed,
    HiddenWords,
    Refused,
    StaleWording,
    TooLong,
    Unbalanced,
)
from charter.actions.staleness import StaleClause
from charter.actions.values import Spot
from charter.text.merge import Conflict, Merged, merge
from charter.text.register import Flaw
from charter.text.words import Words


def members(error: Refused) -> dict[str, Any]:
    """The further members of the refusal's problem document."""
    found = _operation(error)
    match error:
        case HiddenWords():
            found |= {"position": error.position, "character": f"U+{ord(error.character):04X}"}
        case Unbalanced():
            found |= {"position": error.position}
        case Flawed():
            found |= {"flaws": flaws_said(error.flaws)}
        case TooLong():
            found |= {"limit": error.limit}
        case StaleWording():
            found |= _stale(error)
        case StaleEntry():
            found |= {"head": error.head}
            found |= {"base": error.base, "theirs": error.theirs, "yours": error.yours}
        case StaleClause():
            found |= {"part": error.part, "head": error.head}
            for side in ("base", "theirs", "yours"):
                found[side] = _property(error.part, getattr(error, side))
        case Entangled():
            found |= entangled_said(error)
        case Collide(plan=Plan() as plan):
            found["plan"] = plan_said(plan)
    return found


def _operation(error: Refused) -> dict[str, Any]:
    """Which operation of a change set it is about, where it is about one."""
    nth = getattr(error, "operation", None)
    if nth is None:
        return {}
    place = {"pointer": f"#/operations/{nth}", "code": error.code, "detail": str(error.message)}
    return {"operation": nth, "errors": [place]}


def _stale(error: StaleWording) -> dict[str, Any]:
    return {
        "language": error.language,
        "head": error.head,
        "base": _words(error.base),
        "theirs": _words(error.theirs),
        "yours": _words(error.yours),
        "merged": {
            "heading": runs(error.merged_heading),
            "text": runs(error.merged_text),
        },
    }


def _property(part: str, value: Spot | str | None) -> dict[str, str | None]:
    if not isinstance(value, Spot):
        return {part: value}
    return {
        "parent": str(value.parent) if value.parent else None,
        "after": str(value.after) if value.after else None,
    }


def flaws_said(flaws: Iterable[Flaw]) -> list[dict[str, Any]]:
    """The mistakes in a file: 0 and "" where none of its lines or columns is meant."""
    return [
        {
            "line": flaw.line,
            "column": flaw.column,
            "detail": gettext(flaw.sentence) % flaw.values,
        }
        for flaw in flaws
    ]


def entangled_said(error: Entangled) -> dict[str, Any]:
    """What must be decided before a revision can be undone, as it goes out."""
    return {
        "number": error.number,
        "head": error.head,
        "words": [
            {
                "clause": str(one.clause),
                "language": one.language,
                "since": one.since,
                "base": _words(one.base),
                "theirs": _words(one.theirs),
                "yours": _words(one.yours),
                "merged": {
                    part: runs(
                        merge(
                            getattr(one.base, part),
                            getattr(one.yours, part),
                            getattr(one.theirs, part),
                            one.language,
                        )
                    )
                    for part in ("heading", "text")
                },
            }
            for one in error.words
        ],
        "hindrances": [
            {
                "key": one.key,
                "act": one.act.value,
                "why": one.why.value,
                "subject": one.subject,
                "can_be_forced": one.can_be_forced,
            }
            for one in error.hindrances
        ],
    }


def plan_said(plan: Plan) -> dict[str, Any]:
    """What an adoption would do, and what hinders it, as it goes out."""
    return {
        "head": plan.head,
        "open": plan.open,
        "words": [_combined(one) for one in plan.words],
        "misfits": [str(one) for one in plan.misfits],
    }


def _combined(one: Combined) -> dict[str, Any]:
    return {
        "clause": str(one.clause),
        "language": one.language,
        "current": _words(one.current),
        "changes": [str(change) for change in one.changes],
        "words": _words(one.words) if one.words else None,
        "collisions": [
            {
                "change": str(found.change),
                "part": found.part,
                "start": found.start,
                "end": found.end,
                "before": found.before,
                "after": found.after,
            }
            for found in one.collisions
        ],
        "conflicts": [str(change) for change in one.conflicts],
    }


def _words(words: Words) -> dict[str, str]:
    return {"heading": words.heading, "text": words.text}


def runs(merged: Merged) -> list[dict[str, Any]]:
    """The merged wording in reading order: settled runs of words, and conflicts with all sides."""
    return [
        {
            "conflict": True,
            "base": chunk.base,
            "theirs": chunk.theirs,
            "yours": chunk.ours,
            "start": chunk.start,
            "end": chunk.end,
        }
        if isinstance(chunk, Conflict)
        else {"conflict": False, "words": chunk.text, "origin": _ORIGINS[chunk.origin]}
        for chunk in merged.chunks
    ]


_ORIGINS = {"base": "base", "ours": "yours", "theirs": "theirs", "both": "both"}
