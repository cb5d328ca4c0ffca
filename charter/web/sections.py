"""The sections of a charter as its bar shows them: a few by name, the others in the menu "More"."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """A section: the name of its page, what it is called, and the pages that belong to it."""

    page: str
    name: Promise
    pages: tuple[str, ...] = ()

    def holds(self, page: str) -> bool:
        """Whether a page is the section's own."""
        return page == self.page or page in self.pages


@dataclass(frozen=True, slots=True)
class Link:
    """A section of one charter; `here` says that its page or one of its own is open."""

    name: Promise
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar over a page: what stands in it, and what the menu holds by group.

    A section of the menu that is open stands in the bar too, so that the reader sees where he is.
    """

    shown: tuple[Link, ...]
    more: tuple[tuple[Promise, tuple[Link, ...]], ...]


SHOWN = (
    Section(
        "text",
        _("Text"),
        (
            "blame",
            "clause",
            "clause_brackets",
            "clause_correct",
            "clause_edit",
            "clause_insert",
            "clause_move",
            "clause_strike",
            "struck",
        ),
    ),
    Section("threads", _("Discussion"), ("thread_open", "thread_reply", "thread_reanchor")),
    Section(
        "amendments",
        _("Amendments"),
        (
            "amendment",
            "amendment_new",
            "amendment_describe",
            "adopt",
            "rolling",
            "compilation",
            "suggest",
            "suggest_insert",
            "suggest_move",
            "suggest_strike",
        ),
    ),
    Section("convergence", _("Convergence")),
    Section(
        "history",
        _("History"),
        (
            "revision",
            "clause_history",
            "history_play",
            "revision_undo",
            "clause_return",
            "feeds",
            "clause_blame",
            "import",
        ),
    ),
    Section("compare", _("Compare"), ("concordance",)),
)

MORE: tuple[tuple[Promise, tuple[Section, ...]], ...] = (
    (
        _("The text"),
        (
            Section("editions", _("Editions"), ("edition",)),
            Section(
                "principles",
                _("Principles"),
                (
                    "principle",
                    "coverage",
                    "principle_clauses",
                    "principle_merge",
                    "principle_split",
                ),
            ),
            Section("statistics", _("Statistics")),
            Section("export", _("Export")),
        ),
    ),
    (
        _("The table"),
        (
            Section(
                "parties",
                _("Parties"),
                (
                    "party",
                    "delegation",
                    "parties_import",
                    "party_member_add",
                    "party_membership",
                ),
            ),
            Section("statements", _("Statements")),
            Section("silences", _("Silence procedures"), ("silence", "silence_new")),
            Section("members", _("Members"), ("member",)),
        ),
    ),
    (
        _("The charter"),
        (
            Section("notice_settings", _("Following"), ("clause_follow",)),
            Section("charter_settings", _("Settings"), ("webhooks", "webhook")),
        ),
    ),
)


def bar(slug: str, page: str) -> Bar:
    """The bar of the charter, over the page of this name."""

    def link(section: Section) -> Link:
        return Link(section.name, reverse(section.page, args=[slug]), section.holds(page))

    more = tuple((group, tuple(map(link, sections))) for group, sections in MORE)
    return Bar((*map(link, SHOWN), *_open(more)), more)


def _open(more: tuple[tuple[Promise, tuple[Link, ...]], ...]) -> Iterator[Link]:
    for _group, links in more:
        yield from (one for one in links if one.here)
