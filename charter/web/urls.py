"""The addresses of the pages, noun by noun."""

from django.urls import path, register_converter

from charter.web import (
    adoption,
    amendment_threads,
    amendments,
    blame,
    brackets,
    charters,
    clauses,
    compare,
    compilation,
    convergence,
    corrections,
    coverage,
    delegations,
    editing,
    editions,
    exports,
    feeds,
    following,
    history,
    imports,
    invitations,
    ladder,
    members,
    mentioning,
    moving,
    notices,
    numbering,
    parties,
    party_members,
    playing,
    positions,
    principle_clauses,
    principle_kin,
    principles,
    redrawing,
    register,
    returning,
    reworking,
    rolling,
    search,
    seatings,
    silence,
    silence_calendar,
    statements,
    statistics,
    suggesting,
    text,
    threads,
    undoing,
    webhooks,
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
INVITATION = CHARTER + "invitations/<int:invitation>/"
PARTY = CHARTER + "parties/<int:party>/"
PARTY_MEMBER = PARTY + "members/<int:membership>/"
AMENDMENT = CHARTER + "amendments/<uuid:amendment>/"
TALK = AMENDMENT + "threads/<uuid:talk>/"
SILENCE = CHARTER + "silence/<int:silence>/"
WEBHOOK = CHARTER + "webhooks/<int:webhook>/"

urlpatterns = [
    # Charters
    path("", charters.charters, name="charters"),
    path("charters/new/", charters.new, name="charter_new"),
    path(CHARTER + "settings/", charters.settings, name="charter_settings"),
    path(CHARTER + "numbers/freeze/", numbering.freeze, name="numbers_freeze"),
    path(CHARTER + "numbers/release/", numbering.release, name="numbers_release"),
    # Invitations, for those who hold them
    path("invitations/<str:key>/", invitations.invitation, name="invitation"),
    path("invitations/<int:invitation>/accept/", invitations.accept, name="invitation_accept"),
    path("invitations/<int:invitation>/decline/", invitations.decline, name="invitation_decline"),
    # The text
    path(CHARTER, text.text, name="text"),
    path(CHARTER + "blame/", blame.text, name="blame"),
    path(CHARTER + "rolling/", rolling.text, name="rolling"),
    path(CHARTER + "compilation/", compilation.compilation, name="compilation"),
    # Clauses
    path(CHARTER + "clauses/insert/", clauses.insert, name="clause_insert"),
    path(CHARTER + "struck/", clauses.struck, name="struck"),
    path(CLAUSE, clauses.clause, name="clause"),
    path(CLAUSE + "edit/", editing.edit, name="clause_edit"),
    path(CLAUSE + "edit/redline/", redrawing.edited, name="edit_redline"),
    path(CLAUSE + "correct/", corrections.correct, name="clause_correct"),
    path(CLAUSE + "strike/", clauses.strike, name="clause_strike"),
    path(CLAUSE + "restore/", clauses.restore, name="clause_restore"),
    path(CLAUSE + "move/", moving.move, name="clause_move"),
    path(CLAUSE + "brackets/", brackets.brackets, name="clause_brackets"),
    # Threads
    path(CHARTER + "threads/", threads.threads, name="threads"),
    path(CLAUSE + "threads/", threads.open_, name="thread_open"),
    path(THREAD + "reply/", threads.reply, name="thread_reply"),
    path(THREAD + "resolve/", threads.resolve, name="thread_resolve"),
    path(THREAD + "reopen/", threads.reopen, name="thread_reopen"),
    path(THREAD + "reanchor/", threads.reanchor, name="thread_reanchor"),
    # History
    path(CHARTER + "history/", history.history, name="history"),
    path(CHARTER + "history/play/", playing.play, name="history_play"),
    path(CHARTER + "history/play/<int:number>/", playing.shown, name="history_shown"),
    path(CHARTER + "history/feeds/", feeds.feeds, name="feeds"),
    path(CHARTER + "history/feed/", feeds.history, name="history_feed"),
    path(CLAUSE + "history/feed/", feeds.clause, name="clause_feed"),
    path(CHARTER + "revisions/<int:number>/undo/", undoing.undo, name="revision_undo"),
    path(CLAUSE + "return/", returning.return_, name="clause_return"),
    path(CHARTER + "revisions/<int:number>/", history.revision, name="revision"),
    path(CLAUSE + "history/", history.clause, name="clause_history"),
    path(CLAUSE + "blame/", blame.clause, name="clause_blame"),
    path(CHARTER + "compare/", compare.compare, name="compare"),
    path(CHARTER + "concordance/", numbering.concordance, name="concordance"),
    path(CHARTER + "editions/", editions.editions, name="editions"),
    path(EDITION, editions.edition, name="edition"),
    path(EDITION + "withdraw/", editions.withdraw, name="edition_withdraw"),
    # Search
    path("search/", search.everywhere, name="search_everywhere"),
    path(CHARTER + "search/", search.search, name="search"),
    # What one is told of
    path("inbox/", notices.notices, name="inbox"),
    path("inbox/stop/<str:key>/", notices.stop, name="letters_stop"),
    path(CHARTER + "members/names/", mentioning.names, name="member_names"),
    path(CHARTER + "notices/", following.settings, name="notice_settings"),
    path(CHARTER + "follow/", following.charter, name="charter_follow"),
    path(CLAUSE + "follow/", following.clause, name="clause_follow"),
    # In and out
    path(CHARTER + "import/", imports.import_, name="import"),
    path(CHARTER + "export/", exports.export, name="export"),
    # Principles
    path(CHARTER + "principles/", principles.principles, name="principles"),
    path(PRINCIPLE, principles.principle, name="principle"),
    path(CHARTER + "coverage/", coverage.coverage, name="coverage"),
    path(PRINCIPLE + "clauses/", principle_clauses.principle_clauses, name="principle_clauses"),
    path(PRINCIPLE + "merge/", principle_kin.merge, name="principle_merge"),
    path(PRINCIPLE + "split/", principle_kin.split, name="principle_split"),
    path(PRINCIPLE + "withdraw/", principles.withdraw, name="principle_withdraw"),
    path(PRINCIPLE + "restore/", principles.restore, name="principle_restore"),
    # Numbers
    path(CHARTER + "statistics/", statistics.statistics, name="statistics"),
    # The table
    path(CHARTER + "members/", members.members, name="members"),
    path(MEMBER, members.member, name="member"),
    path(MEMBER + "remove/", members.remove, name="member_remove"),
    path(MEMBER + "confirm/", seatings.confirm, name="member_confirm"),
    path(MEMBER + "decline/", seatings.decline, name="member_decline"),
    path(INVITATION + "renew/", invitations.renew, name="invitation_renew"),
    path(INVITATION + "withdraw/", invitations.withdraw, name="invitation_withdraw"),
    path(CHARTER + "parties/", parties.parties, name="parties"),
    path(CHARTER + "parties/export/", register.export, name="parties_export"),
    path(CHARTER + "parties/import/", register.import_, name="parties_import"),
    path(PARTY, parties.party, name="party"),
    path(PARTY + "members/", party_members.add, name="party_member_add"),
    path(PARTY_MEMBER, party_members.membership, name="party_membership"),
    path(PARTY_MEMBER + "remove/", party_members.remove, name="party_membership_remove"),
    path(PARTY + "remove/", parties.remove, name="party_remove"),
    path(CHARTER + "delegations/<int:delegation>/", delegations.delegation, name="delegation"),
    # Other programs
    path(CHARTER + "webhooks/", webhooks.webhooks, name="webhooks"),
    path(WEBHOOK, webhooks.webhook, name="webhook"),
    path(WEBHOOK + "secret/", webhooks.secret, name="webhook_secret"),
    path(WEBHOOK + "test/", webhooks.test, name="webhook_test"),
    path(WEBHOOK + "withdraw/", webhooks.withdraw, name="webhook_withdraw"),
    path(CHARTER + "deliveries/<int:delivery>/again/", webhooks.again, name="delivery_again"),
    # Amendments
    path(CHARTER + "amendments/", amendments.amendments, name="amendments"),
    path(CHARTER + "amendments/new/", amendments.new, name="amendment_new"),
    path(CHARTER + "amendments/insert/", suggesting.insert, name="suggest_insert"),
    path(CHARTER + "adopt/", adoption.adopt, name="adopt"),
    path(AMENDMENT, amendments.amendment, name="amendment"),
    path(AMENDMENT + "describe/", amendments.describe, name="amendment_describe"),
    path(AMENDMENT + "table/", amendments.table, name="amendment_table"),
    path(AMENDMENT + "withdraw/", amendments.withdraw, name="amendment_withdraw"),
    path(AMENDMENT + "join/", amendments.join, name="amendment_join"),
    path(AMENDMENT + "leave/", amendments.leave, name="amendment_leave"),
    path(AMENDMENT + "reject/", amendments.reject, name="amendment_reject"),
    path(AMENDMENT + "supersede/", amendments.supersede, name="amendment_supersede"),
    path(AMENDMENT + "changes/<uuid:change>/drop/", amendments.drop, name="amendment_drop"),
    path(AMENDMENT + "changes/<uuid:change>/rework/", reworking.rework, name="amendment_rework"),
    path(
        AMENDMENT + "changes/<uuid:change>/threads/",
        amendment_threads.open_on_change,
        name="change_thread_open",
    ),
    path(AMENDMENT + "threads/", amendment_threads.open_, name="amendment_thread_open"),
    path(TALK + "reply/", amendment_threads.reply, name="amendment_thread_reply"),
    path(TALK + "resolve/", amendment_threads.resolve, name="amendment_thread_resolve"),
    path(TALK + "reopen/", amendment_threads.reopen, name="amendment_thread_reopen"),
    path(TALK + "reanchor/", amendment_threads.reanchor, name="amendment_thread_reanchor"),
    path(CHARTER + "convergence/", convergence.convergence, name="convergence"),
    # Silence procedures
    path(CHARTER + "silence/", silence.silences, name="silences"),
    path(CHARTER + "silence/new/", silence.new, name="silence_new"),
    path(CHARTER + "silence/calendar.ics", silence_calendar.calendar, name="silence_calendar"),
    path(SILENCE, silence.silence, name="silence"),
    path(SILENCE + "break/", silence.break_, name="silence_break"),
    path(SILENCE + "extend/", silence.extend, name="silence_extend"),
    path(SILENCE + "call-off/", silence.call_off, name="silence_call_off"),
    # Positions, and how far a clause is agreed
    path(CLAUSE + "rung/", ladder.put, name="clause_rung"),
    path(CHARTER + "statements/", statements.statements, name="statements"),
    path(
        CHARTER + "statements/<uuid:statement>/withdraw/",
        statements.withdraw,
        name="statement_withdraw",
    ),
    path(CLAUSE + "position/", positions.take_on_clause, name="clause_position"),
    path(
        CLAUSE + "position/withdraw/",
        positions.withdraw_on_clause,
        name="clause_position_withdraw",
    ),
    path(AMENDMENT + "position/", positions.take_on_amendment, name="amendment_position"),
    path(
        AMENDMENT + "position/withdraw/",
        positions.withdraw_on_amendment,
        name="amendment_position_withdraw",
    ),
    path(CLAUSE + "suggest/", suggesting.words, name="suggest"),
    path(CLAUSE + "suggest/redline/", redrawing.suggested, name="suggest_redline"),
    path(CLAUSE + "suggest/strike/", suggesting.strike, name="suggest_strike"),
    path(CLAUSE + "suggest/move/", suggesting.move, name="suggest_move"),
]
