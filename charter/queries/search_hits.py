"""What is found as a page shows it: where it stands, the words about it, who wrote it and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from accounts.models import Person
from charter.models import AmendmentComment, Charter, Comment, Wording
from charter.queries.search_found import Found
from charter.queries.search_past import Stay, texts_of
from charter.queries.search_trees import Tree, Trees
from charter.queries.search_words import Meant
from charter.queries.timeline import replay
from charter.text.hits import Piece, Reading, marked, passages, reading
from charter.text.seeking import Sought
from charter.text.spelling import words

_NOTHING = Sought(())


@dataclass(frozen=True, slots=True)
class Event:
    """What a revision did to sought words: brought them, or took them out of the text.

    `citation` is the clause's in that revision, or in the one before when it went with its clause;
    "" where many charters are searched, as each has its own past to be read.
    `by_words`: with a change of its words; else the clause itself came or left.
    """

    number: int
    author: str
    author_id: UUID
    at: datetime
    message: str
    citation: str
    by_words: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One place of what is found.

    `citation` is the clause's in the text searched, "" for one that is not in it. `heading` and
    `words` are passages with the hits marked; `in_heading` says that there are some in the first.
    `came` and `left` are of history, `left` None while the words are still there; `thread` and
    `resolved` are of discussion. A comment on an amendment has `amendment`, by its id, its `symbol`
    and `amendment_thread`; its clause is the one that the amendment would change there.
    """

    charter: Charter
    clause: UUID
    language: str
    citation: str
    title: bool
    standing: bool
    heading: tuple[Piece, ...]
    words: tuple[Piece, ...]
    in_heading: bool
    number: int
    author: str
    at: datetime
    came: Event | None = None
    left: Event | None = None
    thread: int | None = None
    resolved: bool = False
    amendment: UUID | None = None
    symbol: str = ""
    amendment_thread: UUID | None = None
    author_id: UUID | None = None


def shown(found: Sequence[Found], meant: Meant, trees: Trees) -> tuple[Hit, ...]:
    """The finds of one page. The number of queries does not depend on how many they are."""
    if not found:
        return ()
    trees.read({one.charter for one in found})
    page = _Page(found, meant, trees)
    return tuple(page.hit(one) for one in found)


class _Page:
    """All that the finds of a page are shown with."""

    def __init__(self, found: Sequence[Found], meant: Meant, trees: Mapping[int, Tree]) -> None:
        self.meant, self.trees = meant, trees
        stays = [one.stay for one in found if one.stay]
        self.past = texts_of(stays)
        self.revisions = _revisions(stays)
        self.citations = _citations(stays, trees)
        self.comments = _comments(found)
        people = {one.person for one in found}
        self.people = {
            key: (name or email, uuid)
            for key, name, email, uuid in Person.objects.filter(pk__in=people).values_list(
                "pk", "name", "email", "uuid"
            )
        }
        gone = [one for one in found if not one.stay and not one.comment]
        self.struck = _struck([one for one in gone if not trees[one.charter].stands(one.clause)])

    def hit(self, one: Found) -> Hit:
        tree = self.trees[one.charter]
        known = {tree.charter.working_language, *tree.charter.languages}
        language = one.language if one.language in known else tree.language
        sought = self._sought(one)
        heading, text = self._readings(one, tree, language)
        comment = self.comments.get((bool(one.thread), one.comment))
        amendment = comment.thread.amendment if comment and one.thread else None
        stands = tree.stands(one.clause)
        in_heading = bool(marked(heading, sought))
        author, author_id = self.people.get(one.person, ("", None))
        return Hit(
            charter=tree.charter,
            clause=one.clause,
            language=language,
            citation=tree.citation(one.clause, language),
            title=stands and tree.row(one.clause) is None,
            standing=stands,
            heading=passages(heading, sought) if heading.text else (),
            words=passages(text, sought) if text.text else (),
            in_heading=in_heading,
            number=one.number,
            author=author,
            author_id=author_id,
            at=one.at,
            came=self._event(one.stay, came=True),
            left=self._event(one.stay, came=False),
            thread=comment.thread_id if comment and not amendment else None,
            resolved=bool(comment and comment.thread.resolved_at),
            amendment=amendment.uuid if amendment else None,
            symbol=str(amendment) if amendment else "",
            amendment_thread=comment.thread.uuid if amendment else None,
        )

    def _sought(self, one: Found) -> Sought:
        if one.comment:
            return self.meant.comments.get(one.charter, _NOTHING)
        return self.meant.texts.get((one.charter, one.language), _NOTHING)

    def _readings(self, one: Found, tree: Tree, language: str) -> tuple[Reading, Reading]:
        if one.comment:
            said = self.comments[bool(one.thread), one.comment].text
            return Reading("", ()), Reading(said, tuple(words(said)))
        if one.stay:
            both = self.past.get((one.clause, one.language, one.stay.came), ("", ""))
            both = both if any(both) else self.struck.get((one.clause, one.language), ("", ""))
        else:
            both = tree.words(one.clause, language) or self.struck.get(
                (one.clause, one.language), ("", "")
            )
        heading, text = (
            reading(part, one.language, lambda id: tree.citation(id, language)) for part in both
        )
        return heading, text

    def _event(self, stay: Stay | None, *, came: bool) -> Event | None:
        number = stay and (stay.came if came else stay.left)
        if stay is None or number is None:
            return None
        author, author_id, at, message = self.revisions[stay.charter, number]
        return Event(
            number=number,
            author=author,
            author_id=author_id,
            at=at,
            message=message,
            citation=self.citations.get((stay, number), ""),
            by_words=stay.came_by_words if came else stay.left_by_words,
        )


