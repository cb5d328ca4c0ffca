"""Search: in one charter, and in all that one may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right, visible_to
from charter.actions.search import catch_up
from charter.api import asked as parameters
from charter.api.described import describe
from charter.api.endpoints import Endpoint, OfCharter
from charter.api.fields import Choice, Language, Number, Shape
from charter.api.paging import Paged, paged, place
from charter.api.problems import Problem
from charter.models import Charter
from charter.queries import search as queries
from charter.text.seeking import LENGTH, Mode

FACETS = ("part", "principle", "person", "kind", "charter")


class PassageShape(Shape):
    """A run of characters; `hit` when they are what was sought."""

    text = serializers.CharField()
    hit = serializers.BooleanField()


class EventShape(Shape):
    """A revision that brought sought words into the text, or took them out.

    `citation` is the clause's at that time. `by_words` is false when the clause
    itself came or left.
    """

    revision = serializers.IntegerField(source="number")
    author = serializers.CharField()
    author_id = serializers.UUIDField()
    at = serializers.DateTimeField()
    message = serializers.CharField()
    citation = serializers.CharField()
    by_words = serializers.BooleanField()


class HitShape(Shape):
    """One place of what was found, with the words about it.

    `citation` is "" for a clause that is not in the text, and for the title. `revision`, `author`
    and `at` say who wrote the words last, or the comment and at which revision its thread was
    opened. `came` and `left` are of history; `left` is null while the words are still there. A
    comment on an amendment has `amendment` and `amendment_thread`, one on the text `thread`.
    """

    charter = serializers.SlugField(source="charter.slug")
    clause = serializers.UUIDField()
    language = serializers.CharField()
    citation = serializers.CharField()
    standing = serializers.BooleanField()
    heading = PassageShape(many=True)
    words = PassageShape(many=True)
    revision = serializers.IntegerField(source="number")
    author = serializers.CharField()
    author_id = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    came = EventShape(allow_null=True)
    left = EventShape(allow_null=True)
    thread = serializers.IntegerField(allow_null=True)
    amendment = serializers.UUIDField(allow_null=True)
    amendment_thread = serializers.UUIDField(allow_null=True)


class OptionShape(Shape):
    """A value of a facet, and how many hits would be left with it."""

    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class FacetShape(Shape):
    """A parameter by which to narrow the search."""

    name = serializers.CharField()
    options = OptionShape(many=True)


class PassageSpanShape(Shape):
    """Revisions from `since` until the one before `until`; null: until now."""

    since = serializers.IntegerField()
    until = serializers.IntegerField(allow_null=True)


class GuessShape(Shape):
    """A word that is nowhere, and the likest that are."""

    word = serializers.CharField()
    like = serializers.ListField(child=serializers.CharField())


class ResultsShape(Shape):
    """A page of what was found; `total` counts all of it.

    `spans`, in the history of one charter: the revisions whose text held it. `complete` is false
    when more was asked for than is read, or a word has more forms than are looked for.
    """

    items = HitShape(many=True)
    next = serializers.URLField(allow_null=True)
    total = serializers.IntegerField()
    complete = serializers.BooleanField()
    facets = FacetShape(many=True)
    spans = PassageSpanShape(many=True)
    guesses = GuessShape(many=True)


_WORDS = """What to find: words in any form, "a phrase", beginnin*, =written so, -without."""


class Sought(Paged):
    """What to find, how its words are taken, and where to look."""

    q = serializers.CharField(max_length=LENGTH, trim_whitespace=False, help_text=_WORDS)
    mode = Choice(choices=[str(mode) for mode in Mode], default=str(Mode.WORDS))
    order = Choice(choices=["rank", "place"], default="rank")
    language = Language(required=False, help_text="Only what is in this language.")
    person = serializers.CharField(max_length=20, required=False, help_text="A facet's value.")

    def get_fields(self) -> dict[str, Any]:
        # "in" is a word of Python's own.
        where = Choice(choices=[str(where) for where in queries.Where], default="text")
        return super().get_fields() | {"in": where}


class SoughtInCharter(Sought):
    """The same in one charter, where it can be narrowed by the tree."""

    at = Number(least=1, required=False, help_text="The text of this revision; now if not given.")
    part = serializers.CharField(
        max_length=40, required=False, help_text='A top-level clause, or "struck".'
    )
    principle = serializers.CharField(max_length=80, required=False)
    kind = serializers.CharField(max_length=16, required=False)


class SoughtEverywhere(Sought):
    """The same in every charter one may see."""

    charter = serializers.SlugField(max_length=80, required=False)


class Search(OfCharter):
    noun = "search"
    rights = {"GET": Right.READ}

    @describe(answer=ResultsShape, query=SoughtInCharter)
    def get(self, request: Request) -> Response:
        """Search the text, its history or its discussion.

        In history, each item is a stay of the words in a clause: the revision they came in and the
        one they left in, the latest first.
        """
        at = parameters.revision(self.asked.get("at"), self.seat)
        return _found(request, [self.seat.charter], self.asked, self.language, at)


class SearchEverywhere(Endpoint):
    noun = "search"

    @describe(answer=ResultsShape, query=SoughtEverywhere)
    def get(self, request: Request) -> Response:
        """Search all charters in which one has a seat."""
        charters = list(visible_to(request.user))
        return _found(request, charters, self.asked, self.asked.get("language", ""), None)


def _found(
    request: Request,
    charters: Sequence[Charter],
    said: Mapping[str, Any],
    language: str,
    at: int | None,
) -> Response:
    catch_up(charters)
    chosen = {name: said[name] for name in (*FACETS, "language") if said.get(name)}
    wish = queries.Asked(
        said=said["q"],
        mode=Mode(said["mode"]),
        where=queries.Where(said["in"]),
        at=at,
        order=said["order"],
        chosen=chosen,
    )
    behind = place(said) or [""]
    try:
        results = queries.search(
            charters, wish, language, limit=said["limit"], after=str(behind[0])
        )
    except queries.NoSuchHit:
        raise Problem("bad_cursor") from None
    answer = paged(
        request,
        [HitShape(hit).data for hit in results.hits],
        [results.last] if results.last else None,
    )
    answer.data |= {
        "total": results.total,
        "complete": not (results.more or results.query.cut),
        "facets": [FacetShape(facet).data for facet in results.facets],
        "spans": [{"since": since, "until": until} for since, until in results.spans],
        "guesses": [{"word": word, "like": list(like)} for word, like in results.guesses],
    }
    return answer
