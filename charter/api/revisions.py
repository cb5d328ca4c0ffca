"""Revisions: what became of a charter, and change sets that make the next one."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions.change_sets import commit_changes
from charter.api.asked import Spoken
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape, Text
from charter.api.operations import Operations, operations_of
from charter.api.paging import number, page_of, paged
from charter.api.picking import PagedRevisions, wanted
from charter.api.preconditions import REVISION, tag_of_text
from charter.models import Charter
from charter.queries.history import Entry, revision_of, revisions_of
from charter.queries.sittings import sittings_of
from charter.text.redline import Change


class TouchedShape(Shape):
    """A clause that a revision changed, cited as at that time."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    citation = serializers.CharField()
    changes = serializers.ListField(child=Choice(choices=list(Change)))
    languages = serializers.ListField(child=serializers.CharField())


class RevisionEditionShape(Shape):
    """A name that the revision has."""

    name = serializers.CharField()
    symbol = serializers.CharField()


class NamedAmendmentShape(Shape):
    """An amendment that a revision adopted; `by` are its sponsors then, the proposer first."""

    id = serializers.UUIDField(source="uuid")
    symbol = serializers.CharField()
    title = serializers.CharField()
    by = serializers.ListField(child=serializers.CharField())


class RevisionShape(Shape):
    """A committed change set. `vocabulary` names the principles whose entries it changed.

    `author_id` is what `?author=` asks for, and tells namesakes apart. `sitting` is the first
    revision of its sitting, a run of revisions without a pause of six hours.
    `earlier` is the revision it undid or took a clause back from, `undone_by` those that undid it.
    Words are counted in all languages: those that came into the text and those that left it.
    """

    number = serializers.IntegerField()
    sitting = serializers.IntegerField()
    author = serializers.CharField()
    author_id = serializers.UUIDField()
    delegation = serializers.CharField()
    committed_at = serializers.DateTimeField()
    message = serializers.CharField()
    cause = serializers.CharField()
    digest = serializers.CharField()
    editions = RevisionEditionShape(many=True)
    clauses = TouchedShape(many=True)
    adopted = NamedAmendmentShape(many=True)
    vocabulary = serializers.ListField(child=serializers.CharField())
    earlier = serializers.IntegerField(allow_null=True)
    undone_by = serializers.ListField(child=serializers.IntegerField())
    words_in = serializers.IntegerField()
    words_out = serializers.IntegerField()


class ChangeSet(Shape):
    """Operations to be committed as one revision, in their order, or none of them.

    An inserted clause may be given a `name`; operations after it say `new:` and that name where
    they would say its id.
    """

    message = Text(most=1000, default="")
    operations = Operations()


class ChangeSetShape(Shape):
    """The revision committed, null when nothing changed, and where the charter stands now.

    `clauses` has the id of each operation's clause, `named` those of the new ones by their names.
    """

    revision = serializers.IntegerField(allow_null=True)
    head = serializers.IntegerField()
    digest = serializers.CharField()
    merged = serializers.BooleanField()
    clauses = serializers.ListField(child=serializers.UUIDField())
    named = serializers.DictField(child=serializers.UUIDField())


class Revisions(OfCharter):
    noun = "revisions"
    rights = {"GET": Right.READ, "POST": Right.EDIT}

    @describe(answer=page_of(RevisionShape), query=PagedRevisions)
    def get(self, request: Request) -> Response:
        """The revisions, newest first, with what each changed; all or those asked for."""
        page = revisions_of(
            self.seat.charter,
            before=number(self.asked),
            limit=self.asked["limit"],
            language=self.language,
            wanted=wanted(self.asked),
        )
        behind = None if page.older is None else [page.older]
        return paged(request, said_in_sittings(self.seat.charter, page.entries), behind)

    @describe(body=ChangeSet, answer=ChangeSetShape, status=201, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Commit a change set: many operations, one revision or none.

        Words are merged with what others have changed since the revision in If-Match. A refusal
        says in `operation` which one it is about, from 0.
        """
        done = commit_changes(
            actor=request.user,
            charter=self.seat.charter,
            base=self.base,
            operations=operations_of(self.seat, self.base, self.said["operations"]),
            message=self.said["message"],
        )
        charter = self.seat.charter
        said = {
            "revision": done.revision.number if done.revision else None,
            "head": charter.head,
            "digest": charter.digest,
            "merged": done.merged,
            "clauses": [str(clause) for clause in done.clauses],
            "named": {name: str(clause) for name, clause in done.named.items()},
        }
        headers = {"ETag": tag_of_text(charter.head, charter.digest)}
        if done.revision:
            place = [charter.slug, done.revision.number]
            headers["Location"] = reverse("api:revision", args=place)
        return Response(said, status=201 if done.revision else 200, headers=headers)


class Revision(OfCharter):
    noun = "revisions"
    rights = {"GET": Right.READ}

    @describe(answer=RevisionShape, query=Spoken)
    def get(self, request: Request, revision: int) -> Response:
        """One revision, with what it changed."""
        found = revision_of(self.seat.charter, revision, self.language)
        (said,) = said_in_sittings(self.seat.charter, [found])
        return Response(said)


def said_in_sittings(charter: Charter, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Revisions as they go out, each with the sitting it belongs to."""
    sittings = sittings_of(charter, [entry.number for entry in entries])
    return [_said(entry, sittings[entry.number]) for entry in entries]


def _said(entry: Entry, sitting: int) -> dict[str, Any]:
    return {
        "number": entry.number,
        "sitting": sitting,
        "author": entry.author,
        "author_id": entry.author_id,
        "delegation": entry.delegation,
        "committed_at": entry.at,
        "message": entry.message,
        "cause": entry.cause.value,
        "digest": entry.digest,
        "editions": [{"name": one.name, "symbol": one.symbol} for one in entry.editions],
        "clauses": [
            {
                "id": str(one.id),
                "kind": one.kind,
                "citation": one.citation,
                "changes": sorted(one.changes),
                "languages": list(one.languages),
            }
            for one in entry.touched
        ],
        "adopted": [NamedAmendmentShape(one).data for one in entry.adopted],
        "vocabulary": list(entry.vocabulary),
        "earlier": entry.earlier,
        "undone_by": list(entry.undone_by),
        "words_in": entry.measure.came,
        "words_out": entry.measure.went,
    }
