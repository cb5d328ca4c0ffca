"""The charter's vocabulary of principles. Each change of it is a revision."""

import re
from collections.abc import Mapping
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
from charter.actions.values import UNCHANGED, Committed, Unchanged
from charter.models import Cause, Charter, Principle
from charter.text import ranks

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SLUG = re.compile(r"[-\w]{1,80}")


def add_principle(
    *,
    actor: Person,
    charter: Charter | int,
    names: Mapping[str, str],
    definitions: Mapping[str, str] | None = None,
    colour: str = "#4a5568",
    slug: str = "",
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """A new principle at the end of the vocabulary; names and definitions by language.

    The slug, which never changes, is made from the first name when it is not given.
    """
    names = _texts(names, gate.NAME)
    if not names:
        raise Missing(_("A principle needs a name."))
    slug = slug or slugify(next(iter(names.values())), allow_unicode=True)[:80]
    if not _SLUG.fullmatch(slug):
        raise Invalid(_("A short name has letters, digits, hyphens and underscores."))
    with _open(actor, charter, message, at) as draft:
        line = _line(draft)
        if any(row.slug == slug for row in line):
            raise AlreadyThere(_("There is a principle of this name."))
        row = Principle(
            charter=draft.charter,
            slug=slug,
            names=names,
            definitions=_texts(definitions or {}, gate.COMMENT),
            colour=_colour(colour),
            rank=ranks.between(line[-1].rank if line else None, None),
        )
        draft.keep(row)
    return Committed(draft.revision)


def change_principle(
    *,
    actor: Person,
    charter: Charter | int,
    principle: str,
    names: Mapping[str, str] | None = None,
    definitions: Mapping[str, str] | None = None,
    colour: str | None = None,
    after: str | Unchanged | None = UNCHANGED,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Change a principle's entry; what is not given stays. `after` None puts it first."""
    with _open(actor, charter, message, at) as draft:
        line = _line(draft)
        row = _named(line, principle)
        was = _entry(row)
        if names is not None:
            row.names = _texts(names, gate.NAME)
        if not row.names:
            raise Missing(_("A principle needs a name."))
        if definitions is not None:
            row.definitions = _texts(definitions, gate.COMMENT)
        if colour is not None:
            row.colour = _colour(colour)
        if after is not UNCHANGED and after != principle:
            _place(draft, line, row, after)
        if _entry(row) != was:
            draft.keep(row)
    return Committed(draft.revision)


def withdraw_principle(
    *,
    actor: Person,
    charter: Charter | int,
    principle: str,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Take a principle out of use with its tags, which come back when it does."""
    return _set_withdrawn(actor, charter, principle, True, message, at)


def restore_principle(
    *,
    actor: Person,
    charter: Charter | int,
    principle: str,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Bring a withdrawn principle back."""
    return _set_withdrawn(actor, charter, principle, False, message, at)


def _open(actor: Person, charter: Charter | int, message: str, at: datetime | None):
    return open_revision(
        actor=actor,
        charter=charter,
        cause=Cause.VOCABULARY,
        message=message,
        right=Right.MANAGE,
        at=at,
    )


def _line(draft: Draft) -> list[Principle]:
    return list(Principle.objects.filter(charter=draft.charter).order_by("rank", "id"))


def _named(line: list[Principle], slug: str) -> Principle:
    for row in line:
        if row.slug == slug:
            return row
    raise NoSuch(_("There is no such principle in this charter."))


def _set_withdrawn(
    actor: Person,
    charter: Charter | int,
    principle: str,
    withdrawn: bool,
    message: str,
    at: datetime | None,
) -> Committed:
    with _open(actor, charter, message, at) as draft:
        row = _named(_line(draft), principle)
        if row.withdrawn != withdrawn:
            row.withdrawn = withdrawn
            draft.keep(row)
    return Committed(draft.revision)


def _place(draft: Draft, line: list[Principle], row: Principle, after: str | None) -> None:
    rest = [one for one in line if one is not row]
    place = 0 if after is None else rest.index(_named(rest, after)) + 1
    if line.index(row) == place:
        return
    low = rest[place - 1].rank if place else None
    high = rest[place].rank if place < len(rest) else None
    row.rank = ranks.between(low, high)
    if len(row.rank) > LONG_RANK:
        order = [*rest[:place], row, *rest[place:]]
        for one, key in zip(order, ranks.spread(len(order)), strict=True):
            one.rank = key
        draft.keep(*order)


def _entry(row: Principle) -> tuple:
    return row.names, row.definitions, row.colour, row.rank


def _texts(given: Mapping[str, str], limit: int) -> dict[str, str]:
    """Texts by language, through the gate, empty ones left out."""
    passed = {gate.language(code): gate.line(text, limit) for code, text in given.items()}
    return {code: text for code, text in passed.items() if text}


def _colour(colour: str) -> str:
    colour = colour.lower()
    if not _COLOUR.fullmatch(colour):
        raise Invalid(_("A colour is written as #rrggbb."))
    return colour
