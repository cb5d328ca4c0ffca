"""What became of a charter or of a clause as an Atom feed (RFC 4287)."""

from collections.abc import Callable
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charter.exports import said
from charter.exports.citations import citation_of
from charter.models import Charter, Clause
from charter.queries.history import Entry, revisions_of
from charter.queries.picking import EVERYTHING, Wanted

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ENTRIES = 40
CITED = 20  # clauses named in an entry

Absolute = Callable[[str], str]  # makes a path an address


def history_feed(charter: Charter, language: str, here: str, absolute: Absolute) -> bytes:
    """The newest revisions of the charter. `here` is the path the feed is read at."""
    own, page = (reverse(name, args=[charter.slug]) for name in ("history_feed", "history"))
    feed = _begun(charter.called, uuid5(charter.uuid, own).urn, page, here, absolute)
    return _written(feed, charter, EVERYTHING, language, absolute)


def clause_feed(
    charter: Charter, clause: Clause, language: str, here: str, absolute: Absolute
) -> bytes:
    """The newest revisions that changed a clause or something in it."""
    of = [charter.slug, clause.pk]
    own, page = (reverse(name, args=of) for name in ("clause_feed", "clause_history"))
    title = f"{called(charter, clause, language)} · {charter.called}"
    feed = _begun(title, uuid5(charter.uuid, own).urn, page, here, absolute)
    return _written(feed, charter, Wanted(clause=UUID(str(clause.pk))), language, absolute)


def called(charter: Charter, clause: Clause, language: str) -> str:
    """The clause's citation now, else its kind."""
    return citation_of(charter, clause.pk, language) or str(clause.get_kind_display())


def _begun(title: str, id: str, page: str, here: str, absolute: Absolute) -> Atom1Feed:
    return Atom1Feed(
        title=title,
        link=absolute(page),
        description="",
        subtitle=_("What became of the text, revision by revision"),
        feed_url=absolute(here),
        feed_guid=id,
        language=get_language(),
    )


def _written(
    feed: Atom1Feed, charter: Charter, wanted: Wanted, language: str, absolute: Absolute
) -> bytes:
    for entry in revisions_of(charter, limit=ENTRIES, language=language, wanted=wanted).entries:
        _add(feed, charter, entry, absolute)
    return feed.writeString("utf-8").encode()


def _add(feed: Atom1Feed, charter: Charter, entry: Entry, absolute: Absolute) -> None:
    number = _("Revision %(number)d") % {"number": entry.number}
    author = f"{entry.author} ({entry.delegation})" if entry.delegation else entry.author
    where = reverse("revision", args=[charter.slug, entry.number])
    feed.add_item(
        title=f"{number}: {entry.message or entry.cause.label}",
        link=absolute(where),
        description=_summary(entry),
        author_name=author,
        pubdate=entry.at,
        updateddate=entry.at,
        unique_id=uuid5(charter.uuid, str(entry.number)).urn,
        categories=[str(entry.cause.label)],
    )


def _summary(entry: Entry) -> str:
    """What it changed, by citation: no words of the text."""
    found = [
        f"{_('Title') if one.kind == 'charter' else one.citation or one.kind_name}: "
        f"{', '.join(said.changes(one.changes))}"
        for one in entry.touched[:CITED]
    ]
    found += [_("Principle “%(name)s”") % {"name": name} for name in entry.vocabulary[:CITED]]
    if len(entry.touched) > CITED:
        found.append("…")
    return "; ".join(found)
