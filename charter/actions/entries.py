"""A principle's entry that others have changed since it was read: both changes, or StaleEntry."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from charter.actions.drafts import Draft
from charter.actions.refusals import NoSuch, Stale
from charter.actions.values import UNCHANGED, Unchanged
from charter.models import Principle
from charter.queries.principles import principles_at
from charter.text.siblings import displaced

Parts = dict[str, str | None]


class StaleEntry(Stale):
    """Somebody changed the same parts of a principle's entry after the revision it was read in.

    `base`, `theirs` and `yours` are their values by part: "names.en", "definitions.en", "colour",
    "after"; `head` is the revision in which `theirs` stands.
    """

    def __init__(self, base: Parts, theirs: Parts, yours: Parts, head: int) -> None:
        super().__init__(_("Somebody has changed this entry since you began."))
        self.base, self.theirs, self.yours = base, theirs, yours
        self.head = head


class Wish(NamedTuple):
    """What is to change of an entry, None or UNCHANGED what is not; `colour` as it is kept."""

    names: Mapping[str, str] | None
    definitions: Mapping[str, str] | None
    colour: str | None
    after: str | Unchanged | None


def combined(draft: Draft, line: list[Principle], row: Principle, wish: Wish, base: int) -> Wish:
    """The wish of somebody who read the entry in revision `base`, with what others changed since.

    NoSuch for an entry that was not there then.
    """
    rows = principles_at(draft.charter, base)
    was = next((one for one in rows if one.slug == row.slug), None)
    if was is None:
        raise NoSuch(_("The principle was not there in that revision."))
    then, now = _parts(was), _parts(row)
    asked = _asked(wish, then)
    if wish.after is not UNCHANGED and _displaced(rows, line, row):
        then["after"], now["after"] = _ahead(rows, row.slug), _ahead(line, row.slug)
        asked["after"] = wish.after
    meet = [
        part
        for part, value in asked.items()
        if then.get(part) != now.get(part) and value not in (then.get(part), now.get(part))
    ]
    if meet:
        sides = ({part: side.get(part) for part in meet} for side in (then, now, asked))
        raise StaleEntry(*sides, head=draft.charter.head)
    kept = now | {part: value for part, value in asked.items() if value != then.get(part)}
    return Wish(
        _language(kept, "names"), _language(kept, "definitions"), kept["colour"], wish.after
    )


def _parts(row: Any) -> dict[str, str | None]:
    """An entry's parts by name."""
    found: dict[str, str | None] = {"colour": row.colour}
    for part in ("names", "definitions"):
        found |= {f"{part}.{code}": said for code, said in getattr(row, part).items()}
    return found


def _asked(wish: Wish, then: Mapping[str, str | None]) -> dict[str, str | None]:
    """The parts that are given; a language that is left out is to have none."""
    found: dict[str, str | None] = {}
    for part in ("names", "definitions"):
        given = getattr(wish, part)
        if given is not None:
            there = {name.partition(".")[2] for name in then if name.startswith(f"{part}.")}
            found |= {f"{part}.{code}": given.get(code) for code in {*there, *given}}
    if wish.colour is not None:
        found["colour"] = wish.colour.lower()
    return found


def _language(parts: Mapping[str, str | None], part: str) -> dict[str, str]:
    return {
        name.partition(".")[2]: said
        for name, said in parts.items()
        if said and name.startswith(f"{part}.")
    }


def _displaced(rows: list[Any], line: list[Principle], row: Principle) -> bool:
    then, now = ([(one.slug, one.rank) for one in side] for side in (rows, line))
    return row.slug in displaced(then, now)


def _ahead(line: list[Any], slug: str) -> str | None:
    """The principle that stands ahead of this one; None: it is the first."""
    slugs = [one.slug for one in line]
    at = slugs.index(slug)
    return slugs[at - 1] if at else None