_REVISIONS = """
SELECT asked.charter_id, asked.number, coalesce(nullif(author.name, ''), author.email),
       author.uuid, revision.committed_at, revision.message
FROM unnest(%s::bigint[], %s::int[]) AS asked (charter_id, number)
JOIN charter_revision revision
  ON revision.charter_id = asked.charter_id AND revision.number = asked.number
JOIN accounts_person author ON author.id = revision.author_id
"""


def _numbers(stay: Stay) -> set[int]:
    return {stay.came, stay.left} - {None}


def _revisions(stays: Sequence[Stay]) -> dict[tuple[int, int], tuple[str, UUID, datetime, str]]:
    asked = sorted({(stay.charter, number) for stay in stays for number in _numbers(stay)})
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_REVISIONS, [list(column) for column in zip(*asked, strict=True)])
        return {(charter, number): tuple(facts) for charter, number, *facts in cursor.fetchall()}


def _citations(stays: Sequence[Stay], trees: Mapping[int, Tree]) -> dict[tuple[Stay, int], str]:
    """How the clauses were cited in the revisions that brought the words and took them out."""
    if len(trees) != 1:
        return {}
    (tree,) = trees.values()
    steps = replay(
        tree.charter, {number for stay in stays for number in _numbers(stay)}, tree.language
    )
    return {
        (stay, number): steps[number].citation(stay.clause)
        for stay in stays
        for number in _numbers(stay)
    }


def _comments(found: Sequence[Found]) -> dict[tuple[bool, int], Comment | AmendmentComment]:
    """The comments by key, and by whether they are on an amendment."""
    on_text = [one.comment for one in found if one.comment and not one.thread]
    on_amendments = [one.comment for one in found if one.thread]
    rows: dict[tuple[bool, int], Comment | AmendmentComment] = {}
    if on_text:
        said = Comment.objects.filter(pk__in=on_text).select_related("thread")
        rows |= {(False, one.pk): one for one in said}
    if on_amendments:
        said = AmendmentComment.objects.filter(pk__in=on_amendments)
        rows |= {(True, one.pk): one for one in said.select_related("thread__amendment")}
    return rows


def _struck(found: Sequence[Found]) -> dict[tuple[UUID, str], tuple[str, str]]:
    """Heading and text of wordings that are not in the text."""
    if not found:
        return {}
    rows = Wording.objects.filter(clause__in={one.clause for one in found})
    return {
        (clause, language): (heading, text)
        for clause, language, heading, text in rows.values_list(
            "clause", "language", "heading", "text"
        )
    }
