"""What an action would make of a charter: the action itself, and everything taken back."""

from django.db import transaction

from accounts.models import Person
from charter.actions.imports import import_outline
from charter.models import Charter
from charter.queries.texts import text_at
from charter.text.compare import compare
from charter.text.outline import Outline
from charter.text.redline import Redline


def preview_import(
    *, actor: Person, charter: Charter, outline: Outline, language: str = ""
) -> Redline:
    """The redline of the revision that `import_outline` would commit now. Nothing is kept.

    Needs the same right and is refused for the same reasons.
    """
    before = text_at(charter, None, language)
    with transaction.atomic():
        import_outline(actor=actor, charter=charter.pk, outline=outline, language=language)
        after = text_at(charter, None, language)
        transaction.set_rollback(True)
    return compare(before, after)
