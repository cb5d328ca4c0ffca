"""The site's addresses, and beside them the plainest views that could answer the same.

SQL by hand, strings joined with `escape`, no outline, no numbers, no marks. They stand behind the
middleware of every page, so that what is compared is the work on a page alone.
"""

from html import escape
from itertools import groupby

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from charter.queries import texts
from charter.text.diff import diff
from tests.bench.bench_storage import BARE

HEAD = "SELECT id, head, title FROM charter_charter WHERE slug = %s"
TAGS = {False: texts.TAGS_NOW, True: texts.TAGS_THEN}
CLAUSES = {False: texts.CLAUSES_NOW, True: texts.CLAUSES_THEN}
POSITIONS = """
    SELECT DISTINCT ON (p.delegation_id, p.clause_id) p.clause_id::text, t.code, p.stance
    FROM charter_position p JOIN charter_delegation d ON d.id = p.delegation_id
    JOIN charter_party t ON t.id = d.party_id
    WHERE p.charter_id = %s AND p.clause_id IS NOT NULL AND p.visibility = 'all'
    ORDER BY p.delegation_id, p.clause_id, p.id DESC"""
AMENDMENTS = """
    SELECT a.number, a.title, c.clause_id::text, c.base_text, c.text
    FROM charter_amendment a JOIN charter_proposedchange c ON c.amendment_id = a.id
    WHERE a.charter_id = %s AND a.status IN ('tabled', 'partly_adopted') ORDER BY a.number, c.id"""
WORDS = {False: texts.WORDINGS_NOW, True: texts.WORDINGS_THEN}


def rows(sql: str, bound: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return cursor.fetchall()


def row(request: HttpRequest, slug: str) -> HttpResponse:
    """One row and its title."""
    ((_id, head, title),) = rows(HEAD, [slug])
    return HttpResponse(f"<h1>{escape(title)}</h1><p>{head}")


def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The clauses in reading order, with their words and tags, now or at `?at=`."""
    ((charter, _head, title),) = rows(HEAD, [slug])
    at = int(request.GET.get("at") or 0)
    found = clauses(charter, at)
    tags = {}
    bound = {"charter": charter, "number": at}
    for clause, run in groupby(rows(TAGS[at > 0], bound), key=lambda tag: tag[0]):
        tags[clause] = " ".join(slug for _, slug in run)
    html = [block(id, kind, escape(heading), escape(words), tags.get(id, ""))
            for id, kind, heading, words in found]  # fmt: skip
    return HttpResponse(f"<h1>{escape(title)}</h1>{''.join(html)}")


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Clauses that differ, with `?all=` the others too, the words that differ marked."""
    ((charter, _head, title),) = rows(HEAD, [slug])
    before = {id: (heading, words) for id, _kind, heading, words in
              clauses(charter, int(request.GET["since"]))}  # fmt: skip
    html = []
    for id, kind, heading, words in clauses(charter, int(request.GET["at"])):
        was_heading, was = before.get(id, ("", ""))
        if "all" not in request.GET and (was_heading, was) == (heading, words):
            continue
        html.append(block(id, kind, marked(was_heading, heading), marked(was, words), ""))
    return HttpResponse(f"<h1>{escape(title)}</h1>{''.join(html)}")


def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Words and their history, in one statement."""
    ((charter, _head, _title),) = rows(HEAD, [slug])
    bound = {"charter": charter, "author": request.user.pk}
    with connection.cursor() as cursor:
        cursor.execute(BARE, bound | {name: request.POST[name] for name in ("clause", "text")})
    return HttpResponse(status=302, headers={"Location": "/"})


def positions(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles, and of each the last that each delegation said of a clause in it."""
    ((charter, _head, title),) = rows(HEAD, [slug])
    said: dict[str, list[str]] = {}
    for clause, code, stance in rows(POSITIONS, [charter]):
        said.setdefault(clause, []).append(f"<td>{escape(code)} {escape(stance)}</td>")
    html = []
    for id, kind, heading, _words in clauses(charter, 0):
        if kind == "article":
            html.append(f"<tr><th>{escape(heading)}</th>")
        html += said.get(id, ())
    return HttpResponse(f"<h1>{escape(title)}</h1><table>{''.join(html)}</table>")


def amendments(request: HttpRequest, slug: str) -> HttpResponse:
    """Each open change: its amendment, and the redline of its words."""
    ((charter, _head, title),) = rows(HEAD, [slug])
    html = [
        block(clause, "reword", f"A-{number} {escape(name)}", marked(was, now), "")
        for number, name, clause, was, now in rows(AMENDMENTS, [charter])
    ]
    return HttpResponse(f"<h1>{escape(title)}</h1>{''.join(html)}")


def clauses(charter: int, at: int) -> list[tuple[str, str, str, str]]:
    """Id, kind, heading and words, in reading order: articles, each with its paragraphs."""
    bound = {"charter": charter, "language": "en", "number": at}
    words = {row[0]: row[1:] for row in rows(WORDS[at > 0], bound)}
    children: dict[str | None, list[tuple[str, str]]] = {}
    for id, parent, kind, _numeral in rows(CLAUSES[at > 0], bound):
        children.setdefault(parent, []).append((id, kind))
    ((root, _kind),) = children[None]
    found = []
    for article, kind in children[root]:
        found.append((article, kind, *words[article]))
        found += [(id, kind, *words[id]) for id, kind in children[article]]
    return found


def block(id: str, kind: str, heading: str, words: str, tags: str) -> str:
    """One clause."""
    title = f"<h2>{heading}</h2>" if heading else ""
    return f'<div class="{kind}" id="{id}">{title}<p>{words}</p><p>{tags}</p></div>'


def marked(was: str, now: str) -> str:
    """The words with what came and what went."""
    if was == now:
        return escape(now)
    name = {"insert": "ins", "delete": "del", "equal": "span"}
    return "".join(
        f"<{name[span.op]}>{escape(span.text)}</{name[span.op]}>" for span in diff(was, now, "en")
    )


urlpatterns = [
    path("floor/<slug:slug>/row/", row),
    path("floor/<slug:slug>/text/", text),
    path("floor/<slug:slug>/compare/", compare),
    path("floor/<slug:slug>/save/", save),
    path("floor/<slug:slug>/positions/", positions),
    path("floor/<slug:slug>/amendments/", amendments),
    path("", include("charter.urls")),
]
