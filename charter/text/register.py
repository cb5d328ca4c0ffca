"""The register of parties as values: who is in it, and who belonged to whom from when to when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

STATE = "state"
KINDS = (STATE, "organisation", "format")
STANDINGS = ("initiator", "participant", "invited", "observer")


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both included; None is open."""

    since: date | None = None
    until: date | None = None

    @property
    def in_order(self) -> bool:
        return self.since is None or self.until is None or self.since <= self.until

    @property
    def known(self) -> bool:
        """Whether either end is."""
        return self.since is not None or self.until is not None

    def hold(self, day: date) -> bool:
        """Whether the day is one of these."""
        return (self.since or date.min) <= day <= (self.until or date.max)

    def meet(self, other: "Days") -> bool:
        """Whether there is a day in both."""
        begins = max(self.since or date.min, other.since or date.min)
        return begins <= min(self.until or date.max, other.until or date.max)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Days of membership in an organisation or a format, which goes by its code."""

    organisation: str
    days: Days = Days()


@dataclass(frozen=True, slots=True)
class Entry:
    """A party. `names` by language; `standing` is "" where it has no delegation."""

    code: str
    kind: str
    names: Mapping[str, str]
    standing: str = ""
    belongings: tuple[Belonging, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a file: in which line (from 1, 0 for none) and under which heading.

    `sentence` is as the catalogue has it, before `values` are put in.
    """

    line: int
    column: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.values


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A party as a file has it; what the file leaves out is "" or missing.

    `lines` says where what stood, by heading; `belonging_lines` goes along with the belongings.
    """

    entry: Entry
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)
    belonging_lines: tuple[int, ...] = ()

    def line_of(self, column: str) -> int:
        return self.lines.get(column, self.line)


def digest(entries: Iterable[Entry]) -> str:
    """What tells one state of the register from another."""
    said = [
        (
            one.code,
            one.kind,
            sorted(one.names.items()),
            one.standing,
            sorted((held.organisation, str(held.days)) for held in one.belongings),
        )
        for one in sorted(entries, key=lambda one: one.code)
    ]
    return sha256(repr(said).encode()).hexdigest()[:32]
