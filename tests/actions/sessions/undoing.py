"""What one revision did, taken back: the last exactly, an earlier as far as others left it."""

from collections.abc import Iterable
from uuid import UUID

from charter.actions.refusals import Entangled, WordsMeet
from charter.actions.settling import Settled
from charter.actions.undoing import undo_revision
from charter.actions.values import Words
from tests.actions.sessions.model import Model, Must, Part
from tests.actions.sessions.speech import own
from tests.actions.shapes import Shape, below, lifted

NAMES = ("heading", "text")


def undo_last(model: Model) -> None:
    """The text is what it was before, to the letter."""
    number = model.head
    if number - 1 not in model.past:
        return
    assert not _undone(model, number)
    for language in ("en", "ru"):
        before, after = (model.texts[at, language] for at in (number - 1, number + 1))
        assert after == before


def undo(model: Model) -> None:
    """An earlier revision: what others made of it since is asked about, and settled by a person."""
    known = [number for number in model.past if number - 1 in model.past]
    if known:
        _undone(model, model.chance.choice(known))


def _undone(model: Model, number: int) -> bool:
    """Undo a revision, and require that it took back what it should; whether it was entangled."""
    settled, met = Settled(model.head), False
    while True:
        try:
            done = undo_revision(**model.act(), number=number, settled=settled)
            break
        except Entangled as entangled:
            model.expect_nothing_new()
            assert entangled.words or entangled.hindrances
            met, settled = True, _decided(model, number, settled, entangled)
    if done.revision is None:
        model.expect_nothing_new()
    else:
        _require_back(model, number, settled, met)
    return met


def _decided(model: Model, number: int, settled: Settled, entangled: Entangled) -> Settled:
    """Acts in the way are left; words are settled by taking this out and putting that in."""
    left = {one.key for one in entangled.hindrances}
    words = {(one.clause, one.language): _both(model, number, one) for one in entangled.words}
    assert not left <= settled.left or words.keys() - settled.words.keys()
    return Settled(model.head, {**settled.words, **words}, settled.left | left)


def _both(model: Model, number: int, meet: WordsMeet) -> Words:
    said = {}
    for name in NAMES:
        part = Part(meet.clause, meet.language, name)
        come, gone = _differences(model, number, part)
        words = getattr(meet.theirs, name).split(" ")
        kept = [word for word in words if word and not come & set(own(word))]
        more = gone - set(own(" ".join(kept)))
        for word in more:
            model.wrote[word].add(model.head + 1)
        said[name] = " ".join([*kept, *sorted(more)])
    return Words(**said)


def _differences(model: Model, number: int, part: Part) -> tuple[frozenset, frozenset]:
    """The words that a revision brought into a part, and those that it took out."""
    was, now = (model.past[at].must.get(part, frozenset()) for at in (number - 1, number))
    return now - was, was - now


def _require_back(model: Model, number: int, settled: Settled, met: bool) -> None:
    was, past = model.shape, model.past[number]
    before = model.past[number - 1]
    now = model.read()
    returned = {one for one in past.gone - before.gone if one in model.gone}
    going = {one for one in (past.born | (before.gone - past.gone)) if one not in model.gone}
    left = {UUID(key.partition(":")[2]) for key in settled.left}
    come_back = [one for one in returned if one not in left]
    leaving = going - left
    moved = past.moved - going
    _require_tree(model, was, now, come_back, leaving, moved)
    _require_places(model, now, number, [one for one in moved if one not in left])
    must = _must_after(model, now, number, past.born)
    model.keep(now, must, past.moved)


def _require_tree(
    model: Model,
    was: Shape,
    now: Shape,
    come_back: Iterable[UUID],
    leaving: set[UUID],
    moved: Iterable[UUID],
) -> None:
    """What goes is gone with all in it, what returns has all in it, and the rest stands still."""
    standing, before = set(below(now, None)), set(below(was, None))
    for clause in moved:
        was, now = lifted(was, clause)[0], lifted(now, clause)[0]
    assert not standing & set(leaving)
    shapes = (was, *model.gone.values())  # what goes with another is not struck by itself
    inner = {one for shape in shapes for outer in leaving for one in shape.get(outer, ())}
    for clause in leaving - inner:
        if clause in before:
            was = model.struck(was, clause)
        else:
            _out_of_what_is_gone(model, clause)
    for clause in come_back:
        assert clause in standing or clause not in model.gone
        now = lifted(now, clause, whole=True)[0]
        model.gone.pop(clause)
    assert now == was


def _out_of_what_is_gone(model: Model, clause: UUID) -> None:
    for outer, shape in list(model.gone.items()):
        if clause in below(shape, outer):
            model.gone[outer] = model.struck(shape, clause)
            return


def _require_places(model: Model, now: Shape, number: int, moved: Iterable[UUID]) -> None:
    """What it moved stands again in what it stood in."""
    standing = set(below(now, None))
    before = model.past[number - 1].shape
    for clause in moved:
        if clause in standing:
            (holder,) = [one for one, held in now.items() if clause in held]
            assert clause in before.get(holder, ())


def _must_after(model: Model, now: Shape, number: int, born: frozenset[UUID]) -> Must:
    """Words of a clause that stands go back; those of one that does not may have gone back."""
    standing = {model.laid.root, *below(now, None)}
    said, must = model.all_said(), {}
    for part in {*model.past[number].must, *model.past[number - 1].must}:
        come, gone = _differences(model, number, part)
        if (come or gone) and part.clause not in born:
            is_now = model.must.get(part, frozenset())
            back = (is_now | gone) - come
            if part.clause not in standing and set(own(said.get(part, ""))) == is_now:
                back = is_now
            must[part] = back
    return must
