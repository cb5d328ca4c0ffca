"""Changing what a clause says, what it is and what it serves, by a text that may have moved on."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate, tagging, trees
from charter.actions.drafts import Draft
from charter.actions.operations import Operation, Recast, Reword, Tag, passed
from charter.actions.refusals import Invalid, Missing, NoSuch, StaleWording, WouldNotNest
from charter.actions.revisions import open_revision
from charter.actions.rows import fetch
from charter.actions.staleness import KIND, NUMERAL, wished
from charter.actions.values import UNCHANGED, Committed, Unchanged, Words
from charter.models import Cause, Charter, Clause, ClausePrinciple, Wording
from charter.queries.states import principles_at, words_at
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
    seen: Mapping[str, int] | None = None,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Change a clause as it was seen in revision `base`; what is not given stays.

    Where the clause has changed since, both changes are kept: words are merged, heading and text
    apart; a kind, a number or a tag only counts as given where it differs from `base`. Overlapping
    words raise StaleWording with both, a kind or a number that somebody made another StaleClause.
    What a person has looked at again since stands in `seen`: "words", "kind" or "numeral", and in
    which revision. The root's heading is the title of the charter.
    """
    seen = seen or {}
    wishes: list[tuple[Operation, int]] = [
        (Reword(clause, words or {}), seen.get("words", base)),
        (Recast(clause, kind), seen.get("kind", base)),
        (Recast(clause, None, numeral), seen.get("numeral", base)),
    ]
    if principles is not None:
        wishes.append((Tag(clause, tuple(principles)), base))
    wishes = [(passed(wish), read) for wish, read in wishes if wish != Recast(clause)]
    with open_revision(
        actor=actor, charter=charter, cause=Cause.EDIT, message=message, at=at
    ) as draft:
        for read in {base, *seen.values()}:
            require_base(draft, read)
        row = trees.standing(draft.where, clause)[0]
        merged = False
        for wish, read in wishes:
            if isinstance(wish, Tag) and not draft:
                draft.cause = Cause.TAG
            merged |= change(draft, row, wish, read)
    return Committed(draft.revision, row, merged and draft.revision is not None)


def change(draft: Draft, row: Clause, wish: Reword | Recast | Tag, base: int) -> bool:
    """Change a clause of the text in the draft. Whether other people's words were merged in."""
    if row.parent_id is None and not isinstance(wish, Reword):
        raise WouldNotNest(_("The title of a charter has words and nothing else."))
    match wish:
        case Reword():
            require_languages(draft.charter, wish.words)
            return _reword(draft, row, base, wish.words)
        case Recast():
            _recast(draft, row, base, wish)
        case Tag():
            _retag(draft, row, base, frozenset(wish.principles))
    return False


def require_base(draft: Draft, base: int) -> None:
    """NoSuch for a revision that the charter has not."""
    if not 1 <= base <= draft.charter.head:
        raise NoSuch(_("There is no such revision in this charter."))


def require_languages(charter: Charter, languages: Iterable[str]) -> None:
    """NoSuch for a language the charter is not drafted in."""
    if not set(languages) <= {charter.working_language, *charter.languages}:
        raise NoSuch(_("The charter is not drafted in this language."))


_SAID = "FROM charter_wording WHERE clause_id = %s AND language = ANY(%s)"


def _reword(draft: Draft, row: Clause, base: int, given: Mapping[str, Words]) -> bool:
    """Give the clause its new words in each language. Whether other people's were merged in."""
    there = _wordings(draft, row, given)
    unsaid = [language for language in given if (row.pk, language) not in draft.said]
    before = words_at(row.pk, unsaid, base) if unsaid and base < draft.charter.head else None
    merged = False
    for language, yours in given.items():
        wording = there[language]
        theirs = Words(wording.heading, wording.text)
        was = draft.said.get((row.pk, language))
        if was is None:
            was = theirs if before is None else before.get(language, Words())
        result = _combined(language, was, theirs, yours, draft.charter.head)
        if row.parent_id is None:
            require_title(draft.charter, language, result)
        gate.balanced(result, theirs)
        draft.reword(wording, result)
        draft.said[row.pk, language] = yours
        merged |= result not in (yours, theirs)
    return merged


