"""What an amendment asks for: new words, clauses put in, struck and moved.

A draft is rewritten in place. What was tabled is read by others, so there a change that gives way
to another stays, marked as dropped.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate, trees
from charter.actions.amendment_anchoring import carry_over, let_go
from charter.actions.amendments import require_room_on_the_clauses, touch
from charter.actions.carrying import settle
from charter.actions.docket import Proposer, come_forward, find_own
from charter.actions.plantable import height, plantable
from charter.actions.planting import require_depth
from charter.actions.refusals import Invalid, Missing, NoSuch, TooLong, WouldNotNest
from charter.actions.rewording import require_languages, require_title
from charter.actions.values import Words
from charter.models import (
    Amendment,
    AmendmentStatus,
    ChangeState,
    Charter,
    Clause,
    ProposedAct,
    ProposedChange,
)
from charter.queries.states import words_at
from charter.text import outline as outlines
from charter.text import outline_json

CHANGES = 500  # of one amendment


def propose_rewording(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    clause: UUID,
    language: str,
    base: int,
    words: Words,
    version: int | None = None,
    at: datetime | None = None,
) -> ProposedChange:
    """Ask that the clause, as it was seen in revision `base`, say these words in this language.

    Takes the place of what the amendment asked of these words before. The root's heading is the
    title of the charter. Invalid where the words are those of `base`, or a title has a text.
    """
    given = gate.words(words)
    with transaction.atomic():
        proposer, found = _open(actor, charter, amendment, version)
        require_languages(proposer.charter, [language])
        row = trees.standing(proposer.charter, clause)[0]
        was = _words(proposer, row, language, base)
        gate.balanced(given, was)
        if row.parent_id is None:
            require_title(proposer.charter, language, given)
        if given == was:
            raise Invalid(_("These are the words of the text."))
        change = ProposedChange(
            act=ProposedAct.REWORD,
            base=base,
            clause=row,
            language=language,
            base_heading=was.heading,
            base_text=was.text,
            heading=given.heading,
            text=given.text,
        )
        same = {"act": ProposedAct.REWORD, "clause": row, "language": language}
        _put(proposer, found, change, same, at)
    return change


def propose_insertion(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    clauses: Sequence[outlines.Clause],
    language: str,
    parent: UUID | None = None,
    after: UUID | None = None,
    change: UUID | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> ProposedChange:
    """Ask that these clauses stand in `parent` (None: the top level) behind `after`, or first.

    `change` names an insertion of this amendment that the new one takes the place of.
    """
    planted = plantable(clauses)
    with transaction.atomic():
        proposer, found = _open(actor, charter, amendment, version)
        require_languages(proposer.charter, [language])
        holder, behind, depth = _place(proposer, parent, after)
        for one in planted:
            trees.require_nesting(holder, one.kind)
            require_depth(depth + height(one))
        made = ProposedChange(
            act=ProposedAct.INSERT,
            base=proposer.charter.head,
            language=language,
            parent=holder,
            after=behind,
            planted=outline_json.encode(outlines.Outline(clauses=planted))["clauses"],
        )
        _put(proposer, found, made, {"uuid": change} if change else None, at)
    return made


def propose_strike(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    clause: UUID,
    version: int | None = None,
    at: datetime | None = None,
) -> ProposedChange:
    """Ask that the clause leave the text with all below it."""
    with transaction.atomic():
        proposer, found = _open(actor, charter, amendment, version)
        row = trees.standing_unit(proposer.charter, clause)
        change = ProposedChange(act=ProposedAct.STRIKE, base=proposer.charter.head, clause=row)
        _put(proposer, found, change, {"act": ProposedAct.STRIKE, "clause": row}, at)
    return change


def propose_move(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    clause: UUID,
    parent: UUID | None = None,
    after: UUID | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> ProposedChange:
    """Ask that the clause stand in `parent` (None: the top level) behind `after`, or first."""
    with transaction.atomic():
        proposer, found = _open(actor, charter, amendment, version)
        row = trees.standing_unit(proposer.charter, clause)
        holder, behind, depth = _place(proposer, parent, after)
        line = trees.lineage(proposer.charter, holder.pk)
        if any(outer.pk == row.pk for outer in line) or (behind and behind.pk == row.pk):
            raise WouldNotNest(_("A clause cannot stand inside itself."))
        trees.require_nesting(holder, row.kind)
        require_depth(depth + trees.height(row))
        change = ProposedChange(
            act=ProposedAct.MOVE,
            base=proposer.charter.head,
            clause=row,
            parent=holder,
            after=behind,
        )
        _put(proposer, found, change, {"act": ProposedAct.MOVE, "clause": row}, at)
    return change


def drop_change(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    change: UUID,
    version: int | None = None,
    at: datetime | None = None,
) -> Amendment:
    """Ask for this no longer."""
    with transaction.atomic():
        proposer, found = _open(actor, charter, amendment, version)
        old = _change(found, change)
        if (
            found.status != AmendmentStatus.DRAFT
            and found.changes.filter(state=ChangeState.OPEN).count() == 1
        ):
            raise Missing(_("An amendment asks for something. Withdraw it instead."))
        _drop(found, old, at or timezone.now())
        touch(found, proposer, at)
    return found


def _open(
    actor: Person, charter: Charter | int, amendment: UUID, version: int | None
) -> tuple[Proposer, Amendment]:
    proposer = come_forward(actor, charter)
    return proposer, find_own(proposer, amendment, version)


def _words(proposer: Proposer, row: Clause, language: str, base: int) -> Words:
    if not 1 <= base <= proposer.charter.head:
        raise NoSuch(_("There is no such revision in this charter."))
    return words_at(row.pk, [language], base).get(language, Words())


def _place(
    proposer: Proposer, parent: UUID | None, after: UUID | None
) -> tuple[Clause, Clause | None, int]:
    """The clause to stand in, the one to stand behind, and how many are around the place."""
    line, behind = trees.place_for(proposer.charter, parent, after, None)
    return line[0], behind, len(line) - 1


def _change(amendment: Amendment, change: UUID) -> ProposedChange:
    found = amendment.changes.filter(uuid=change, state=ChangeState.OPEN).first()
    if found is None:
        raise NoSuch(_("The amendment asks for no such change."))
    return found


def _put(
    proposer: Proposer,
    amendment: Amendment,
    change: ProposedChange,
    same: dict[str, object] | None,
    at: datetime | None,
) -> None:
    """Add the change to the amendment, in the place of the open one that is asked for the same."""
    open_ones = amendment.changes.filter(state=ChangeState.OPEN)
    old = open_ones.filter(**same).first() if same else None
    if same and "uuid" in same and (old is None or old.act != change.act):
        raise NoSuch(_("The amendment asks for no such change."))
    if old is None and open_ones.count() >= CHANGES:
        raise TooLong(
            _("An amendment asks for at most %(limit)d changes.") % {"limit": CHANGES}, CHANGES
        )
    if old is None and amendment.status != AmendmentStatus.DRAFT:
        require_room_on_the_clauses(proposer, [change])
    last = amendment.changes.order_by("-place").values_list("place", flat=True).first() or 0
    change.amendment, change.place = amendment, last + 1
    change.carried_at = proposer.charter.head
    change.made_at = at or timezone.now()
    settle([change], proposer.charter)
    if old is None:
        change.save(force_insert=True)
    else:
        _replace(amendment, old, change)
        carry_over(old, change)
    touch(amendment, proposer, at)


def _replace(amendment: Amendment, old: ProposedChange, change: ProposedChange) -> None:
    if amendment.status == AmendmentStatus.DRAFT:
        change.pk, change.uuid, change.place = old.pk, old.uuid, old.place
        change.save(force_update=True)
    else:
        _drop(amendment, old, change.made_at)
        change.save(force_insert=True)


def _drop(amendment: Amendment, change: ProposedChange, at: datetime) -> None:
    if amendment.status == AmendmentStatus.DRAFT:
        let_go(change)
        change.delete()
    else:
        change.state, change.gone_at = ChangeState.DROPPED, at
        change.save(update_fields=["state", "gone_at"])
