"""The rolling text: the consolidated text of any revision with all that was open in it then."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from charter.models import (
    Amendment,
    AmendmentDeed,
    AmendmentStatus,
    ChangeState,
    Charter,
    Clause,
    DeedKind,
    ProposedAct,
    ProposedChange,
    Revision,
)
from charter.queries.amendments import proposer, sponsors_by_amendment
from charter.queries.keeping import LaidText, laid_text
from charter.queries.proposing import CHAIR, Proposing, chosen
from charter.text import outline_json
from charter.text.amending import Standing, carry
from charter.text.destination import citations_of
from charter.text.freezing import frozen
from charter.text.numbering import labels
from charter.text.outline import Outline
from charter.text.rolled import Proposal, RolledText, roll_text

SETTLING = (DeedKind.ADOPTED, DeedKind.REJECTED, DeedKind.WITHDRAWN, DeedKind.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Behind:
    """An amendment as a rolling text names it; `by` are its sponsors, the proposer first.

    `delegation` is the key of the proposing one, None where a person who sits with none proposed.
    """

    uuid: UUID
    symbol: str
    title: str
    by: tuple[str, ...]
    delegation: int | None = None
    rationale: str = ""

    @property
    def label(self) -> str:
        """What stands in the bracket: A-12 Belarus, India."""
        return f"{self.symbol} {', '.join(self.by)}"


@dataclass(frozen=True, slots=True)
class RollingPage:
    """The rolling text as of revision `number`, and the amendments in it by their labels.

    `whose` are those whose amendments alone are in it; where it is empty, all are.
    """

    number: int
    text: LaidText
    rolled: RolledText
    behind: Mapping[str, Behind]
    whose: tuple[Proposing, ...] = ()

    def numbered(self, outline: Outline) -> Outline:
        """The outline with the numbers of the text; proposed clauses become bis, ter, quater."""
        base = self.text.outline
        pairs = zip(base.walk(), labels(base), strict=True)
        return frozen(outline, {clause.id: label for (_, clause), label in pairs})

    def cited(self) -> dict[str, str]:
        """The citation of each clause by its id, of the proposed ones too."""
        return citations_of(self.numbered(self.rolled.outline()))


def rolling_text(
    charter: Charter,
    language: str,
    at: int | None = None,
    delegations: Collection[int] | None = None,
) -> RollingPage:
    """The text as of revision `at` (None: the head) with the amendments then on the table.

    With `delegations`, keys of `proposing`, only what those propose or sponsor; NoSuchDelegation
    where one is none. All who read the charter see the same: drafts are in nobody's. Eight queries
    at most.
    """
    whose = () if delegations is None else chosen(charter, language, delegations)
    number = charter.head if at is None else at
    revision = charter.revisions.get(number=number)
    text = laid_text(charter, revision, language)
    moment = end_of(charter, number)
    amendments = on_the_table(charter, moment, delegations)
    sponsors = sponsors_by_amendment([one.pk for one in amendments], language, moment)
    behind = {
        one.pk: Behind(
            uuid=one.uuid,
            symbol=str(one),
            title=one.title,
            by=(proposer(one, language), *sponsors.get(one.pk, ())),
            delegation=one.delegation_id,
            rationale=one.rationale,
        )
        for one in amendments
    }
    changes = asked_then(behind, moment, language)
    proposals = Proposals(text, changes, {key: one.label for key, one in behind.items()})
    rolled = roll_text(text.outline, proposals.all())
    return RollingPage(number, text, rolled, {one.label: one for one in behind.values()}, whose)


def end_of(charter: Charter, number: int) -> datetime | None:
    """When the revision ceased to be the head; None for the head."""
    following = Revision.objects.filter(charter=charter, number=number + 1)
    return following.values_list("committed_at", flat=True).first()


def on_the_table(
    charter: Charter, moment: datetime | None, delegations: Collection[int] | None = None
) -> list[Amendment]:
    """The amendments that were on the table until a moment, or are; of these delegations."""
    rows = Amendment.objects.filter(charter=charter, tabled_at__isnull=False)
    if moment is None:
        rows = rows.filter(status__in=(AmendmentStatus.TABLED, AmendmentStatus.PARTLY_ADOPTED))
    else:
        settled = AmendmentDeed.objects.filter(kind__in=SETTLING, at__lt=moment)
        rows = rows.filter(tabled_at__lt=moment).exclude(
            pk__in=settled.filter(amendment__charter=charter).values("amendment")
        )
    if delegations is not None:
        rows = rows.filter(_of(delegations, moment)).distinct()
    return list(rows.select_related("delegation__party", "author").order_by("number"))


def _of(delegations: Collection[int], moment: datetime | None) -> Q:
    """Amendments that these delegations proposed, or had joined at the moment."""
    joined = Q(sponsorships__delegation__in=delegations)
    if moment is None:
        joined &= Q(sponsorships__left_at=None)
    else:
        joined &= Q(sponsorships__joined_at__lte=moment) & (
            Q(sponsorships__left_at=None) | Q(sponsorships__left_at__gt=moment)
        )
    alone = Q(delegation=None) if CHAIR in delegations else Q(pk__in=())
    return Q(delegation__in=delegations) | joined | alone


def asked_then(
    amendments: Iterable[int], moment: datetime | None, language: str = ""
) -> list[ProposedChange]:
    """What amendments, given by their keys, asked for until a moment, or ask for.

    With a language, of the rewordings only those in it.
    """
    rows = ProposedChange.objects.filter(amendment__in=list(amendments))
    if language:
        rows = rows.filter(Q(language=language) | Q(language="") | ~Q(act=ProposedAct.REWORD))
    if moment is None:
        rows = rows.filter(state=ChangeState.OPEN)
    else:
        rows = rows.filter(made_at__lt=moment).filter(Q(gone_at=None) | Q(gone_at__gte=moment))
    return list(rows.order_by("amendment__number", "place"))


class Proposals:
    """The changes as proposals on the text that is shown."""

    def __init__(
        self, text: LaidText, changes: list[ProposedChange], labels: Mapping[int, str]
    ) -> None:
        self.root = str(text.root)
        self.outline: Outline = text.outline
        self.changes = changes
        self.labels = labels
        self.standing = {clause.id: clause for _, clause in text.outline.walk()}
        self.behind = _standing_siblings(changes, self.standing)

    def all(self) -> list[Proposal]:
        return [self._proposal(change) for change in self.changes]

    def _proposal(self, change: ProposedChange) -> Proposal:
        made = Proposal(
            label=self.labels[change.amendment_id],
            act=ProposedAct(change.act).value,
            clause=self._id(change.clause_id),
            parent=self._id(change.parent_id),
            after=self.behind(change),
        )
        if change.act == ProposedAct.REWORD:
            return self._reworded(made, change)
        if change.act == ProposedAct.INSERT:
            return replace(made, planted=outline_json.decode({"clauses": change.planted}).clauses)
        return made

    def _reworded(self, made: Proposal, change: ProposedChange) -> Proposal:
        clause = self.standing.get(made.clause)
        now = (clause.heading, clause.text) if clause else (self.outline.title, "")
        heading, text = (
            carry(base, proposed, current, change.language)
            for base, proposed, current in zip(
                (change.base_heading, change.base_text),
                (change.heading, change.text),
                now,
                strict=True,
            )
        )
        if Standing.CONFLICT in (heading.standing, text.standing):
            return replace(made, heading=change.heading, text=change.text, fits=False)
        return replace(made, heading=heading.text or "", text=text.text or "")

    def _id(self, clause: UUID | None) -> str:
        return "" if clause is None or str(clause) == self.root else str(clause)


def _standing_siblings(
    changes: Iterable[ProposedChange], standing: Collection[str]
) -> Callable[[ProposedChange], str]:
    """For a change, the clause of the text it is to stand behind: where the one it names was
    struck, the one before that."""
    parents = {change.parent_id for change in changes if change.after_id}
    siblings: dict[UUID, list[UUID]] = {}
    if parents:
        rows = Clause.objects.filter(parent__in=parents).order_by("rank", "id")
        for parent, clause in rows.values_list("parent_id", "id"):
            siblings.setdefault(parent, []).append(clause)

    def behind(change: ProposedChange) -> str:
        if change.after_id is None or str(change.after_id) in standing:
            return "" if change.after_id is None else str(change.after_id)
        line = siblings.get(change.parent_id, [])
        if change.after_id not in line:
            return str(change.after_id)
        before = line[: line.index(change.after_id)]
        return next((str(one) for one in reversed(before) if str(one) in standing), "")

    return behind