def _wordings(draft: Draft, row: Clause, languages: Iterable[str]) -> dict[str, Wording]:
    """The clause's wordings in these languages, those of this draft, or else new ones."""
    asked = [language for language in languages if (row.pk, language) not in draft.wordings]
    if asked:
        found = {one.language: one for one in fetch(Wording, _SAID, [row.pk, asked])}
        for language in asked:
            wording = found.get(language) or Wording(charter=draft.charter, language=language)
            wording.clause = row
            draft.wordings[row.pk, language] = wording
    return {language: draft.wordings[row.pk, language] for language in languages}


def require_unchanged(draft: Draft, row: Clause, base: int) -> None:
    """StaleWording when words of the clause, or of one below it, are others than in `base`."""
    inside = list(trees.below(row, draft.tree))
    changed = (
        Wording.history.filter(
            id__in=Wording.objects.filter(clause__in=inside).values("id"),
            revision_number__gt=base,
        )
        .order_by("revision_number")
        .values_list("clause_id", "language")
    )
    for clause, language in dict.fromkeys(changed):
        was = words_at(clause, [language], base).get(language, Words())
        there = Wording.objects.get(clause=clause, language=language)
        now = Words(there.heading, there.text)
        if now != was:
            merged = _merged(language, was, now, Words())
            raise _stale(language, was, now, Words(), merged, draft.charter.head)


def _combined(language: str, base: Words, theirs: Words, yours: Words, head: int) -> Words:
    """Both changes of `base` in one wording. StaleWording when they meet in the same words."""
    if theirs in (base, yours):
        return yours
    heading, text = _merged(language, base, theirs, yours)
    if heading.text is None or text.text is None:
        raise _stale(language, base, theirs, yours, (heading, text), head)
    return Words(heading=heading.text, text=text.text)


def _merged(language: str, base: Words, theirs: Words, yours: Words) -> tuple[Merged, Merged]:
    """Heading and text, with both changes of `base`."""
    return (
        merge(base.heading, yours.heading, theirs.heading, language),
        merge(base.text, yours.text, theirs.text, language),
    )


def _stale(
    language: str,
    base: Words,
    theirs: Words,
    yours: Words,
    merged: tuple[Merged, Merged],
    head: int,
) -> StaleWording:
    return StaleWording(
        language=language,
        base=base,
        theirs=theirs,
        yours=yours,
        merged_heading=merged[0],
        merged_text=merged[1],
        head=head,
    )


def require_title(charter: Charter, language: str, words: Words) -> None:
    """Invalid for a text of the root, which nobody would see; Missing where a charter would have no
    title in its working language."""
    if words.text:
        raise Invalid(_("A title is its heading alone: leave the text empty."))
    if not words.heading and language == charter.working_language:
        raise Missing(_("A charter needs a title."))


def _recast(draft: Draft, row: Clause, base: int, wanted: Recast) -> None:
    """Give the clause another kind or number, where the wish differs from what `base` had."""
    if wanted.kind is not None and wished(draft, row, KIND, wanted.kind, base):
        trees.require_nesting(row.parent, wanted.kind)
        row.kind = wanted.kind
        _require_children_fit(draft, row)
        draft.keep(row)
    number = wanted.numeral
    if not isinstance(number, Unchanged) and wished(draft, row, NUMERAL, number, base):
        row.numeral = number
        draft.keep(row)


def _require_children_fit(draft: Draft, row: Clause) -> None:
    if draft.tree is not None:
        kinds = {one.kind for one in draft.tree.children(row.pk) if not one.struck}
    else:
        inside = Clause.objects.filter(parent=row, struck=False)
        kinds = set(inside.values_list("kind", flat=True))
    if not trees.fits(row, kinds):
        raise WouldNotNest(_("What stands inside this clause cannot stand in that kind."))


def _retag(draft: Draft, row: Clause, base: int, wanted: frozenset[str]) -> None:
    """Put the principles on that the wish adds to those of `base`, take off those it leaves out."""
    if row.pk not in draft.tags:
        tags = ClausePrinciple.objects.filter(clause=row).select_related("principle")
        draft.tags[row.pk] = {one.principle_id: one for one in tags}
    there = draft.tags[row.pk]
    now = {one.principle.slug for one in there.values() if not one.withdrawn}
    was = draft.tagged.get(row.pk)
    if was is None:
        was = principles_at(row.pk, base) if base < draft.charter.head else now
    draft.tagged[row.pk] = wanted
    result = (now | (wanted - was)) - (was - wanted)
    if result == now:
        return
    known = tagging.vocabulary(draft)
    kept = [one.principle for one in there.values() if one.principle.slug in result & now]
    tagging.set_tags(draft, row, there, [*kept, *tagging.named(known, result - now)])
