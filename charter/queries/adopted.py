"""The amendments that revisions adopted, with those who stood behind them at the time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from charter.models import Amendment, Charter, Revision, Sponsorship
from charter.queries.amendments import proposer


@dataclass(frozen=True, slots=True)
class AdoptedAmendment:
    """An amendment as a revision names it; `by` are its sponsors then, the proposer first."""

    uuid: UUID
    symbol: str
    title: str
    by: tuple[str, ...]

    @property
    def attribution(self) -> str:
        """Who stood behind it."""
        return ", ".join(self.by)


def adopted_in(
    charter: Charter, revisions: Iterable[Revision], language: str
) -> dict[int, tuple[AdoptedAmendment, ...]]:
    """What each of these revisions adopted, by number; those that adopted nothing are left out.

    Two queries, none when nothing was adopted.
    """
    rows = [(one.number, one.adopted, one.committed_at) for one in revisions if one.adopted]
    named = {uuid for _number, adopted, _at in rows for uuid in adopted}
    if not named:
        return {}
    amendments = {
        one.uuid: one
        for one in Amendment.objects.filter(charter=charter, uuid__in=named).select_related(
            "delegation__party", "author"
        )
    }
    joined = _sponsorships(amendments.values())
    return {
        number: tuple(
            _named(amendments[uuid], joined[amendments[uuid].pk], language, at) for uuid in adopted
        )
        for number, adopted, at in rows
    }


def _sponsorships(amendments: Iterable[Amendment]) -> dict[int, list[Sponsorship]]:
    found: dict[int, list[Sponsorship]] = defaultdict(list)
    rows = Sponsorship.objects.filter(amendment__in=list(amendments))
    for one in rows.select_related("delegation__party"):
        found[one.amendment_id].append(one)
    return found


def _named(
    amendment: Amendment, joined: Iterable[Sponsorship], language: str, at: datetime
) -> AdoptedAmendment:
    sponsors = (
        one.delegation.party.name(language)
        for one in joined
        if one.joined_at <= at and (one.left_at is None or one.left_at > at)
    )
    by = (proposer(amendment, language), *sponsors)
    return AdoptedAmendment(amendment.uuid, str(amendment), amendment.title, by)
