"""The addresses of the pages, noun by noun."""

from django.urls import path, register_converter

from charter.web import (
    charters,
    clauses,
    compare,
    editing,
    editions,
    exports,
    history,
    imports,
    members,
    numbering,
    parties,
    principles,
    text,
    threads,
)


class PrincipleName:
    """The short name of a principle, in any script."""

    regex = r"[-\w]{1,80}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PrincipleName, "principle")

CHARTER = "charters/<slug:slug>/"
CLAUSE = CHARTER + "clauses/<uuid:clause>/"
THREAD = CHARTER + "threads/<int:thread>/"
EDITION = CHARTER + "editions/<int:edition>/"
PRINCIPLE = CHARTER + "principles/<principle:principle>/"
MEMBER = CHARTER + "members/<int:member>/"
PARTY = CHARTER + "parties/<int:party>/"

urlpatterns = [
    # Charters
    path("", charters.charters, name="charters"),
    path("charters/new/", charters.new, name="charter_new"),
    path(CHARTER + "settings/", charters.settings, name="charter_settings"),
    path(CHARTER + "numbers/freeze/", numbering.freeze, name="numbers_freeze"),
    path(CHARTER + "numbers/release/", numbering.release, name="numbers_release"),
    # The text
    path(CHARTER, text.text, name="text"),
    # Clauses
    path(CHARTER + "clauses/insert/", clauses.insert, name="clause_insert"),
    path(CHARTER + "struck/", clauses.struck, name="struck"),
    path(CLAUSE, clauses.clause, name="clause"),
    path(CLAUSE + "edit/", editing.edit, name="clause_edit"),
    path(CLAUSE + "strike/", clauses.strike, name="clause_strike"),
    path(CLAUSE + "restore/", clauses.restore, name="clause_restore"),
    path(CLAUSE + "move/", clauses.move, name="clause_move"),
    # Threads
    path(CHARTER + "threads/", threads.threads, name="threads"),
    path(CLAUSE + "threads/", threads.open_, name="thread_open"),
    path(THREAD + "reply/", threads.reply, name="thread_reply"),
    path(THREAD + "resolve/", threads.resolve, name="thread_resolve"),
    path(THREAD + "reopen/", threads.reopen, name="thread_reopen"),
    path(THREAD + "reanchor/", threads.reanchor, name="thread_reanchor"),
    # History
    path(CHARTER + "history/", history.history, name="history"),
    path(CHARTER + "revisions/<int:number>/", history.revision, name="revision"),
    path(CLAUSE + "history/", history.clause, name="clause_history"),
    path(CHARTER + "compare/", compare.compare, name="compare"),
    path(CHARTER + "concordance/", numbering.concordance, name="concordance"),
    path(CHARTER + "editions/", editions.editions, name="editions"),
    path(EDITION, editions.edition, name="edition"),
    path(EDITION + "withdraw/", editions.withdraw, name="edition_withdraw"),
    # In and out
    path(CHARTER + "import/", imports.import_, name="import"),
    path(CHARTER + "export/", exports.export, name="export"),
    # Principles
    path(CHARTER + "principles/", principles.principles, name="principles"),
    path(PRINCIPLE, principles.principle, name="principle"),
    path(PRINCIPLE + "withdraw/", principles.withdraw, name="principle_withdraw"),
    path(PRINCIPLE + "restore/", principles.restore, name="principle_restore"),
    # The table
    path(CHARTER + "members/", members.members, name="members"),
    path(MEMBER, members.member, name="member"),
    path(MEMBER + "link/", members.link, name="member_link"),
    path(MEMBER + "remove/", members.remove, name="member_remove"),
    path(CHARTER + "parties/", parties.parties, name="parties"),
    path(PARTY, parties.party, name="party"),
    path(PARTY + "remove/", parties.remove, name="party_remove"),
]
