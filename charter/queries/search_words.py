"""A query in the words of a charter: which of its forms are meant, in each of its languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from rapidfuzz.distance import OSA

from charter.models import Charter
from charter.models.search import lexeme, own
from charter.text.seeking import Choice, Query, Run, Sought, Term, like, parts
from charter.text.spelling import plain, trigrams

MOST_FORMS = 500  # of one word of a query
GUESSES = 5  # for one word that is nowhere
MOST_PARTS = 60  # of one run of signs that are looked up
_LAST = "\U0010ffff"

Key = tuple[int, str]  # a charter and a language of it

# Written so that the index on the beginning of a word serves patterns that are not known when the
# statement is planned.
_FORMS = """
SELECT place.charter_id, place.language, asked.at - 1,
       charter_is_stop_word(place.language, asked.word),
       CASE WHEN asked.pattern IS NULL THEN ARRAY(
         SELECT form FROM charter_soughtword known
         WHERE known.charter_id = place.charter_id AND known.language = place.language
           AND known.stem = charter_stem(place.language, asked.word)
         UNION
         SELECT form FROM charter_soughtword known
         WHERE known.charter_id = place.charter_id AND known.language = place.language
           AND known.plain_stem = charter_stem(place.language, asked.plain)
         LIMIT %(most)s + 1)
       ELSE ARRAY(
         SELECT form FROM charter_soughtword known
         WHERE known.charter_id = place.charter_id AND known.language = place.language
           AND known.plain ~>=~ asked.low AND known.plain ~<=~ asked.high
           AND known.plain LIKE asked.pattern
         LIMIT %(most)s + 1)
       END
FROM unnest(%(charters)s::bigint[], %(languages)s::text[]) AS place (charter_id, language),
     unnest(%(words)s::text[], %(plains)s::text[], %(patterns)s::text[],
            %(lows)s::text[], %(highs)s::text[])
       WITH ORDINALITY AS asked (word, plain, pattern, low, high, at)
"""

# The likest have the greatest share of their trigrams and the word's in common.
_GUESSES = """
WITH asked (any_of, grams) AS MATERIALIZED (SELECT %(any_of)s::tsquery, %(grams)s::text[])
SELECT form, plain FROM (
  SELECT form, plain, length(trigrams) AS own, %(count)s AS sought,
         length(trigrams) - length(ts_delete(trigrams, asked.grams)) AS common
  FROM asked JOIN charter_soughtword ON trigrams @@ asked.any_of
  WHERE charter_id = ANY(%(charters)s)
) likeness
ORDER BY common::float / (own + sought - common) DESC, form LIMIT 40
"""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a query means: in each language of each charter, and in each charter's discussion.

    Where the words are not there at all, nothing stands for them. `more`: a word may have further
    forms than were looked for.
    """

    texts: dict[Key, Sought]
    comments: dict[int, Sought]
    more: bool = False


def meant_in(charters: Sequence[Charter], query: Query) -> Meant:
    """The query in the words of these charters, in all languages of theirs. One query."""
    keys = [
        (charter.pk, code)
        for charter in charters
        for code in dict.fromkeys((charter.working_language, *charter.languages))
    ]
    if not query.wanted or not keys:
        return Meant({}, {})
    known = _Known(keys, query)
    texts = {key: known.sought(query, [key], stops_of=key[1]) for key in keys}
    comments = {
        charter.pk: known.sought(
            query,
            [key for key in keys if key[0] == charter.pk],
            stops_of=charter.working_language,
        )
        for charter in charters
    }
    return Meant(
        {key: sought for key, sought in texts.items() if sought.possible},
        {charter: sought for charter, sought in comments.items() if sought.possible},
        known.more,
    )


