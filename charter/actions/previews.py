"""What an action would make of a charter: the action itself, and everything taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from charter.actions.adopting import adopt_changes
from charter.actions.combining import SettledWords, Taking
from charter.actions.imports import import_outline
from charter.actions.returning import return_clause
from charter.actions.settling import Settled
from charter.actions.undoing import undo_revision
from charter.models import Charter
from charter.queries.texts import text_at
from charter.text.compare import compare
from charter.text.effects import Effect, effect
from charter.text.outline import Outline
from charter.text.redline import Redline


def preview_import(
    *, actor: Person, charter: Charter, outline: Outline, language: str = ""
) -> Redline:
    """The redline of the revision that `import_outline` would commit now. Nothing is kept.

    Needs the same right and is refused for the same reasons.
    """

    def act() -> None:
        import_outline(actor=actor, charter=charter.pk, outline=outline, language=language)

    return _previewed(charter, language, act)


def preview_undo(
    *,
    actor: Person,
    charter: Charter,
    number: int,
    settled: Settled | None = None,
    language: str = "",
) -> Redline:
    """The redline of the revision that `undo_revision` would commit now, likewise."""

    def act() -> None:
        undo_revision(actor=actor, charter=charter.pk, number=number, settled=settled)

    return _previewed(charter, language, act)


def preview_return(
    *,
    actor: Person,
    charter: Charter,
    clause: UUID,
    number: int,
    languages: Collection[str] | None = None,
    with_children: bool = False,
    language: str = "",
) -> Redline:
    """The redline of the revision that `return_clause` would commit now, likewise."""

    def act() -> None:
        return_clause(
            actor=actor,
            charter=charter.pk,
            clause=clause,
            number=number,
            languages=languages,
            with_children=with_children,
        )

    return _previewed(charter, language, act)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an adoption would make of the text, and of its numbers and references."""

    redline: Redline
    effect: Effect


def preview_adoption(
    *,
    actor: Person,
    charter: Charter,
    takings: Sequence[Taking],
    settled: Sequence[SettledWords] = (),
    language: str = "",
) -> Outcome:
    """The outcome of the revision that `adopt_changes` would commit now, likewise."""

    def act() -> None:
        adopt_changes(
            actor=actor,
            charter=charter.pk,
            base=charter.head,
            takings=takings,
            settled=settled,
        )

    before, after = _texts(charter, language, act)
    return Outcome(compare(before, after), effect(before, after))


def _previewed(charter: Charter, language: str, act: Callable[[], None]) -> Redline:
    return compare(*_texts(charter, language, act))


def _texts(charter: Charter, language: str, act: Callable[[], None]) -> tuple[Outline, Outline]:
    """The text as it is and as the action would leave it."""
    before = text_at(charter, None, language)
    with transaction.atomic():
        act()
        after = text_at(charter, None, language)
        transaction.set_rollback(True)
    return before, after
