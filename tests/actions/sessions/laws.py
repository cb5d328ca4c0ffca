"""What must hold at every step of a session, and at its end."""

from charter.actions.values import Words
from charter.models import ChangeStanding, ProposedChange
from charter.queries.blame import blame_text
from charter.queries.texts import text_at
from charter.queries.verification import verify
from tests.actions.sessions.editing import differences
from tests.actions.sessions.model import LANGUAGES, Model
from tests.actions.sessions.speech import common, own
from tests.actions.shapes import below


def require_every_word(model: Model) -> None:
    """Each part says the words it must, each of them once, and no others of anybody's own; and
    the words that all have in common are lost in none."""
    for part, text in model.all_said().items():
        assert sorted(own(text)) == sorted(model.must.get(part, ())), part
        assert common(text) == model.common.get(part, common(text)), part


def require_standing(model: Model, change: ProposedChange) -> None:
    """A change whose words or place are gone is a conflict; one that is none loses no word."""
    standing = {*model.standing(), model.laid.root, None}
    if change.act == "strike":
        _require_strike(model, change, standing)
    elif not {change.clause_id, change.parent_id} <= standing:
        assert change.standing == ChangeStanding.CONFLICT
    elif change.act == "reword":
        _require_rewording(model, change)
    else:
        _require_place(model, change, standing)


def _require_strike(model: Model, change: ProposedChange, standing: set) -> None:
    """It takes along what it was to take along, as that was written then, and nothing else."""
    if change.clause_id not in standing:
        assert change.standing == ChangeStanding.MADE
        return
    now = [change.clause_id, *below(model.shape, change.clause_id)]
    was = model.asked[change.uuid]
    grown = any(one not in was or model.rewritten.get(one, 0) > change.base for one in now)
    assert (change.standing == ChangeStanding.CONFLICT) == grown


def _require_rewording(model: Model, change: ProposedChange) -> None:
    now = model.said(change.clause_id, change.language)
    torn = change.standing == ChangeStanding.CONFLICT
    if now == Words(change.base_heading, change.base_text):
        assert not torn
    if not torn:
        was, wanted = (
            Words(change.base_heading, change.base_text),
            Words(change.heading, change.text),
        )
        must = model.with_changes(change.clause_id, change.language, *differences(was, wanted))
        for part, words in must.items():
            assert sorted(own(getattr(change, f"carried_{part.name}"))) == sorted(words)


def _require_place(model: Model, change: ProposedChange, standing: set) -> None:
    torn = change.standing == ChangeStanding.CONFLICT
    held = model.shape.get(model.holder(change), ())
    if change.act == "move" and change.parent_id in below(model.shape, change.clause_id):
        assert torn
    elif change.after_id in standing and change.after_id is not None:
        elsewhere = change.after_id not in held
        assert torn or not elsewhere
        assert elsewhere or not torn or change.act == "move"
    if change.act == "move" and change.standing == ChangeStanding.MADE:
        assert change.clause_id in held


def require_authors(model: Model) -> None:
    """Every word is credited to the revision that brought it, whatever became of it since, and to
    the amendment that asked for it."""
    standing = {model.laid.root, *model.standing()}
    for language in LANGUAGES:
        blamed = blame_text(model.laid.charter, language)
        for part, words in model.must.items():
            if part.language == language and part.clause in standing:
                said = getattr(blamed.credits.clauses[str(part.clause)], part.name)
                for word in words:
                    at = said.text.index(word)
                    (run,) = [run for run in said.runs if run.start <= at < run.end]
                    assert run.revision in model.wrote[word], word
                    _require_sponsor(model, blamed, word, run.revision)


def _require_sponsor(model: Model, blamed, word: str, number: int) -> None:
    if word in model.asked_by and number == min(model.wrote[word]):
        named = {one.uuid: one for one in blamed.adopted[number]}
        state = model.sponsor(model.asked_by[word])
        assert state in named[model.asked_by[word]].attribution, word


def require_history(model: Model) -> None:
    """Every text reads as it read when it was the last, and the chain of digests holds."""
    for (number, language), text in model.texts.items():
        assert text_at(model.laid.charter, number, language) == text
    assert verify(model.laid.charter).ok
