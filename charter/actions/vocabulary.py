"""What every change of the vocabulary of principles does under the charter's lock."""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right
from charter.actions import gate
from charter.actions.drafts import Draft
from charter.actions.refusals import AlreadyThere, Invalid, Missing, NoSuch
from charter.actions.revisions import open_revision
from charter.actions.trees import LONG_RANK
from charter.models import Cause, Charter, Principle
from charter.text import ranks

COLOUR = "#4a5568"  # of a principle that is given none

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SLUG = re.compile(r"[-\w]{1,80}")


def opened(
    actor: Person, charter: Charter | int, message: str, at: datetime | None
) -> AbstractContextManager[Draft]:
    """A revision of the vocabulary, for whoever may define its principles."""
    return open_revision(
        actor=actor,
        charter=charter,
        cause=Cause.VOCABULARY,
        message=message,
        right=Right.DEFINE,
        at=at,
    )


def line_of(draft: Draft) -> list[Principle]:
    """Every principle of the charter in order, withdrawn ones too."""
    return list(Principle.objects.filter(charter=draft.charter).order_by("rank", "id"))


def named(line: list[Principle], slug: str) -> Principle:
    """The principle with this slug. NoSuch when the vocabulary does not have it."""
    for row in line:
        if row.slug == slug:
            return row
    raise NoSuch(_("There is no such principle in this charter."))


def entry(
    draft: Draft,
    line: list[Principle],
    *,
    names: Mapping[str, str],
    definitions: Mapping[str, str],
    colour: str,
    slug: str,
) -> Principle:
    """A new principle at the end of the line, not kept yet.

    The slug is made from the first name when it is not given.
    """
    passed = texts(names, gate.NAME)
    if not passed:
        raise Missing(_("A principle needs a name."))
    slug = slug or slugify(next(iter(passed.values())), allow_unicode=True)[:80]
    if not _SLUG.fullmatch(slug):
        raise Invalid(_("A short name has letters, digits, hyphens and underscores."))
    if any(row.slug == slug for row in line):
        raise AlreadyThere(_("There is a principle of this name."))
    return Principle(
        charter=draft.charter,
        slug=slug,
        names=passed,
        definitions=texts(definitions, gate.COMMENT),
        colour=checked(colour),
        rank=ranks.between(line[-1].rank if line else None, None),
    )


def place(draft: Draft, line: list[Principle], row: Principle, after: str | None) -> None:
    """Have `row` stand behind the principle `after`, or first; it may be in the line already."""
    rest = [one for one in line if one is not row]
    at = 0 if after is None else rest.index(named(rest, after)) + 1
    if row in line and line.index(row) == at:
        return
    low = rest[at - 1].rank if at else None
    high = rest[at].rank if at < len(rest) else None
    row.rank = ranks.between(low, high)
    if len(row.rank) > LONG_RANK:
        order = [*rest[:at], row, *rest[at:]]
        for one, key in zip(order, ranks.spread(len(order)), strict=True):
            one.rank = key
        draft.keep(*order)


def texts(given: Mapping[str, str], limit: int) -> dict[str, str]:
    """Texts by language, through the gate, empty ones left out."""
    passed = {gate.language(code): gate.line(text, limit) for code, text in given.items()}
    return {code: text for code, text in passed.items() if text}


def checked(colour: str) -> str:
    """A colour as "#rrggbb" in small letters."""
    colour = colour.lower()
    if not _COLOUR.fullmatch(colour):
        raise Invalid(_("A colour is written as #rrggbb."))
    return colour
