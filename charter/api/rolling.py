"""The rolling text: the consolidated text with everything that is open in brackets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api import asked
from charter.api.asked import Dated
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Flag, Number, Shape, Words
from charter.exports.documents import manner_of
from charter.queries.proposing import NoSuchDelegation
from charter.queries.rolling import Behind, RollingPage, rolling_text
from charter.text.bracketed import Agreed, Alternative, Rolling, Runs
from charter.text.bracketing import Manner, written
from charter.text.compare import clean
from charter.text.destination import destination
from charter.text.kinds import Kind
from charter.text.redline import Row
from charter.text.rolled import Proposal, RolledClause


class BehindShape(Shape):
    """An amendment that stands behind words; `by` are its sponsors, the proposer first."""

    amendment = serializers.UUIDField()
    symbol = serializers.CharField()
    title = serializers.CharField()
    by = serializers.ListField(child=serializers.CharField())


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/RollingRun"}})
class _Runs(serializers.ListField):
    """Runs inside an alternative."""


class AlternativeShape(Shape):
    """One way to fill a bracket; without runs it leaves the words out.

    `retained` ones are the words of the text, and those behind them leave them as they are.
    """

    retained = serializers.BooleanField()
    behind = BehindShape(many=True)
    runs = _Runs()


class RollingRunShape(Shape):
    """Words in reading order: agreed `words`, or a bracket with its `alternatives`."""

    words = serializers.CharField(allow_null=True)
    alternatives = AlternativeShape(many=True, allow_null=True)


class MovedShape(BehindShape):
    """An amendment that asks for a move: behind the clause that `after` cites, else to the
    beginning of the one that `inside` does, or of the text. One that does not `fit` asks for a
    place that is not in the text any more.
    """

    after = serializers.CharField()
    inside = serializers.CharField()
    fits = serializers.BooleanField()


class MisfitShape(Shape):
    """A rewording that does not fit the words any more, shown whole."""

    behind = BehindShape()
    words = Words()


class RollingClauseShape(Shape):
    """A clause with what is open in it.

    A `proposed` one is not in the text, and its id is good within this answer only; `number` is
    then a bis, ter or quater. `written` has the words with their brackets as one string each.
    Where the rivals agree on nearly nothing, `whole` is true, and the `text` is one bracket whose
    alternatives are whole wordings, numbered in this order: `[Alt 1: …] [Alt 2 (A-3): …]`.
    `left_out` and `moved` say who asks that the clause leave the text or stand elsewhere.
    """

    id = serializers.CharField()
    kind = Choice(choices=list(Kind))
    depth = serializers.IntegerField()
    number = serializers.CharField()
    citation = serializers.CharField()
    proposed = serializers.BooleanField()
    proposed_by = BehindShape(many=True)
    heading = RollingRunShape(many=True)
    text = RollingRunShape(many=True)
    whole = serializers.BooleanField()
    written = Words()
    left_out = BehindShape(many=True)
    moved = MovedShape(many=True)
    misfits = MisfitShape(many=True)


class RollingShape(Shape):
    """The text as of a revision with the amendments that were on the table then.

    `brackets` counts the places in dispute. `unplaced` are proposals whose place is gone.
    """

    revision = serializers.IntegerField()
    language = serializers.CharField()
    brackets = serializers.IntegerField()
    title = RollingRunShape(many=True)
    title_written = serializers.CharField()
    clauses = RollingClauseShape(many=True)
    unplaced = BehindShape(many=True)


class RolledQuery(Dated):
    """Which rolling text."""

    delegation = serializers.ListField(
        child=Number(least=0),
        required=False,
        min_length=1,
        help_text="Only what these propose or sponsor; 0 for those of no delegation.",
    )
    attributed = Flag(default=True, help_text="Whether `written` names who stands behind words.")


class RollingText(OfCharter):
    noun = "rolling"
    rights = {"GET": Right.READ}

    @describe(answer=RollingShape, query=RolledQuery)
    def get(self, request: Request) -> Response:
        """The rolling text, clause by clause, as runs and as written."""
        at = asked.revision(self.asked.get("at"), self.seat)
        try:
            page = rolling_text(self.seat.charter, self.language, at, self.asked.get("delegation"))
        except NoSuchDelegation as missing:
            raise Http404(missing.args[0]) from missing
        manner = manner_of(page.text.outline.language, attributed=self.asked["attributed"])
        return Response(_Said(page, manner).text())


class _Said:
    """A rolling text on its way out."""

    def __init__(self, page: RollingPage, manner: Manner) -> None:
        self.page, self.manner = page, manner
        self.rows = clean(page.numbered(page.rolled.outline())).rows
        self.cited = {row.id: row.citation for row in self.rows}

    def text(self) -> dict[str, Any]:
        rolled = self.page.rolled
        return {
            "revision": self.page.number,
            "language": rolled.base.language,
            "brackets": rolled.brackets,
            "title": self.words(rolled.title),
            "title_written": written(rolled.title, self.manner),
            "clauses": list(self.clauses()),
            "unplaced": self.behind(one.label for one in rolled.unplaced),
        }

    def clauses(self) -> Iterator[dict[str, Any]]:
        for (depth, one), row in zip(self.page.rolled.walk(), self.rows, strict=True):
            yield self.clause(depth, one, row)

    def clause(self, depth: int, one: RolledClause, row: Row) -> dict[str, Any]:
        return {
            "id": one.clause.id,
            "kind": one.clause.kind.value,
            "depth": depth,
            "number": row.label,
            "citation": row.citation,
            "proposed": bool(one.planted),
            "proposed_by": self.behind(one.proposed_by),
            "heading": self.words(one.heading),
            "text": self.words(one.text),
            "whole": one.text.whole,
            "written": {
                "heading": written(one.heading, self.manner),
                "text": written(one.text, self.manner),
            },
            "left_out": self.behind(ask.label for ask in one.strikes),
            "moved": [self.moved(ask) for ask in one.moves],
            "misfits": [self.misfit(ask) for ask in one.misfits],
        }

    def words(self, rolling: Rolling) -> list[dict[str, Any]]:
        return self.runs(rolling.runs, [one.label for one in rolling.rivals])

    def runs(self, runs: Runs, labels: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {"words": run.text, "alternatives": None}
            if isinstance(run, Agreed)
            else {
                "words": None,
                "alternatives": [self.alternative(one, labels) for one in run.alternatives],
            }
            for run in runs
        ]

    def alternative(self, one: Alternative, labels: Sequence[str]) -> dict[str, Any]:
        return {
            "retained": one.retained,
            "behind": self.behind(labels[rival] for rival in one.rivals),
            "runs": self.runs(one.runs, labels),
        }

    def moved(self, ask: Proposal) -> dict[str, Any]:
        place = destination(ask, self.cited)
        where = {"after": place.after, "inside": place.inside, "fits": place.there}
        return behind_said(self.page.behind[ask.label]) | where

    def misfit(self, ask: Proposal) -> dict[str, Any]:
        (behind,) = self.behind((ask.label,))
        return {"behind": behind, "words": {"heading": ask.heading, "text": ask.text}}

    def behind(self, labels: Iterable[str]) -> list[dict[str, Any]]:
        return [behind_said(self.page.behind[label]) for label in labels]


def behind_said(one: Behind) -> dict[str, Any]:
    """An amendment behind words, as `BehindShape` has it."""
    return {
        "amendment": str(one.uuid),
        "symbol": one.symbol,
        "title": one.title,
        "by": list(one.by),
    }
