"""Which clause of one text is which of another, where a text comes without ids.

In this order: clauses with the same words, by their surroundings where several have them; units by
what they hold and by number; similar words in the same place; similar words anywhere; at last the
number alone. A clause is continued once at most; of one that was split or joined, `halves` says
which half it is.
"""

from dataclasses import replace

from charter.text.adapting import kept_kind, numerals_kept, reshaped
from charter.text.equal_words import by_id, by_words, repeated
from charter.text.halves import halves
from charter.text.kinds import Kind
from charter.text.laid import Laid
from charter.text.marks_kept import remarked
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline
from charter.text.pairing import Pairs
from charter.text.restoring import restored
from charter.text.same_form import by_number, by_skeleton
from charter.text.similar_words import elsewhere, recast, siblings, units


def match(before: Outline, after: Outline) -> Outline:
    """`after` with the ids of the clauses of `before` that its clauses are; "" for new ones.

    Ids that `after` brings and `before` has are kept. Where only the form differs, `after` takes
    the form of `before`: numbers stay computed or given while they print the same, and a unit's
    first words are its own or its first paragraph's, as they were. A plain text says no marks:
    words that stayed keep theirs.
    """
    if not any(clause.id for _, clause in after.walk()):
        after = restored(before, after)
    found = pairs(before, after)
    shaped = reshaped(before, after, found)
    if shaped is not after:
        after, found = shaped, pairs(before, shaped)
    known, new_labels = Laid(before), labels(after)
    places = iter(range(len(new_labels)))

    def named(clause: Clause, holder: Kind | None) -> Clause:
        place = next(places)
        children = tuple([named(child, clause.kind) for child in clause.children])
        if place not in found:
            return replace(clause, id="", children=children)
        was = known.clauses[found[place]]
        if not after.marked:
            clause = remarked(was, clause, known.places, before.language)
        same = known.labels[found[place]] == new_labels[place]
        kind = kept_kind(was, clause, holder) if same else clause.kind
        return replace(clause, id=was.id, kind=kind, children=children)

    clauses = tuple([named(clause, None) for clause in after.clauses])
    return numerals_kept(before, after, replace(after, clauses=clauses), found)


def pairs(before: Outline, after: Outline) -> dict[int, int]:
    """Places in `after.walk()` of clauses that continue one of `before`, with its place there."""
    return paired(Laid(before), Laid(after))


def paired(old: Laid, new: Laid) -> dict[int, int]:
    """The same for texts laid flat."""
    known = Pairs(old, new)
    if old.clauses and new.clauses:
        _find(known)
    return {new: old for new, old in known.to_old.items() if new >= 0}


def _find(known: Pairs) -> None:
    """The surest signs first; what is known of a clause helps to know its neighbours."""
    by_id(known)
    by_words(known)
    for _ in range(4):
        count = len(known.to_old)
        units(known)
        repeated(known, anywhere=False)
        siblings(known)
        if len(known.to_old) == count:
            break
    repeated(known, anywhere=True)
    elsewhere(known)
    units(known)
    siblings(known)
    recast(known)
    by_number(known)
    by_skeleton(known)
    siblings(known)
    halves(known)
