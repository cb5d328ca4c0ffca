"""Making a charter, and what its chair decides about the whole of it."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Forbidden, Right, require
from charter.actions import gate
from charter.actions.drafts import Draft
from charter.actions.planting import plant
from charter.actions.refusals import AlreadyThere, Invalid, Stale
from charter.actions.revisions import lock, open_revision
from charter.actions.stages import advance
from charter.actions.values import Words
from charter.events import CharterChanged, announce
from charter.models import ROOT, Cause, Charter, Clause, Membership, Role, Scheme, Wording
from charter.text import ranks
from charter.text.outline import Outline

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = frozenset({"new"})  # addresses of the site's own under /charters/
_SLUG_LENGTH = 80


def create_charter(
    *,
    actor: Person,
    title: str,
    slug: str = "",
    working_language: str = "en",
    languages: Iterable[str] = (),
    scheme: str = Scheme.TREATY,
    outline: Outline | None = None,
    heading: str | None = None,
    message: str = "",
    at: datetime | None = None,
) -> Charter:
    """A new charter with its first revision, from a blank or from an outline. `actor` chairs it.

    The slug is made from the title when it is not given. AlreadyThere when a given one is taken.
    `title` is what the charter goes by; `heading`, when given, is what its text says instead, ""
    for a text without a title of its own.
    """
    if not actor.is_authenticated or not actor.is_active:
        raise Forbidden(Right.MANAGE)
    title = gate.name(title, gate.HEADING)
    spoken = list(dict.fromkeys(gate.language(one) for one in (working_language, *languages)))
    _require_few(spoken)
    if scheme not in Scheme:
        raise Invalid(_("There is no such numbering scheme."))
    with transaction.atomic():
        charter = _row(
            slug=_checked(slug) if slug else "",
            title=title[:500],
            working_language=spoken[0],
            languages=spoken,
            scheme=scheme,
            created_at=at or timezone.now(),
            created_by=actor,
        )
        Membership.objects.create(charter=charter, person=actor, role=Role.CHAIR)
        with open_revision(
            actor=actor, charter=charter, cause=Cause.CREATE, message=message, at=at
        ) as draft:
            root = _root(draft, title if heading is None else gate.line(heading, gate.HEADING))
            if outline is not None:
                plant(draft, root, outline.clauses, spoken[0])
    return charter


def change_charter(
    *,
    actor: Person,
    charter: Charter | int,
    title: str | None = None,
    stage: str | None = None,
    note: str = "",
    reopen: bool = False,
    add_language: str | None = None,
    nothing_agreed: bool | None = None,
    was: str | None = None,
    at: datetime | None = None,
) -> Charter:
    """Declare another stage, one more language, or another `title` that the charter goes by.

    A step to another stage is logged with its `note`; from an adopted text it takes `reopen`. Stale
    where it was to be a step from the stage `was` and somebody has taken another meanwhile.
    `nothing_agreed`: whether its text says that nothing is agreed until everything is. The text is
    not touched: the title among its words is the root clause's.
    """
    language = None if add_language is None else gate.language(add_language)
    with transaction.atomic():
        row = lock(charter)
        require(actor, row, Right.MANAGE)
        if stage is not None:
            if stage != row.stage and was not in (None, row.stage):
                raise Stale(_("The charter has come to another stage since you looked."))
            advance(row, actor, stage, note=note, reopen=reopen, at=at)
        if title is not None:
            row.title = gate.name(title, gate.HEADING)[:500]
        if language and language not in row.languages:
            row.languages = [*row.languages, language]
            _require_few(row.languages)
        if nothing_agreed is not None:
            row.nothing_agreed = nothing_agreed
        row.save(update_fields=["title", "stage", "languages", "nothing_agreed"])
        announce(
            CharterChanged(
                charter_id=row.pk,
                stage=row.stage,
                languages=tuple(row.languages),
                actor_id=actor.pk,
            )
        )
    return row


def _require_few(languages: Sequence[str]) -> None:
    """Languages are read, compared and exported with one another, so there is an end to them."""
    if len(languages) > gate.LANGUAGES:
        raise Invalid(
            _("A charter is drafted in at most %(limit)d languages.") % {"limit": gate.LANGUAGES}
        )


def _root(draft: Draft, title: str) -> Clause:
    root = Clause(charter=draft.charter, kind=ROOT, rank=ranks.between(None, None))
    draft.keep(root)
    language = draft.charter.working_language
    draft.reword(Wording(charter=draft.charter, clause=root, language=language), Words(title))
    return root


def _checked(slug: str) -> str:
    if len(slug) > _SLUG_LENGTH or not _SLUG.fullmatch(slug) or slug in _RESERVED:
        raise Invalid(_("An address has small Latin letters, digits and single hyphens."))
    return slug


def _row(*, slug: str, title: str, **values: object) -> Charter:
    if slug:
        made = _insert(slug=slug, title=title, **values)
        if made is None:
            raise AlreadyThere(_("This address is taken by another charter."))
        return made
    stem = slugify(title)[: _SLUG_LENGTH - 8].replace("_", "-").strip("-") or "charter"
    taken = set(Charter.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while True:
        slug = stem if number == 1 else f"{stem}-{number}"
        number += 1
        if slug in taken | _RESERVED:
            continue
        made = _insert(slug=slug, title=title, **values)
        if made is not None:
            return made


def _insert(**values: object) -> Charter | None:
    """None when somebody has the slug."""
    try:
        with transaction.atomic():
            return Charter.objects.create(**values)
    except IntegrityError:
        return None
