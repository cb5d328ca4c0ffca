"""What a file would change in the register of parties.

What a file does not say stays, unless it is taken for the whole register. Of two periods of the
same membership that share a day the file's corrects the other; one without any day says only that
there is a membership, and leaves the days that are known.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from charter.text.register import STATE, Belonging, Days, Entry, Flaw, ReadEntry

FLAWS = 100  # that are told of one kind


class Doing(StrEnum):
    """What becomes of a party."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Detail:
    """A value that changes: `what` is kind, standing, name_en or member_of.

    A membership is given as its Belonging, all else as text; None or "" where there is nothing.
    """

    what: str
    before: str | Belonging | None
    after: str | Belonging | None


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one party: None before it is there, and after it is gone."""

    doing: Doing
    before: Entry | None
    after: Entry | None
    details: tuple[Detail, ...] = ()

    @property
    def entry(self) -> Entry:
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Changes:
    """The steps in the order of the file, then what is not in it; or the flaws that forbid them."""

    steps: tuple[Step, ...]
    flaws: tuple[Flaw, ...]

    def of(self, doing: Doing) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.doing is doing)

    @property
    def changed(self) -> bool:
        return any(step.doing is not Doing.LEAVE for step in self.steps)


def _(sentence: str) -> str:
    """Marks a sentence for the catalogue of translations; the page that says it translates it."""
    return sentence


def changes(current: Sequence[Entry], read: Sequence[ReadEntry], *, whole: bool) -> Changes:
    """What the file does. `whole`: what is not in it is taken out."""
    known = {entry.code: entry for entry in current}
    flaws: list[Flaw] = []
    after: dict[str, Entry] = {}
    for one in read:
        after[one.entry.code] = _merged(known.get(one.entry.code), one, whole, flaws)
    for entry in current:
        if not whole:
            after.setdefault(entry.code, entry)
    kept = {code for code in known if code in after}
    flaws += islice(_astray(after, {one.entry.code: one for one in read}), FLAWS)
    steps = [_step(known.get(code), entry) for code, entry in after.items()]
    gone = [_step(entry, None) for code, entry in known.items() if code not in kept]
    return Changes((*steps, *gone), tuple(sorted(flaws, key=lambda flaw: flaw.line)))


def _merged(before: Entry | None, one: ReadEntry, whole: bool, flaws: list[Flaw]) -> Entry:
    said = one.entry
    kind = said.kind or (before.kind if before else "")
    if not kind:
        flaws.append(Flaw(one.line, "kind", _("A new party needs a kind.")))
    stays = {} if before is None or whole else before.names
    names = {**stays, **said.names}
    if not names:
        flaws.append(Flaw(one.line, "name", _("A party needs a name.")))
    standing = said.standing or ("" if before is None or whole else before.standing)
    return Entry(said.code, kind, names, standing, _belongings(before, one, whole, flaws))


def _belongings(
    before: Entry | None, one: ReadEntry, whole: bool, flaws: list[Flaw]
) -> tuple[Belonging, ...]:
    there: dict[str, list[Days]] = {}
    for belonging in before.belongings if before else ():
        there.setdefault(belonging.organisation, []).append(belonging.days)
    given: dict[str, list[tuple[Days, int]]] = {}
    for belonging, line in zip(one.entry.belongings, one.belonging_lines, strict=True):
        given.setdefault(belonging.organisation, []).append((belonging.days, line))
    found = []
    for organisation in (*there, *(code for code in given if code not in there)):
        old, new = there.get(organisation, []), given.get(organisation, [])
        found += [
            Belonging(organisation, days) for days in _periods(old, new, one.line, whole, flaws)
        ]
    return tuple(sorted(found, key=belonging_order))


def _periods(
    old: Sequence[Days],
    new: Sequence[tuple[Days, int]],
    line: int,
    whole: bool,
    flaws: list[Flaw],
) -> list[Days]:
    """The periods of one pair afterwards."""
    left = [days for days in old if all(days != said for said, _line in new)]
    found: list[Days] = []
    for days, at in new:
        if days in old or whole:
            met: list[Days] = []
        elif not days.known and old:
            continue
        else:
            met = [other for other in left if other.meet(days)]
        if len(met) > 1:
            flaws.append(
                Flaw(at, "since", _("These days meet several memberships that are there."))
            )
        for other in met:
            left.remove(other)
        if any(days.meet(other) for other in found):
            flaws.append(Flaw(at, "since", _("These days are in another line, too.")))
        found.append(days)
    if whole:
        return found
    for days in found:
        if any(days.meet(other) for other in left):
            at = next((at for said, at in new if said == days), line)
            flaws.append(Flaw(at, "since", _("These days meet a membership that is there.")))
    return [*left, *found]


def _astray(after: Mapping[str, Entry], read: Mapping[str, ReadEntry]) -> Iterable[Flaw]:
    """Memberships in what is not there, in a state, or in oneself."""
    told: set[tuple[int, str, str]] = set()
    for entry in after.values():
        for belonging in entry.belongings:
            sentence = _fault(entry, belonging, after)
            if not sentence:
                continue
            place = (*_place(entry, belonging, read), belonging.organisation)
            if place not in told:
                told.add(place)
                yield Flaw(place[0], place[1], sentence, {"code": belonging.organisation})


def _fault(entry: Entry, belonging: Belonging, after: Mapping[str, Entry]) -> str:
    holder = after.get(belonging.organisation)
    if holder is None:
        return _("There is no party “%(code)s” in the register or in the file.")
    if holder.code == entry.code:
        return _("An organisation is not its own member.")
    if holder.kind == STATE:
        return _("“%(code)s” is a state and has no member parties.")
    return ""


def _place(entry: Entry, belonging: Belonging, read: Mapping[str, ReadEntry]) -> tuple[int, str]:
    """Where the file says so: of the membership, else of the organisation."""
    one = read.get(entry.code)
    if one is not None:
        for said, line in zip(one.entry.belongings, one.belonging_lines, strict=True):
            if said.organisation == belonging.organisation:
                return line, "member_of"
    holder = read.get(belonging.organisation)
    return (holder.line_of("kind"), "kind") if holder else (0, "member_of")


def belonging_order(belonging: Belonging) -> tuple[str, str]:
    """Memberships stand by organisation and then by their first day."""
    return (
        belonging.organisation,
        belonging.days.since.isoformat() if belonging.days.since else "",
    )


def _step(before: Entry | None, after: Entry | None) -> Step:
    if before is None:
        return Step(Doing.ADD, None, after)
    if after is None:
        return Step(Doing.REMOVE, before, None)
    before = replace(before, belongings=tuple(sorted(before.belongings, key=belonging_order)))
    details = tuple(_details(before, after))
    return Step(Doing.CHANGE if details else Doing.LEAVE, before, after, details)


def _details(before: Entry, after: Entry) -> Iterable[Detail]:
    if before.kind != after.kind:
        yield Detail("kind", before.kind, after.kind)
    for language in dict.fromkeys((*before.names, *after.names)):
        was, now = before.names.get(language, ""), after.names.get(language, "")
        if was != now:
            yield Detail(f"name_{language}", was, now)
    if before.standing != after.standing:
        yield Detail("standing", before.standing, after.standing)
    yield from _membership_details(before.belongings, after.belongings)


def _membership_details(
    before: Collection[Belonging], after: Collection[Belonging]
) -> Iterable[Detail]:
    gone = [one for one in before if one not in after]
    for one in after:
        if one in before:
            continue
        old = next((other for other in gone if _corrects(one, other)), None)
        if old is not None:
            gone.remove(old)
        yield Detail("member_of", old, one)
    for one in gone:
        yield Detail("member_of", one, None)


def _corrects(one: Belonging, other: Belonging) -> bool:
    return one.organisation == other.organisation and one.days.meet(other.days)