class _Known:
    """The forms that the words of a query have, by charter and language, and which say little."""

    def __init__(self, keys: Sequence[Key], query: Query) -> None:
        self.asked: dict[tuple[str, str | None], int] = {}
        for term in query.terms:
            for at, word in enumerate(term.words):
                pattern = like(term, at)
                if pattern is not None or not term.exact:
                    self.asked.setdefault((word, pattern), len(self.asked))
        self.forms: dict[tuple[Key, int], Choice] = {}
        self.stops: set[tuple[str, int]] = set()
        self.more = False
        for charter, language, at, stop, forms in _fetch(_FORMS, self._bound(keys)):
            self.forms[(charter, language), at] = frozenset(forms[:MOST_FORMS])
            self.more = self.more or len(forms) > MOST_FORMS
            if stop:
                self.stops.add((language, at))

    def _bound(self, keys: Sequence[Key]) -> dict[str, object]:
        asked = [(word, plain(word), pattern) for word, pattern in self.asked]
        begins = [bare if pattern == f"{word}%" else "" for word, bare, pattern in asked]
        return {
            "most": MOST_FORMS,
            "charters": [charter for charter, _language in keys],
            "languages": [language for _charter, language in keys],
            "words": [word for word, _plain, _pattern in asked],
            "plains": [bare for _word, bare, _pattern in asked],
            "patterns": [pattern and pattern.replace(word, bare) for word, bare, pattern in asked],
            "lows": begins,
            "highs": [f"{begin}{_LAST}" for begin in begins],
        }

    def sought(self, query: Query, keys: Sequence[Key], stops_of: str) -> Sought:
        """The query in the forms of these keys; words that say little count if all words do."""
        wanted = query.wanted
        telling = [term for term in wanted if not self._says_little(term, stops_of)]
        without = [self._run(term, keys) for term in query.terms if term.without]
        return Sought(
            tuple(self._run(term, keys) for term in telling or wanted),
            tuple(run for run in without if all(run)),
        )

    def _says_little(self, term: Term, language: str) -> bool:
        at = self.asked.get((term.words[0], None))
        return len(term.words) == 1 and not term.exact and (language, at) in self.stops

    def _run(self, term: Term, keys: Sequence[Key]) -> Run:
        return tuple(self._choice(term, at, keys) for at in range(len(term.words)))

    def _choice(self, term: Term, at: int, keys: Sequence[Key]) -> Choice:
        word, pattern = term.words[at], like(term, at)
        if term.exact and pattern is None:
            return frozenset((word,))
        place = self.asked[word, pattern]
        return frozenset().union(*(self.forms.get((key, place), ()) for key in keys))


def tsquery(charter: int, sought: Sought) -> str:
    """What is sought in a charter, as PostgreSQL writes a tsquery."""
    wanted = [_written(charter, run) for run in sought.wanted]
    return " & ".join((*wanted, *(f"!({_written(charter, run)})" for run in sought.without)))


def _written(charter: int, run: Run) -> str:
    return "(" + " <-> ".join(any_of(charter, choice) for choice in run) + ")"


def any_of(charter: int, forms: Iterable[str]) -> str:
    """A tsquery of what holds any of these."""
    return "(" + " | ".join(lexeme(charter, form) for form in sorted(forms)) + ")"


def guesses(charters: Sequence[Charter], query: Query) -> list[tuple[str, tuple[str, ...]]]:
    """For each wanted word that is nowhere in these charters, the likest that is: (word, likest).

    Words are looked up by trigrams and ordered by how few letters part them. At most four queries.
    """
    found = []
    keys = [charter.pk for charter in charters]
    for word in list(dict.fromkeys(w for term in query.wanted for w in term.words))[:4]:
        bare = plain(word)
        likes: dict[str, int] = {}
        grams = trigrams(bare)
        bound = {
            "charters": keys,
            "any_of": " | ".join(any_of(key, grams) for key in keys),
            "grams": [own(key, gram) for key in keys for gram in grams],
            "count": len(grams),
        }
        for form, other in _fetch(_GUESSES, bound):
            likes.setdefault(form, OSA.distance(bare, other))
        near = [form for form, apart in likes.items() if 0 < apart <= 1 + len(bare) // 3]
        if near and 0 not in likes.values():
            found.append((word, tuple(sorted(near, key=likes.__getitem__)[:GUESSES])))
    return found


_TOGETHER = """
SELECT DISTINCT asked.run
FROM unnest(%(runs)s::text[], %(queries)s::text[]) AS asked (run, query)
JOIN charter_soughtwording one ON one.words @@ asked.query::tsquery
"""


def partly_there(charters: Sequence[Charter], query: Query) -> list[tuple[str, tuple[str, ...]]]:
    """For each wanted run of signs, the longest runs within it that stand in these charters now.

    One query.
    """
    within = {term.words: parts(term)[:MOST_PARTS] for term in query.wanted}
    asked = [(run, charter.pk) for runs in within.values() for run in runs for charter in charters]
    if not asked:
        return []
    bound = {
        "runs": ["".join(run) for run, _charter in asked],
        "queries": [
            _written(charter, [frozenset((sign,)) for sign in run]) for run, charter in asked
        ],
    }
    there = {run for (run,) in _fetch(_TOGETHER, bound)}
    found = (
        ("".join(whole), tuple(one for one in map("".join, runs) if one in there)[:GUESSES])
        for whole, runs in within.items()
    )
    return [(whole, runs) for whole, runs in found if runs]


def _fetch(sql: str, bound: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return cursor.fetchall()
