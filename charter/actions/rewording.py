"""Changing what a clause says, what it is and what it serves, by a text that may have moved on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate, tagging, trees
from charter.actions.drafts import Draft
from charter.actions.refusals import Missing, NoSuch, StaleWording, WouldNotNest
from charter.actions.revisions import open_revision
from charter.actions.rows import fetch
from charter.actions.values import UNCHANGED, Committed, Unchanged, Words
from charter.models import Cause, Charter, Clause, ClausePrinciple, Wording
from charter.queries.states import clause_at, principles_at, words_at
from charter.text.merge import Merged, merge


def change_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    base: int,
    words: Mapping[str, Words] | None = None,
    kind: str | None = None,
    numeral: str | Unchanged | None = UNCHANGED,
    principles: Collection[str] | None = None,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Change a clause as it was seen in revision `base`; what is not given stays.

    Where the clause has changed since, both changes are kept: words are merged, heading and text
    apart; a kind, a number or a tag only counts as given where it differs from `base`. Overlapping
    words raise StaleWording with both. The root's heading is the title of the charter.
    """
    given = {language: gate.words(one) for language, one in (words or {}).items()}
    wanted = _Wanted(
        kind=None if kind is None else trees.kind_of(kind),
        numeral=gate.line(numeral, 80) if isinstance(numeral, str) else numeral,
        principles=None if principles is None else frozenset(principles),
    )
    with open_revision(
        actor=actor, charter=charter, cause=Cause.EDIT, message=message, at=at
    ) as draft:
        require_languages(draft.charter, given)
        row = trees.standing(draft.charter, clause)[0]
        if row.parent_id is None and wanted != _Wanted():
            raise WouldNotNest(_("The title of a charter has words and nothing else."))
        if not 1 <= base <= draft.charter.head:
            raise NoSuch(_("There is no such revision in this charter."))
        merged = _reword(draft, row, base, given)
        _recast(draft, row, base, wanted)
        said = bool(draft)
        _retag(draft, row, base, wanted)
        if not said:
            draft.cause = Cause.TAG
    return Committed(draft.revision, row, merged and draft.revision is not None)


def require_languages(charter: Charter, languages: Iterable[str]) -> None:
    """NoSuch for a language the charter is not drafted in."""
    if not set(languages) <= {charter.working_language, *charter.languages}:
        raise NoSuch(_("The charter is not drafted in this language."))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a change asks for beside words; the defaults ask for nothing."""

    kind: str | None = None
    numeral: str | Unchanged | None = UNCHANGED
    principles: frozenset[str] | None = None


_SAID = "FROM charter_wording WHERE clause_id = %s AND language = ANY(%s)"


def _reword(draft: Draft, row: Clause, base: int, given: Mapping[str, Words]) -> bool:
    """Give the clause its new words in each language. Whether other people's were merged in."""
    if not given:
        return False
    there = {one.language: one for one in fetch(Wording, _SAID, [row.pk, list(given)])}
    before = words_at(row.pk, given, base) if base < draft.charter.head else None
    merged = False
    for language, yours in given.items():
        wording = there.get(language) or Wording(
            charter=draft.charter, clause=row, language=language
        )
        wording.clause = row
        theirs = Words(wording.heading, wording.text)
        was = theirs if before is None else before.get(language, Words())
        result = _combined(language, was, theirs, yours, draft.charter.head)
        if row.parent_id is None and language == draft.charter.working_language:
            _require_title(result)
        draft.reword(wording, result)
        merged |= result not in (yours, theirs)
    return merged


def _combined(language: str, base: Words, theirs: Words, yours: Words, head: int) -> Words:
    """Both changes of `base` in one wording. StaleWording when they meet in the same words."""
    if theirs in (base, yours):
        return yours
    heading = merge(base.heading, yours.heading, theirs.heading, language)
    text = merge(base.text, yours.text, theirs.text, language)
    if _clean(heading) and _clean(text):
        return Words(heading=heading.text or "", text=text.text or "")
    raise StaleWording(
        language=language,
        base=base,
        theirs=theirs,
        yours=yours,
        merged_heading=heading,
        merged_text=text,
        head=head,
    )


def _clean(merged: Merged) -> bool:
    return merged.text is not None


def _require_title(words: Words) -> None:
    if not words.heading:
        raise Missing(_("A charter needs a title."))


def _recast(draft: Draft, row: Clause, base: int, wanted: _Wanted) -> None:
    """Give the clause another kind or number, where the wish differs from what `base` had."""
    if wanted.kind is None and wanted.numeral is UNCHANGED:
        return
    was = clause_at(row.pk, base) if base < draft.charter.head else row
    if was is None:
        raise NoSuch(_("The clause was not there in that revision."))
    if wanted.kind not in (None, was.kind, row.kind):
        trees.require_nesting(row.parent, wanted.kind)
        row.kind = wanted.kind
        _require_children_fit(row)
        draft.keep(row)
    if wanted.numeral is not UNCHANGED and wanted.numeral not in (was.numeral, row.numeral):
        row.numeral = wanted.numeral
        draft.keep(row)


def _require_children_fit(row: Clause) -> None:
    kinds = Clause.objects.filter(parent=row, struck=False).values_list("kind", flat=True)
    if not trees.fits(row, set(kinds)):
        raise WouldNotNest(_("What stands inside this clause cannot stand in that kind."))


def _retag(draft: Draft, row: Clause, base: int, wanted: _Wanted) -> None:
    """Put the principles on that the wish adds to those of `base`, take off those it leaves out."""
    if wanted.principles is None:
        return
    there = {
        one.principle_id: one
        for one in ClausePrinciple.objects.filter(clause=row).select_related("principle")
    }
    now = {one.principle.slug for one in there.values() if not one.withdrawn}
    was = principles_at(row.pk, base) if base < draft.charter.head else now
    result = (now | (wanted.principles - was)) - (was - wanted.principles)
    if result == now:
        return
    known = tagging.vocabulary(draft)
    kept = [one.principle for one in there.values() if one.principle.slug in result & now]
    tagging.set_tags(draft, row, there, [*kept, *tagging.named(known, result - now)])
