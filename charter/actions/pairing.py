"""Finds for each clause of an outline the clause of the charter that it is."""

from dataclasses import replace
from difflib import SequenceMatcher

from charter.models import Charter, Clause, Wording
from charter.queries.texts import forest_at, numbered, text_at
from charter.text.matching import match
from charter.text.outline import Clause as Unit
from charter.text.outline import Outline


def paired(charter: Charter, outline: Outline, language: str) -> Outline:
    """The outline with the ids of the clauses it has in common with the charter's text.

    A clause that was struck and stands in the outline word for word comes back as itself.
    """
    plain = _without_ids(outline)
    forest = forest_at(charter, None, language)
    before = numbered(charter, forest)
    if any(clause.heading or clause.text for _depth, clause in before.walk()):
        matched = match(before, plain)
        if forest.frozen_at is not None:
            matched = _unfrozen(matched, before, forest.outline())
        return _revived(charter, matched, before, language)
    shape = text_at(charter)
    return replace(plain, clauses=by_shape(shape.clauses, plain.clauses))


def by_shape(there: tuple[Unit, ...], here: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Clauses paired by kind and order alone, level by level: a translation has no equal words."""
    given = list(here)
    kinds = [clause.kind for clause in there], [clause.kind for clause in here]
    for first, second, size in SequenceMatcher(None, *kinds, autojunk=False).get_matching_blocks():
        for step in range(size):
            old, new = there[first + step], here[second + step]
            children = by_shape(old.children, new.children)
            given[second + step] = replace(new, id=old.id, children=children)
    return tuple(given)


def _unfrozen(outline: Outline, printed: Outline, computed: Outline) -> Outline:
    """Numbers that a clause has only because they are frozen are not given by the file."""
    kept = {clause.id: clause.numeral for _depth, clause in printed.walk()}
    own = {clause.id: clause.numeral for _depth, clause in computed.walk()}

    def freed(clause: Unit) -> Unit:
        children = tuple(freed(child) for child in clause.children)
        as_frozen = clause.id in kept and clause.numeral == kept[clause.id]
        numeral = own[clause.id] if as_frozen else clause.numeral
        return replace(clause, numeral=numeral, children=children)

    return replace(outline, clauses=tuple(freed(clause) for clause in outline.clauses))


def _without_ids(outline: Outline) -> Outline:
    return replace(outline, clauses=tuple(_bare(clause) for clause in outline.clauses))


def _bare(clause: Unit) -> Unit:
    return replace(clause, id="", children=tuple(_bare(child) for child in clause.children))


def _revived(charter: Charter, outline: Outline, before: Outline, language: str) -> Outline:
    new = {
        (clause.kind.value, clause.heading, clause.text)
        for _depth, clause in outline.walk()
        if not clause.id and clause.text
    }
    if not new or not Clause.objects.filter(charter=charter, struck=True).exists():
        return outline
    standing = {clause.id for _depth, clause in before.walk()}
    gone: dict[tuple[str, str, str], list[str]] = {}
    rows = Wording.objects.filter(charter=charter, language=language).exclude(text="")
    for id, *words in rows.values_list("clause_id", "clause__kind", "heading", "text"):
        if str(id) not in standing and tuple(words) in new:
            gone.setdefault(tuple(words), []).append(str(id))
    return replace(outline, clauses=tuple(_named(one, gone) for one in outline.clauses))


def _named(clause: Unit, gone: dict[tuple[str, str, str], list[str]]) -> Unit:
    candidates = gone.get((clause.kind.value, clause.heading, clause.text))
    id = clause.id or (candidates.pop(0) if candidates else "")
    return replace(clause, id=id, children=tuple(_named(child, gone) for child in clause.children))
