"""What people do to the text itself, and to an adopted one."""

import pytest

from charter.access import Forbidden
from charter.actions.clauses import (
    change_clause,
    insert_clause,
    move_clause,
    restore_clause,
    strike_clause,
)
from charter.actions.corrections import correct_clause
from charter.actions.values import Words
from charter.models import Clause, Stage
from charter.text.kinds import Kind
from tests.actions.sessions.model import LANGUAGES, Model, Part
from tests.actions.sessions.proposing import table
from tests.actions.sessions.speech import gained, own
from tests.actions.shapes import lifted, put
from tests.builders import stand_at


def edit(model: Model) -> None:
    """Other words in one language, or in both at once."""
    clause = model.one_to_word()
    languages = model.chance.sample(LANGUAGES, model.chance.choice((1, 1, 2)))
    words, must = _reworded(model, clause, languages)
    writer = model.chance.choice(model.people[:2])
    change_clause(**model.act(writer), clause=clause, base=model.head, words=words)
    model.expect(model.shape, must)


def _reworded(model: Model, clause, languages) -> tuple[dict, dict]:
    words, must = {}, {}
    for language in languages:
        was = model.said(clause, language)
        now = model.speech.changed(was, language, only_heading=clause == model.laid.root)
        words[language] = now
        must |= model.with_changes(clause, language, *differences(was, now))
    return words, must


def differences(was: Words, now: Words) -> tuple[dict, dict]:
    """The words of somebody's own that came into each part, and those that left it."""
    names = ("heading", "text")
    pairs = {name: (getattr(was, name), getattr(now, name)) for name in names}
    return (
        {name: gained(before, after) for name, (before, after) in pairs.items()},
        {name: gained(after, before) for name, (before, after) in pairs.items()},
    )


def insert(model: Model) -> None:
    kind = model.chance.choice([Kind.ARTICLE, Kind.PARAGRAPH])
    parent, after = model.place(kind)
    languages = model.chance.choice((LANGUAGES, ("en",), ("ru",)))
    words = {one: Words(model.speech.title(one), model.speech.sentence(one)) for one in languages}
    where = {"parent": parent, **model.beside(parent, after)}
    made = insert_clause(**model.act(), kind=kind, words=words, **where).clause.pk
    must = {
        Part(made, language, name): frozenset(own(getattr(said, name)))
        for language, said in words.items()
        for name in ("heading", "text")
    }
    model.expect(put(model.shape, made, parent, after), must)


def move(model: Model) -> None:
    clause = model.one()
    if clause and (place := model.place(model.kinds[clause], clause)):
        parent, after = place
        move_clause(**model.act(), clause=clause, parent=parent, **model.beside(parent, after))
        model.expect(put(lifted(model.shape, clause)[0], clause, parent, after), moved=[clause])


def strike(model: Model) -> None:
    clause = model.one()
    if clause:
        strike_clause(**model.act(), clause=clause)
        model.expect(model.struck(model.shape, clause))


def restore(model: Model) -> None:
    """What comes back has below it all that went with it."""
    standing = {None, *model.standing()}
    rows = Clause.objects.filter(pk__in=model.gone).select_related("parent").in_bulk()
    holders = {one: row.parent_id if row.parent.parent_id else None for one, row in rows.items()}
    back = [one for one in model.gone if holders[one] in standing]
    if back:
        clause = model.chance.choice(back)
        restore_clause(**model.act(), clause=clause)
        now = model.read()
        assert lifted(now, clause, whole=True) == (model.shape, model.gone.pop(clause))
        model.keep(now)


def correct(model: Model) -> None:
    """The text is adopted: it takes corrections and nothing else, until it is opened again."""
    chair, clause = model.laid.cast.chair, model.one_to_word()
    stand_at(model.laid.charter, chair, Stage.ADOPTED)
    words, must = _reworded(model, clause, [model.chance.choice(LANGUAGES)])
    about = {**model.act(), "clause": clause, "base": model.head, "words": words}
    for refused in (change_clause, lambda **given: table(model, [], **given)):
        with pytest.raises(Forbidden):
            refused(**about)
    correct_clause(**about, reason="The printer's error")
    model.expect(model.shape, must)
    stand_at(model.laid.charter, chair, Stage.NEGOTIATION)
