"""The charter's vocabulary of principles. Each change of it is a revision.

A renamed principle keeps its slug, so that addresses, tags and digests go on naming the same thing.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate, vocabulary
from charter.actions.entries import Wish, combined
from charter.actions.refusals import Missing
from charter.actions.values import UNCHANGED, Committed, Unchanged
from charter.models import Charter, Principle


def add_principle(
    *,
    actor: Person,
    charter: Charter | int,
    names: Mapping[str, str],
    definitions: Mapping[str, str] | None = None,
    colour: str = vocabulary.COLOUR,
    slug: str = "",
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """A new principle at the end of the vocabulary; names and definitions by language.

    The slug, which never changes, is made from the first name when it is not given.
    """
    with vocabulary.opened(actor, charter, message, at) as draft:
        row = vocabulary.entry(
            draft,
            vocabulary.line_of(draft),
            names=names,
            definitions=definitions or {},
            colour=colour,
            slug=slug,
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
    base: int | None = None,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Change a principle's entry; what is not given stays. `after` None puts it first.

    With `base`, the revision it was read in, only what differs from that counts as given, and what
    others have changed since stays: each name, each definition, the colour, the place. StaleEntry
    where both have changed the same.
    """
    with vocabulary.opened(actor, charter, message, at) as draft:
        line = vocabulary.line_of(draft)
        row = vocabulary.named(line, principle)
        was = _entry(row)
        if names is not None:
            names = vocabulary.texts(names, gate.NAME)
        if definitions is not None:
            definitions = vocabulary.texts(definitions, gate.COMMENT)
        if base is not None and base < draft.charter.head:
            wish = Wish(names, definitions, colour, after)
            names, definitions, colour, after = combined(draft, line, row, wish, base)
        if names is not None:
            row.names = dict(names)
        if not row.names:
            raise Missing(_("A principle needs a name."))
        if definitions is not None:
            row.definitions = dict(definitions)
        if colour is not None:
            row.colour = vocabulary.checked(colour)
        if after is not UNCHANGED and after != principle:
            vocabulary.place(draft, line, row, after)
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
    with vocabulary.opened(actor, charter, message, at) as draft:
        row = vocabulary.named(vocabulary.line_of(draft), principle)
        if not row.withdrawn:
            row.withdrawn = True
            draft.keep(row)
    return Committed(draft.revision)


def restore_principle(
    *,
    actor: Person,
    charter: Charter | int,
    principle: str,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Bring a withdrawn principle back with its tags; one that was merged stands for itself again.

    The principle it was merged into keeps the tags it was given then.
    """
    with vocabulary.opened(actor, charter, message, at) as draft:
        row = vocabulary.named(vocabulary.line_of(draft), principle)
        if row.withdrawn:
            row.withdrawn, row.merged_into = False, ""
            draft.keep(row)
    return Committed(draft.revision)


def _entry(row: Principle) -> tuple:
    return row.names, row.definitions, row.colour, row.rank
