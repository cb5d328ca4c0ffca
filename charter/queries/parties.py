"""The register of parties as of a day, and the delegations they send."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from charter.models import Charter, Delegation, Party, PartyKind, PartyMembership, Standing
from charter.text import register as values


class AtTable(StrEnum):
    """How many of an organisation's members have a delegation."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Tie:
    """A membership: `member` belongs to `organisation`, both by their keys, for some days."""

    id: int
    organisation: int
    member: int
    days: values.Days


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of one party, in one language, as of a day.

    `members` and `organisations` are names of that day; `standing` is None for a party without a
    delegation; `seats` counts the persons in it. `seated` of the members have a delegation. `ties`
    are the memberships in it of all times, `belongings` its own.
    """

    id: int
    kind: PartyKind
    code: str
    names: dict[str, str]
    name: str
    standing: Standing | None
    delegation_id: int | None
    seats: int
    members: tuple[str, ...]
    member_ids: tuple[int, ...]
    organisations: tuple[str, ...]
    organisation_ids: tuple[int, ...] = ()
    seated: int = 0
    ties: tuple[Tie, ...] = ()
    belongings: tuple[Tie, ...] = ()

    @property
    def at_table(self) -> AtTable | None:
        """How much of it is at the table; None for a party without members."""
        if not self.member_ids:
            return None
        if not self.seated:
            return AtTable.NOT
        return AtTable.WHOLLY if self.seated == len(self.member_ids) else AtTable.PARTLY


def register(charter: Charter, language: str, on: date | None = None) -> list[Entry]:
    """Every party by kind and code, as of a day (None: today). Three queries."""
    return _entries(charter, Party.objects.filter(charter=charter), language, on)


def party_of(
    charter: Charter, party: int, language: str = "", on: date | None = None
) -> Entry | None:
    """One entry; None when it is not in this charter's register."""
    language = language or charter.working_language
    rows = Party.objects.filter(charter=charter, pk=party)
    found = _entries(charter, rows, language, on)
    return found[0] if found else None


def register_values(charter: Charter) -> tuple[values.Entry, ...]:
    """The whole register with the memberships of all times, as it is taken away. Three queries."""
    return values_of(register(charter, charter.working_language))


def values_of(entries: Sequence[Entry]) -> tuple[values.Entry, ...]:
    """The same of a whole register that was read."""
    codes = {one.id: one.code for one in entries}
    return tuple(
        values.Entry(
            code=one.code,
            kind=one.kind.value,
            names=one.names,
            standing=one.standing.value if one.standing else "",
            belongings=tuple(
                values.Belonging(codes[tie.organisation], tie.days)
                for tie in sorted(one.belongings, key=lambda tie: codes[tie.organisation])
            ),
        )
        for one in entries
    )


def tie_of(charter: Charter, organisation: int, membership: int) -> Tie | None:
    """One membership in an organisation of this charter."""
    row = PartyMembership.objects.filter(
        organisation__charter=charter, organisation=organisation, pk=membership
    ).first()
    return _tie(row) if row else None


def party_choices(
    charter: Charter, language: str, without: int | None = None
) -> list[tuple[int, str]]:
    """Ids and names of all parties but one, to choose from."""
    rows = Party.objects.filter(charter=charter).exclude(pk=without)
    return [(row.pk, row.name(language)) for row in rows]


def delegation_choices(charter: Charter, language: str) -> list[tuple[int, str]]:
    """Ids and names of the delegations at the table, to choose from."""
    teams = Delegation.objects.filter(charter=charter).select_related("party")
    return [(team.pk, team.party.name(language)) for team in teams]


def _entries(
    charter: Charter, parties: QuerySet[Party], language: str, on: date | None
) -> list[Entry]:
    day = on or timezone.localdate()
    pairs = PartyMembership.objects.filter(organisation__charter=charter)
    members, organisations = defaultdict(list), defaultdict(list)
    for pair in pairs.select_related("organisation", "member").order_by(
        "member__code", F("since").asc(nulls_first=True)
    ):
        members[pair.organisation_id].append(pair)
        organisations[pair.member_id].append(pair)
    teams = {
        team.party_id: team
        for team in Delegation.objects.filter(charter=charter).annotate(seats=Count("memberships"))
    }
    return [
        _entry(row, teams, members[row.pk], organisations[row.pk], language, day) for row in parties
    ]


def _entry(
    row: Party,
    teams: dict[int, Delegation],
    members: list[PartyMembership],
    organisations: list[PartyMembership],
    language: str,
    day: date,
) -> Entry:
    team = teams.get(row.pk)
    ties = tuple(_tie(pair) for pair in members)
    belongings = tuple(_tie(pair) for pair in organisations)
    inside = [pair.member for pair, tie in zip(members, ties, strict=True) if tie.days.hold(day)]
    above = [
        pair.organisation
        for pair, tie in zip(organisations, belongings, strict=True)
        if tie.days.hold(day)
    ]
    above.sort(key=lambda one: one.code)
    return Entry(
        id=row.pk,
        kind=PartyKind(row.kind),
        code=row.code,
        names=row.names,
        name=row.name(language),
        standing=Standing(team.standing) if team else None,
        delegation_id=team.pk if team else None,
        seats=team.seats if team else 0,
        members=tuple(member.name(language) for member in inside),
        member_ids=tuple(member.pk for member in inside),
        organisations=tuple(one.name(language) for one in above),
        organisation_ids=tuple(one.pk for one in above),
        seated=sum(member.pk in teams for member in inside),
        ties=ties,
        belongings=belongings,
    )


def _tie(pair: PartyMembership) -> Tie:
    return Tie(pair.pk, pair.organisation_id, pair.member_id, values.Days(pair.since, pair.until))
