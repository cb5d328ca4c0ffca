"""What delegations propose, rework and take back, and what the chair closes."""

from collections.abc import Callable, Sequence
from uuid import UUID

from accounts.models import Person
from charter.actions.amendments import (
    draft_amendment,
    reject_amendment,
    supersede_amendment,
    table_amendment,
    withdraw_amendment,
)
from charter.actions.proposals import (
    drop_change,
    propose_insertion,
    propose_move,
    propose_rewording,
    propose_strike,
)
from charter.actions.values import Words
from charter.models import OPEN_STATUSES, Amendment, ChangeStanding, ProposedChange
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from tests.actions.sessions.model import LANGUAGES, Model
from tests.actions.sessions.speech import gained, own
from tests.actions.shapes import below

Proposal = Callable[..., ProposedChange]  # takes an actor, a charter and an amendment


def propose(model: Model) -> None:
    """An amendment of one to three changes of any kind on the table."""
    proposals = [model.chance.choice(KINDS)(model) for _nth in range(model.chance.randint(1, 3))]
    table(model, [one for one in proposals if one], **model.act(model.chance.choice(model.people)))


def table(model: Model, proposals: Sequence[Proposal], *, actor: Person, charter, **_more) -> None:
    act = {"actor": actor, "charter": charter}
    made = draft_amendment(**act, title="Something else")
    for one in proposals:
        note(model, one(**act, amendment=made.uuid))
    if proposals:
        table_amendment(**act, amendment=made.uuid)


def note(model: Model, change: ProposedChange) -> None:
    """Remember who asked for which words, and what a strike would take along."""
    amendment = change.amendment.uuid
    for word in words_asked(change):
        model.asked_by.setdefault(word, amendment)
    if change.act == "strike":
        model.asked[change.uuid] = {change.clause_id, *below(model.shape, change.clause_id)}


def words_asked(change: ProposedChange) -> set[str]:
    """The words of somebody's own that a change would put in."""
    if change.act == "insert":
        return {word for unit in change.planted for word in planted(unit)}
    return gained(change.base_heading, change.heading) | gained(change.base_text, change.text)


def planted(unit: dict) -> list[str]:
    """The words of somebody's own of a clause to be put in, and of those below it."""
    inside = [word for child in unit.get("clauses", ()) for word in planted(child)]
    return [*own(unit.get("heading", "")), *own(unit["text"]), *inside]


# --- the kinds of change ----------------------------------------------------------------------


def rewording(model: Model, clause: UUID | None = None, words: Words | None = None, **more):
    """Of a clause or of the title, in one language."""
    clause = clause or model.one_to_word()
    language = more.get("language") or model.chance.choice(LANGUAGES)
    only_heading = clause == model.laid.root
    was = words or model.said(clause, language)
    now = model.speech.changed(was, language, only_heading=only_heading)
    given = {"clause": clause, "language": language, "base": model.head, "words": now}
    return lambda **act: propose_rewording(**act, **given)


def insertion(model: Model, **more):
    """Of an article with a paragraph in it, or of a paragraph."""
    kind = model.chance.choice([Kind.ARTICLE, Kind.PARAGRAPH])
    language = model.chance.choice(LANGUAGES)
    speech = model.speech
    inner = (Unit(Kind.PARAGRAPH, speech.sentence(language)),) if kind is Kind.ARTICLE else ()
    unit = Unit(kind, speech.sentence(language), speech.title(language), children=inner)
    parent, after = model.place(kind)
    given = {"clauses": [unit], "language": language, "parent": parent, "after": after, **more}
    return lambda **act: propose_insertion(**act, **given)


def striking(model: Model, clause: UUID | None = None):
    clause = clause or model.one()
    return clause and (lambda **act: propose_strike(**act, clause=clause))


def moving(model: Model, clause: UUID | None = None):
    clause = clause or model.one()
    place = clause and model.place(model.kinds[clause], clause)
    if not place:
        return None
    given = {"clause": clause, "parent": place[0], "after": place[1]}
    return lambda **act: propose_move(**act, **given)


KINDS = (rewording, rewording, rewording, insertion, striking, moving)


# --- what becomes of it -----------------------------------------------------------------------


def rework(model: Model) -> None:
    """A sponsor writes a change again, on the text as it stands; one in conflict for choice."""
    found = list(model.open())
    torn = [one for one in found if one.standing == ChangeStanding.CONFLICT]
    if not found:
        return
    change = model.chance.choice(torn or found)
    again = _again(model, change)
    if again:
        amendment = change.amendment
        act = {**model.act(amendment.author), "amendment": amendment.uuid}
        made = again(**act, version=amendment.version)
        note(model, made)
        change.refresh_from_db()
        assert change.state == "dropped"
        assert made.standing in (ChangeStanding.CLEAN, ChangeStanding.MADE)
        model.expect_nothing_new()


def _again(model: Model, change: ProposedChange) -> Proposal | None:
    if change.act == "insert":
        return insertion(model, change=change.uuid)
    if change.clause_id not in {*model.standing(), model.laid.root}:
        return None
    if change.act == "reword":
        return rewording(model, change.clause_id, language=change.language)
    return (striking if change.act == "strike" else moving)(model, change.clause_id)


def drop(model: Model) -> None:
    """A sponsor asks no longer for one of several things."""
    found = list(model.open())
    several = [
        one for one in found if sum(one.amendment_id == other.amendment_id for other in found) > 1
    ]
    if several:
        change = model.chance.choice(several)
        act = model.act(change.amendment.author)
        drop_change(**act, amendment=change.amendment.uuid, change=change.uuid)
        assert change not in model.open()


def close(model: Model) -> None:
    """Withdrawn, rejected or superseded: it stands beside the text no more, which stays."""
    found = list(Amendment.objects.filter(status__in=OPEN_STATUSES).order_by("number"))
    if not found:
        return
    amendment, other = model.chance.choice(found), model.chance.choice(found)
    way = model.chance.choice((withdraw_amendment, reject_amendment, supersede_amendment))
    if way is supersede_amendment and other == amendment:
        return
    more = {"other": other.uuid} if way is supersede_amendment else {}
    actor = amendment.author if way is withdraw_amendment else None
    way(**model.act(actor), amendment=amendment.uuid, **more)
    assert not [one for one in model.open() if one.amendment_id == amendment.pk]
    model.expect_nothing_new()
