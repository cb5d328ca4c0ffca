"""The register of parties, and the delegations they send."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from charter.models import Charter, Delegation, Party, PartyKind, PartyMembership, Standing


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of one party, in one language.

    `members` and `organisations` are names; `standing` is None for a party without a delegation;
    `seats` counts the persons in it.
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


def register(charter: Charter, language: str) -> list[Entry]:
    """Every party by kind and code. Three queries, however many there are."""
    return _entries(charter, Party.objects.filter(charter=charter), language)


def party_of(charter: Charter, party: int, language: str = "") -> Entry | None:
    """One entry; None when it is not in this charter's register."""
    language = language or charter.working_language
    found = _entries(charter, Party.objects.filter(charter=charter, pk=party), language)
    return found[0] if found else None


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


def _entries(charter: Charter, parties: QuerySet[Party], language: str) -> list[Entry]:
    pairs = PartyMembership.objects.filter(organisation__charter=charter)
    members, organisations = defaultdict(list), defaultdict(list)
    for pair in pairs.select_related("organisation", "member").order_by("member__code"):
        members[pair.organisation_id].append(pair.member)
        organisations[pair.member_id].append(pair.organisation)
    teams = {
        team.party_id: team
        for team in Delegation.objects.filter(charter=charter).annotate(seats=Count("memberships"))
    }
    return [
        _entry(row, teams.get(row.pk), members[row.pk], organisations[row.pk], language)
        for row in parties
    ]


def _entry(
    row: Party,
    team: Delegation | None,
    members: list[Party],
    organisations: list[Party],
    language: str,
) -> Entry:
    return Entry(
        id=row.pk,
        kind=PartyKind(row.kind),
        code=row.code,
        names=row.names,
        name=row.name(language),
        standing=Standing(team.standing) if team else None,
        delegation_id=team.pk if team else None,
        seats=team.seats if team else 0,
        members=tuple(member.name(language) for member in members),
        member_ids=tuple(member.pk for member in members),
        organisations=tuple(one.name(language) for one in organisations),
    )
