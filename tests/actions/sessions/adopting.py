"""What is adopted: several changes of any kinds in one revision, rewordings whole or in part."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

import pytest

from charter.actions.adopting import Plan, adopt_changes, plan_adoption
from charter.actions.combining import SettledWords, Taking
from charter.actions.refusals import Collide, Invalid
from charter.actions.values import Words
from charter.models import OPEN_STATUSES, ChangeStanding, ChangeState, ProposedChange
from charter.text.diff import diff
from charter.text.redline import Span
from tests.actions.sessions.editing import differences
from tests.actions.sessions.model import Model, Part
from tests.actions.sessions.proposing import words_asked
from tests.actions.sessions.speech import own
from tests.actions.shapes import Shape, below, lifted

NAMES = ("heading", "text")


class Taken(NamedTuple):
    """A change as it is adopted, with the words that come into each part for it and leave it."""

    change: ProposedChange
    taking: Taking
    added: Mapping[str, set[str]]
    removed: Mapping[str, set[str]]


def adopt(model: Model) -> None:
    """Some of what is open; what does not fit is told by the plan, and the rest is adopted."""
    found = list(model.open())
    clause = model.one_to_word()
    if model.chance.random() < 0.4:  # rivals
        found = [one for one in found if one.act == "reword" and one.clause_id == clause] or found
    count = min(len(found), model.chance.randint(1, 5))
    taken = [_taken(model, one) for one in model.chance.sample(found, count)]
    while taken:
        plan = plan_adoption(**model.act(), takings=[one.taking for one in taken])
        if not plan.open:
            break
        with pytest.raises(Collide) as refused:
            _adopt(model, taken)
        assert refused.value.plan == plan
        model.expect_nothing_new()
        _require_reasons(model, taken, plan)
        if not plan.misfits:
            break
        taken = [one for one in taken if one.change.uuid not in plan.misfits]
    if taken:
        _adopt_all(model, taken, _settled(model, taken, plan))


def _taken(model: Model, change: ProposedChange) -> Taken:
    version = change.amendment.version
    whole = Taking(change.uuid, version)
    if change.act != "reword":
        return Taken(change, whole, {}, {})
    if change.standing == ChangeStanding.CONFLICT or model.chance.random() < 0.5:
        was = Words(change.base_heading, change.base_text)
        return Taken(change, whole, *differences(was, Words(change.heading, change.text)))
    now = model.said(change.clause_id, change.language)
    places, added, removed = {}, {}, {}
    for name in NAMES:
        spans = diff(getattr(now, name), getattr(change, f"carried_{name}"), change.language)
        places[name], added[name], removed[name] = _some(model, spans)
    return Taken(change, Taking(change.uuid, version, **places), added, removed)


def _some(model: Model, spans: Iterable[Span]) -> tuple[frozenset[int], set[str], set[str]]:
    """Some of the places of a redline; what was replaced goes with what replaces it."""
    groups: list[list[tuple[int, Span]]] = [[]]
    for place, span in enumerate(spans):
        if span.op == "equal":
            groups.append([])
        else:
            groups[-1].append((place, span))
    chosen = [one for group in groups if group and model.chance.random() < 0.6 for one in group]
    come = {word for _place, span in chosen if span.op == "insert" for word in own(span.text)}
    gone = {word for _place, span in chosen if span.op == "delete" for word in own(span.text)}
    return frozenset(place for place, _span in chosen), come - gone, gone - come


def _require_reasons(model: Model, taken: Collection[Taken], plan: Plan) -> None:
    """Told is what cannot be made, and beside it only what others of these would undo."""
    standing = {model.laid.root, *model.standing()}
    conflicts = [one.change for one in taken if one.change.standing == ChangeStanding.CONFLICT]
    lost = {one.uuid for one in conflicts if one.act != "reword" or one.clause_id not in standing}
    beside = any(one.change.act in ("move", "strike") for one in taken)
    assert lost <= set(plan.misfits)
    assert lost == set(plan.misfits) or (len(taken) > 1 and beside)
    to_settle = {one.uuid for one in conflicts if one.act == "reword"}
    assert to_settle == {one for words in plan.words for one in words.conflicts}


def _settled(model: Model, taken: Collection[Taken], plan: Plan) -> list[SettledWords]:
    """For what collides, words that say what all wanted, and one more."""
    found = []
    for one in plan.words:
        if one.words is None:
            rivals = [each for each in taken if each.change.uuid in one.changes]
            words = {}
            for name in NAMES:
                now = getattr(one.current, name)
                gone = {word for each in rivals for word in each.removed[name]}
                come = {word for each in rivals for word in each.added[name]} - gone
                kept = [word for word in now.split(" ") if word and word not in gone]
                words[name] = " ".join([*kept, *sorted(come - set(own(now)))])
            more = model.speech.word(one.language)
            words["heading"] = f"{words['heading']} {more}".strip()
            found.append(SettledWords(one.clause, one.language, Words(**words)))
    return found


def _adopt(model: Model, taken: Iterable[Taken], settled: Collection[SettledWords] = ()):
    takings = [one.taking for one in taken]
    return adopt_changes(**model.act(), base=model.head, takings=takings, settled=settled)


def _adopt_all(model: Model, taken: list[Taken], settled: Collection[SettledWords]) -> None:
    must = _wanted(model, taken, settled)
    trees = [one.change for one in taken if one.change.act != "reword"]
    made = [one for one in trees if one.standing != ChangeStanding.MADE]
    if not made and all(model.must.get(part, frozenset()) == said for part, said in must.items()):
        with pytest.raises(Invalid):
            _adopt(model, taken, settled)
        model.expect_nothing_new()
        return
    known = set(model.kinds)
    left = {one.change.pk for one in taken if _is_left(one)}
    done = _adopt(model, taken, settled)
    now = model.read()
    new = set(model.kinds) - known
    must |= {
        part: frozenset(own(text)) for part, text in model.all_said().items() if part.clause in new
    }
    _keep(model, now, made, new, must)
    _require_left(one.change for one in taken if one.change.pk in left)
    adopted = [one for one in taken if one.change.pk not in left]
    _require_kept(model, adopted, {(one.clause, one.language) for one in settled})
    assert set(done.amendments) == {one.change.amendment for one in adopted}


def _wanted(model: Model, taken: Iterable[Taken], settled: Iterable[SettledWords]) -> dict:
    must: dict[Part, frozenset[str]] = {}
    words: dict[tuple, list[Taken]] = {}
    for one in taken:
        if one.change.act == "reword":
            words.setdefault((one.change.clause_id, one.change.language), []).append(one)
    for key, group in words.items():
        added, removed = (
            {name: {word for one in group for word in getattr(one, way)[name]} for name in NAMES}
            for way in ("added", "removed")
        )
        must |= model.with_changes(*key, added, removed)
    for one in settled:
        for name in NAMES:
            part = Part(one.clause, one.language, name)
            must[part] |= set(own(getattr(one.words, name)))
    return must


def _keep(
    model: Model, now: Shape, made: Collection[ProposedChange], new: set[UUID], must: dict
) -> None:
    """Each change of the tree was made, all of them at once, and nothing else moved."""
    moved = [one.clause_id for one in made if one.act == "move"]
    struck = {one.clause_id for one in made if one.act == "strike"}
    was, rest = model.shape, now
    for clause in new:
        rest = lifted(rest, clause, whole=True)[0]
    for clause in moved:
        was, rest = lifted(was, clause)[0], lifted(rest, clause)[0]
    for clause in sorted(struck, key=lambda one: len(below(model.shape, one))):  # inner ones first
        was = model.struck(was, clause)
    assert rest == was
    standing = set(below(now, None))
    assert not struck & standing
    for change in made:
        if change.act != "strike":
            _require_place(model, now, change, new, alone=len(made) == 1)
    come = {word for said in must.values() for word in said}
    assert all(words_asked(one) <= come for one in made if one.act == "insert")
    assert new <= standing
    model.keep(now, must, moved)


def _require_place(
    model: Model, now: Shape, change: ProposedChange, new: set[UUID], *, alone: bool
) -> None:
    held = now.get(model.holder(change), ())
    if change.act == "move":
        assert change.clause_id in held
    else:
        assert new & set(held)
    if alone and (change.after_id is None or change.after_id in held):
        at = held.index(change.after_id) + 1 if change.after_id else 0
        assert held[at] == change.clause_id if change.act == "move" else held[at] in new


def _is_left(one: Taken) -> bool:
    """Whether no word of the change was chosen, so that it is not adopted."""
    chosen = one.taking.heading, one.taking.text
    return one.change.standing != ChangeStanding.MADE and not any(chosen) and None not in chosen


def _require_left(changes: Iterable[ProposedChange]) -> None:
    """What was not taken is asked for as before."""
    for change in changes:
        change.refresh_from_db()
        assert (change.state, change.adopted_in) == (ChangeState.OPEN, None)


def _require_kept(model: Model, taken: Iterable[Taken], settled: Collection[tuple]) -> None:
    """What was left of a change is asked for by its amendment still, or the whole was adopted."""
    rests = list(model.open())
    for change, _taking, added, _removed in taken:
        change.refresh_from_db()
        assert change.state in (ChangeState.ADOPTED, ChangeState.PARTLY_ADOPTED)
        assert change.adopted_in.number == model.head
        theirs = [one for one in rests if one.amendment_id == change.amendment_id]
        if change.act == "reword" and (change.clause_id, change.language) not in settled:
            wanted = words_asked(change) - {word for words in added.values() for word in words}
            asked = {word for one in theirs for word in words_asked(one)}
            said = {word for words in model.must.values() for word in words}
            assert wanted <= asked | said
        change.amendment.refresh_from_db()
        assert (change.amendment.status in OPEN_STATUSES) == bool(theirs)
