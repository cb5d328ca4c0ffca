"""Who belongs to which organisation, and from when to when. No two periods share a day."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions.parties import find_party, open_register, tell
from charter.actions.refusals import AlreadyThere, Invalid, NoSuch
from charter.models import Charter, Party, PartyKind, PartyMembership


def add_party_member(
    *,
    actor: Person,
    charter: Charter | int,
    organisation: int,
    member: int,
    since: date | None = None,
    until: date | None = None,
    at: datetime | None = None,
) -> PartyMembership:
    """A party belongs to an organisation or a format; a day that is None is open.

    AlreadyThere when one of the days is in another of its memberships.
    """
    with transaction.atomic():
        row = open_register(actor, charter)
        holder = _holder(row, organisation, [member])
        made = PartyMembership(organisation=holder, member=find_party(row, member))
        _save(made, since, until)
        tell(actor, holder, made.member.code)
    return made


def change_party_member(
    *,
    actor: Person,
    charter: Charter | int,
    membership: int,
    since: date | None,
    until: date | None,
    at: datetime | None = None,
) -> PartyMembership:
    """Correct the days of a membership."""
    with transaction.atomic():
        made = _find(open_register(actor, charter), membership)
        _save(made, since, until)
        tell(actor, made.organisation, made.member.code)
    return made


def remove_party_member(
    *, actor: Person, charter: Charter | int, membership: int, at: datetime | None = None
) -> None:
    """Take a membership out, as one that never was. Who left has a last day instead."""
    with transaction.atomic():
        gone = _find(open_register(actor, charter), membership)
        tell(actor, gone.organisation, gone.member.code)
        gone.delete()


def set_party_members(
    *,
    actor: Person,
    charter: Charter | int,
    organisation: int,
    members: Collection[int],
    on: date | None = None,
    at: datetime | None = None,
) -> None:
    """Say which parties belong to an organisation or a format on a day (None: today).

    The days of those who stay stay. Of those who are not among them the membership of that day is
    taken out; those who had left before come in again from that day.
    """
    wanted, day = set(members), on or timezone.localdate()
    with transaction.atomic():
        row = open_register(actor, charter)
        holder = _holder(row, organisation, wanted)
        there = PartyMembership.objects.filter(organisation=holder)
        standing = _holding(there, day)
        gone, _by_table = standing.exclude(member__in=wanted).delete()
        missing = wanted - set(standing.values_list("member", flat=True))
        PartyMembership.objects.bulk_create(
            PartyMembership(
                organisation=holder, member_id=member, **_room(there.filter(member=member), day)
            )
            for member in sorted(missing)
        )
        if gone or missing:
            tell(actor, holder)


def _room(others: QuerySet[PartyMembership], day: date) -> dict[str, date | None]:
    """The days around `day` in which somebody with these memberships may have another one."""
    before = others.filter(until__lt=day).exists()
    following = others.filter(since__gt=day).order_by("since").first()
    return {
        "since": day if before else None,
        "until": following.since - timedelta(days=1) if following and following.since else None,
    }


def _holding(rows: QuerySet[PartyMembership], day: date) -> QuerySet[PartyMembership]:
    return rows.filter(
        Q(since=None) | Q(since__lte=day),
        Q(until=None) | Q(until__gte=day),
    )


def _holder(charter: Charter, organisation: int, members: Collection[int]) -> Party:
    """The organisation these parties of the charter may belong to."""
    holder = find_party(charter, organisation)
    if members and holder.kind == PartyKind.STATE:
        raise Invalid(_("A state has no member parties."))
    if holder.pk in members:
        raise Invalid(_("An organisation is not its own member."))
    if Party.objects.filter(charter=charter, pk__in=members).count() != len(members):
        raise NoSuch(_("There is no such party in this charter."))
    return holder


def _find(charter: Charter, membership: int) -> PartyMembership:
    rows = PartyMembership.objects.select_related("organisation", "member")
    row = rows.filter(organisation__charter=charter, pk=membership).first()
    if row is None:
        raise NoSuch(_("There is no such membership in this charter."))
    return row


def _save(made: PartyMembership, since: date | None, until: date | None) -> None:
    if since and until and since > until:
        raise Invalid(_("The last day lies before the first one."))
    made.since, made.until = since, until
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise AlreadyThere(
            _("It is a member already on some of these days, by another entry.")
        ) from None
