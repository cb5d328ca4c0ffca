"""What an adoption leaves of the changes it took: each adopted, its rest a change of its own."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Max

from charter.actions.amendment_anchoring import carry_over
from charter.actions.carrying import settle
from charter.actions.combining import Combined, Taking, takes_all
from charter.actions.drafts import Draft
from charter.actions.values import Words
from charter.models import ChangeState, ProposedChange
from charter.text.merge import merge


def record(
    draft: Draft,
    chosen: Iterable[tuple[Taking, ProposedChange]],
    words: Iterable[Combined],
    decided: Collection[tuple[UUID, str]],
) -> None:
    """Mark what a committed draft adopted, and put what was left of a change in a new one.

    `words` are what the changes made of each wording; `decided` the clauses and languages whose
    words a person settled, so that nothing of their changes is left.
    """
    made = {(one.clause, one.language): one for one in words}
    rests: list[tuple[ProposedChange, ProposedChange]] = []
    for taking, change in chosen:
        key = change.clause_id, change.language
        combined = made.get(key)
        whole = combined is None or key in decided or takes_all(taking, change, combined.current)
        change.state = ChangeState.ADOPTED if whole else ChangeState.PARTLY_ADOPTED
        change.adopted_in, change.gone_at = draft.revision, draft.at
        change.save(update_fields=["state", "adopted_in", "gone_at"])
        if not whole:
            rests.append((change, _rest(change, combined, draft.revision.number)))
    settle([rest for _change, rest in rests], draft.charter)
    for change, rest in rests:
        rest.made_at = draft.at
        last = rest.amendment.changes.aggregate(Max("place"))["place__max"]
        rest.place = last + 1
        rest.save(force_insert=True)
        carry_over(change, rest)


def _rest(change: ProposedChange, combined: Combined, number: int) -> ProposedChange:
    """What a change still asks for once part of it is in the text of revision `number`."""
    wanted = Words(change.carried_heading, change.carried_text)
    result = combined.words
    if len(combined.changes) > 1:
        heading, text = (
            merge(now, mine, made, change.language).text
            for now, mine, made in zip(
                (combined.current.heading, combined.current.text),
                (wanted.heading, wanted.text),
                (result.heading, result.text),
                strict=True,
            )
        )
        if heading is None or text is None:  # what others made of it is for the sponsor to see
            return _again(
                change,
                change.base,
                (change.base_heading, change.base_text),
                (change.heading, change.text),
                number,
            )
        wanted = Words(heading, text)
    return _again(
        change, number, (result.heading, result.text), (wanted.heading, wanted.text), number
    )


def _again(
    change: ProposedChange, base: int, was: tuple[str, str], wanted: tuple[str, str], number: int
) -> ProposedChange:
    return ProposedChange(
        amendment=change.amendment,
        act=change.act,
        clause_id=change.clause_id,
        language=change.language,
        base=base,
        base_heading=was[0],
        base_text=was[1],
        heading=wanted[0],
        text=wanted[1],
        carried_at=number,
    )
