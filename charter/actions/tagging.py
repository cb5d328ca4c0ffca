"""Which principles a clause serves: tags put on and taken off inside a revision."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from charter.actions.drafts import Draft
from charter.actions.refusals import NoSuch
from charter.models import Clause, ClausePrinciple, Principle


def vocabulary(draft: Draft) -> dict[str, Principle]:
    """The charter's principles by slug, withdrawn ones left out."""
    rows = Principle.objects.filter(charter=draft.charter, withdrawn=False)
    return {row.slug: row for row in rows}


def tag(draft: Draft, clause: Clause, principles: Collection[Principle]) -> bool:
    """Have the clause serve just these principles. Whether that changes anything."""
    there = {row.principle_id: row for row in ClausePrinciple.objects.filter(clause=clause)}
    return set_tags(draft, clause, there, principles)


def set_tags(
    draft: Draft,
    clause: Clause,
    there: dict[int, ClausePrinciple],
    principles: Collection[Principle],
) -> bool:
    """The same with the clause's tags, withdrawn ones among them, at hand by principle.

    New ones are put into `there` too.
    """
    wanted = {row.pk: row for row in principles}
    changed = []
    for key, principle in wanted.items():
        row = there.get(key)
        if row is None:
            there[key] = ClausePrinciple(charter=draft.charter, clause=clause, principle=principle)
            changed.append(there[key])
        elif row.withdrawn:
            row.withdrawn = False
            changed.append(row)
    for key, row in there.items():
        if key not in wanted and not row.withdrawn:
            row.withdrawn = True
            changed.append(row)
    draft.keep(*changed)
    return bool(changed)


def named(known: dict[str, Principle], slugs: Iterable[str]) -> list[Principle]:
    """The principles with these slugs. NoSuch for one the vocabulary does not have."""
    try:
        return [known[slug] for slug in slugs]
    except KeyError:
        raise NoSuch(_("There is no such principle in this charter.")) from None
