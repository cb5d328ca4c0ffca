"""The form in which a person decides what an undoing cannot decide by itself.

For every wording that later revisions changed again the form is that of a merge (`web.merging`),
with the clause in the names of its fields: `heading_en_<id>`. `since-…` is the revision that the
base of such a merge stands in, and `base` the one the form was made in. `act-…` says of each
hindrance whether it is left ("leave") or done all the same ("force"). Where there is much to
decide, `every-act` and `every-words` decide it at once, and beyond MANY nothing else does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from charter.access import Seat
from charter.actions.refusals import Act, Entangled, Hindrance, Why, WordsMeet
from charter.actions.settling import Settled
from charter.exports.languages import isolated
from charter.models import ROOT, Charter, ClauseKind
from charter.queries.history import Entry
from charter.queries.principles import names_of
from charter.queries.states import words_at
from charter.queries.texts import text_at
from charter.text.merge import merge
from charter.text.words import Words
from charter.web.clauses import cited_in
from charter.web.merging import PARTS, Meeting, Sides, composed, meeting_of, same

LEAVE, FORCE = "leave", "force"
NOW, BEFORE = "theirs", "yours"
MANY = 40  # wordings, or hindrances, that a person may be asked about one by one


@dataclass(frozen=True, slots=True)
class Met:
    """A wording to settle: `settled` are the fields of its part that needs nobody."""

    name: str
    citation: str
    since: int
    meetings: tuple[Meeting, ...]
    settled: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hindered:
    """A hindrance in words, and what was decided of it."""

    key: str
    said: str
    can_be_forced: bool
    forced: bool


def entangled(
    posted: QueryDict,
    seat: Seat,
    language: str,
    entry: Entry,
    caught: Entangled,
    *,
    stale: bool,
) -> dict:
    """What the page shows. `stale`: the choices sent were made of a text that has moved on."""
    citations = _Citations(seat.charter, language, entry)
    choices: Mapping[str, str] = {} if stale else posted
    one_by_one = len(caught.words) <= MANY
    return {
        "at": caught.head,
        "met": [
            _met(one, citations.of(str(one.clause)), caught.number, choices)
            for one in sorted(caught.words, key=lambda one: citations.place(str(one.clause)))
            if one_by_one
        ],
        "too_many_met": []
        if one_by_one
        else sorted({citations.of(str(one.clause)) for one in caught.words}),
        "every_words": posted.get("every-words", ""),
        "every_act": posted.get("every-act", ""),
        "each_act": len(caught.hindrances) <= MANY,
        "any_forced": any(one.can_be_forced for one in caught.hindrances),
        "hindered": [
            Hindered(
                one.key,
                citations.sentence(one),
                one.can_be_forced,
                one.can_be_forced and posted.get(f"act-{one.key}") == FORCE,
            )
            for one in sorted(caught.hindrances, key=lambda one: citations.place(one.subject))
        ],
    }


def disentangled(posted: QueryDict, charter: Charter, number: int) -> Settled | None:
    """What the form decided; None where it decides nothing."""
    base = _number(posted.get("base", ""))
    if not base:
        return None
    acts = {key.removeprefix("act-"): said for key, said in posted.items() if key[:4] == "act-"}
    if posted.get("every-act"):
        acts = {}
    words = {}
    for key in posted:
        if key.startswith("since-") and not posted.get("every-words"):
            found = _wording(key.removeprefix("since-"), charter)
            since = _number(posted[key])
            if found and since:
                words[found] = _settled_words(posted, *found, since, min(base, charter.head))
    return Settled(
        base=min(base, charter.head),
        words=words,
        left=frozenset(key for key, said in acts.items() if said == LEAVE),
        forced=frozenset(key for key, said in acts.items() if said == FORCE),
    )


def decided(posted: QueryDict, caught: Entangled, settled: Settled | None) -> Settled | None:
    """What was settled, with all decided that is still open; None where the form leaves it open."""
    act, words = posted.get("every-act"), posted.get("every-words")
    settled = settled or Settled(caught.head)
    keys = frozenset(one.key for one in caught.hindrances)
    forced = frozenset(one.key for one in caught.hindrances if one.can_be_forced)
    more = replace(
        settled,
        left=settled.left | {LEAVE: keys, FORCE: keys - forced}.get(act or "", frozenset()),
        forced=settled.forced | (forced if act == FORCE else frozenset()),
        words={
            **settled.words,
            **{
                (one.clause, one.language): getattr(one, words)
                for one in caught.words
                if words in (NOW, BEFORE)
            },
        },
    )
    return None if more == settled else more


def _met(one: WordsMeet, citation: str, number: int, posted: Mapping[str, str]) -> Met:
    meetings, settled = [], []
    suffix = f"{one.language}_{one.clause.hex}"
    for part in PARTS:
        name = f"{part}_{suffix}"
        base, yours, theirs = (getattr(side, part) for side in (one.base, one.yours, one.theirs))
        sides = Sides(base, yours, theirs, merge(base, yours, theirs, one.language))
        if sides.merged.conflicts:
            meetings.append(meeting_of(name, one.language, part, sides, posted))
        else:
            settled.append((name, sides.merged.text or ""))
    again = one.since != number
    labels = {
        "base": _("Revision %(number)d") % {"number": one.since},
        "theirs": _("As it is now"),
        "yours": _("What you settled")
        if again
        else _("Before revision %(number)d") % {"number": number},
    }
    return Met(suffix, citation, one.since, tuple(meetings), tuple(settled), labels)


def _settled_words(posted: QueryDict, clause: UUID, language: str, since: int, base: int) -> Words:
    """Results composed from the choices, unless they were edited by hand."""
    was, now = (words_at(clause, [language], at).get(language, Words()) for at in (since, base))
    parts = {}
    for part in PARTS:
        name = f"{part}_{language}_{clause.hex}"
        given, made = posted.get(name, ""), posted.get(f"made-{name}")
        if made is not None and same(given, made):
            yours = posted.get(f"yours-{name}", "")
            merged = merge(getattr(was, part), yours, getattr(now, part), language)
            given = composed(name, language, merged, posted)
        parts[part] = given
    return Words(**parts)


def _wording(suffix: str, charter: Charter) -> tuple[UUID, str] | None:
    """The clause and the language that the names of fields end with."""
    language, _sep, clause = suffix.partition("_")
    try:
        return (UUID(hex=clause), language) if language in charter.languages else None
    except ValueError:
        return None


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


class _Citations:
    """What clauses and principles are called: as they stand now, else as the revision left them."""

    def __init__(self, charter: Charter, language: str, entry: Entry) -> None:
        self.language = language
        self.charter = charter
        self.now = cited_in(text_at(charter, None, language))
        self.then = {str(one.id): one.citation or one.kind_name for one in entry.touched}
        self.kinds = {str(one.id): one.kind for one in entry.touched}
        self.names = names_of(charter, language)
        self.places = {key: at for at, key in enumerate((*self.now, *self.then))}

    def of(self, subject: str) -> str:
        said = self.now.get(subject) or self.then.get(subject) or self._kind(subject)
        return isolated(said, self.language)

    def place(self, subject: str) -> int:
        """Where it stands in the text; what does not stand there comes last."""
        return self.places.get(subject, len(self.places))

    def _kind(self, subject: str) -> str:
        kind = self.kinds.get(subject, ROOT)
        return _("Title") if kind == ROOT else str(ClauseKind(kind).label)

    def sentence(self, hindrance: Hindrance) -> str:
        """What is in the way, for a person."""
        act, why, subject = hindrance.act, hindrance.why, hindrance.subject
        if act is Act.ENTRY:
            name = self.names.get(subject, subject)
            return _("The entry of the principle “%(name)s” has been changed again.") % {
                "name": name
            }
        if act is Act.NUMBER and self.kinds.get(subject) == ROOT:
            return _("The freezing of numbers has been changed again.")
        return dict(_sentences())[act, why] % {"clause": self.of(subject)}


def _sentences() -> Iterator[tuple[tuple[Act, Why], str]]:
    unfit = _("%(clause)s may not stand where it stood any more.")
    yield (
        (Act.STRIKE, Why.CHANGED),
        _("%(clause)s came in with it and has been changed since: it would go as it is now."),
    )
    yield (
        (Act.STRIKE, Why.FILLED),
        _("%(clause)s came in with it and holds clauses that came later: they would go too."),
    )
    yield (
        (Act.RETURN, Why.STRUCK),
        _("%(clause)s cannot come back: what it stood in has been struck."),
    )
    yield (Act.RETURN, Why.UNFIT), unfit
    yield (Act.PLACE, Why.ELSEWHERE), _("%(clause)s has been moved again.")
    yield (
        (Act.PLACE, Why.STRUCK),
        _("%(clause)s cannot be moved back: what it stood in has been struck."),
    )
    yield (Act.PLACE, Why.UNFIT), unfit
    yield (Act.KIND, Why.CHANGED), _("%(clause)s has been given another kind since.")
    yield (Act.KIND, Why.UNFIT), _("%(clause)s cannot be of its earlier kind where it stands now.")
    yield (Act.NUMBER, Why.CHANGED), _("%(clause)s has been given another number since.")
    yield (Act.NUMBER, Why.UNFIT), unfit
    yield (
        (Act.WORDS, Why.STRUCK),
        _("%(clause)s has been struck since: its words stay as they were then."),
    )
