"""Who sat with which delegation when: what somebody wrote stays with the seat they wrote it from.

Read from the log of seatings, so that no later change of a seat, nor its end, says anything else of
what was done before. Revisions go by their number, for the log has the head of each line; what has
no number goes by its moment.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from charter.models import Charter, Seating, SeatingKind

_EVER = datetime.min.replace(tzinfo=UTC)
_SITS = (SeatingKind.SEATED, SeatingKind.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Sat:
    """A person's time in a delegation, of this key and name.

    They wrote from there the revisions after `after`, `upto` the last one, and what was said from
    `since` to before `until`; None: they sit there still.
    """

    person: int
    delegation: int
    name: str
    after: int
    since: datetime
    upto: int | None = None
    until: datetime | None = None

    def wrote(self, number: int) -> bool:
        return self.after < number and (self.upto is None or number <= self.upto)

    def said(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


class Seats:
    """The times of everybody who ever sat with a delegation of a charter."""

    def __init__(self, times: dict[int, list[Sat]]) -> None:
        self._times = times

    def __iter__(self) -> Iterator[Sat]:
        return (sat for times in self._times.values() for sat in times)

    def of_revision(self, number: int, author: int) -> Sat | None:
        """Where the author of a revision sat when it was committed."""
        return next((sat for sat in self._times.get(author, ()) if sat.wrote(number)), None)

    def at(self, moment: datetime, person: int) -> Sat | None:
        """Where a person sat at a moment."""
        return next((sat for sat in self._times.get(person, ()) if sat.said(moment)), None)

    def name_of_revision(self, number: int, author: int) -> str:
        """The name of that delegation, "" for none."""
        sat = self.of_revision(number, author)
        return sat.name if sat else ""

    def name_at(self, moment: datetime, person: int) -> str:
        sat = self.at(moment, person)
        return sat.name if sat else ""


def seats_of(charter: Charter, language: str) -> Seats:
    """All the times, delegations named in the language. One query."""
    lines = Seating.objects.filter(charter=charter, kind__in=(*_SITS, SeatingKind.LEFT))
    times: dict[int, list[Sat]] = defaultdict(list)
    for line in lines.select_related("delegation__party").order_by("pk"):
        own = times[line.person_id]
        name = line.delegation.party.name(language)
        began = Sat(line.person_id, line.delegation_id, name, line.head, line.at)
        if line.kind in _SITS:
            own.append(began)
            continue
        # A seat may be older than the log, which then knows only its end.
        last = own.pop() if own else replace(began, after=0, since=_EVER)
        own.append(replace(last, upto=line.head, until=line.at))
    return Seats(times)
