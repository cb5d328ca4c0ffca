"""The addresses of the API, noun by noun."""

from django.urls import path, re_path

from charter.api import (
    blame,
    brackets,
    charters,
    clause_history,
    clauses,
    comparing,
    coverage,
    delegations,
    docs,
    editions,
    exports,
    feeds,
    imports,
    invitations,
    me,
    members,
    notices,
    numbering,
    parties,
    party_members,
    presence,
    principle_kin,
    principles,
    register,
    revisions,
    search,
    seatings,
    stages,
    statistics,
    text,
    threads,
    undoing,
    webhooks,
)
from charter.api.negotiation_urls import CHARTER, CLAUSE, negotiation
from charter.api.schema import schema
from charter.api.unknown import Unknown

app_name = "api"

INVITATION = CHARTER + "invitations/<number:invitation>/"
THREAD = CHARTER + "threads/<number:thread>/"
WEBHOOK = CHARTER + "webhooks/<number:webhook>/"
PRINCIPLE = CHARTER + "principles/<name:principle>/"

urlpatterns = [
    path("", docs.start, name="start"),
    path("v1/", docs.start, name="start"),
    path("docs/", docs.docs, name="docs"),
    path("docs/examples/", docs.examples, name="examples"),
    path("docs/problems/", docs.problems, name="problems"),
    path("v1/schema/", schema, name="schema"),
    path("v1/me/", me.Me.as_view(), name="me"),
    # Charters
    path("v1/charters/", charters.Charters.as_view(), name="charters"),
    path(CHARTER, charters.Charter.as_view(), name="charter"),
    path(CHARTER + "settings/", charters.Settings.as_view(), name="settings"),
    path(CHARTER + "stages/", stages.Stages.as_view(), name="stages"),
    # The text
    path(CHARTER + "text/", text.Text.as_view(), name="text"),
    path(CHARTER + "exports/", exports.Exports.as_view(), name="exports"),
    path(CHARTER + "imports/", imports.Imports.as_view(), name="imports"),
    path(CHARTER + "imports/preview/", imports.ImportPreview.as_view(), name="import_preview"),
    # Clauses
    path(CHARTER + "clauses/", clauses.Clauses.as_view(), name="clauses"),
    path(CHARTER + "struck/", clause_history.Struck.as_view(), name="struck"),
    path(CLAUSE, clauses.Clause.as_view(), name="clause"),
    path(CLAUSE + "history/", clause_history.ClauseHistory.as_view(), name="clause_history"),
    path(CLAUSE + "corrections/", clauses.ClauseCorrections.as_view(), name="clause_corrections"),
    path(CLAUSE + "strike/", clauses.ClauseStrike.as_view(), name="clause_strike"),
    path(CLAUSE + "restore/", clauses.ClauseRestore.as_view(), name="clause_restore"),
    path(CLAUSE + "move/", clauses.ClauseMove.as_view(), name="clause_move"),
    path(CLAUSE + "brackets/", brackets.ClauseBrackets.as_view(), name="clause_brackets"),
    path(CHARTER + "brackets/", brackets.Brackets.as_view(), name="brackets"),
    path(CHARTER + "numbers/freeze/", numbering.NumbersFreeze.as_view(), name="numbers_freeze"),
    path(CHARTER + "numbers/release/", numbering.NumbersRelease.as_view(), name="numbers_release"),
    # Principles
    path(CHARTER + "principles/", principles.Principles.as_view(), name="principles"),
    path(PRINCIPLE, principles.Principle.as_view(), name="principle"),
    path(
        PRINCIPLE + "withdraw/", principles.PrincipleWithdraw.as_view(), name="principle_withdraw"
    ),
    path(PRINCIPLE + "restore/", principles.PrincipleRestore.as_view(), name="principle_restore"),
    path(PRINCIPLE + "clauses/", coverage.PrincipleClauses.as_view(), name="principle_clauses"),
    path(PRINCIPLE + "merge/", principle_kin.PrincipleMerge.as_view(), name="principle_merge"),
    path(PRINCIPLE + "split/", principle_kin.PrincipleSplit.as_view(), name="principle_split"),
    path(CHARTER + "coverage/", coverage.Coverage.as_view(), name="coverage"),
    path(CHARTER + "coverage/courses/", coverage.CoverageCourses.as_view(), name="courses"),
    path(CHARTER + "statistics/", statistics.Statistics.as_view(), name="statistics"),
    # History
    path(CHARTER + "revisions/", revisions.Revisions.as_view(), name="revisions"),
    path(CHARTER + "revisions/<number:revision>/", revisions.Revision.as_view(), name="revision"),
    path(
        CHARTER + "revisions/<number:revision>/undo/",
        undoing.RevisionUndo.as_view(),
        name="revision_undo",
    ),
    path(
        CHARTER + "revisions/<number:revision>/undo/preview/",
        undoing.RevisionUndoPreview.as_view(),
        name="revision_undo_preview",
    ),
    path(CLAUSE + "return/", undoing.ClauseReturn.as_view(), name="clause_return"),
    path(
        CLAUSE + "return/preview/",
        undoing.ClauseReturnPreview.as_view(),
        name="clause_return_preview",
    ),
    path(CHARTER + "blame/", blame.Blame.as_view(), name="blame"),
    path(CLAUSE + "blame/", blame.ClauseBlame.as_view(), name="clause_blame"),
    path(CHARTER + "compare/", comparing.Compare.as_view(), name="compare"),
    path(CHARTER + "concordance/", comparing.Concordance.as_view(), name="concordance"),
    path(CHARTER + "editions/", editions.Editions.as_view(), name="editions"),
    path(CHARTER + "editions/<number:edition>/", editions.Edition.as_view(), name="edition"),
    # Search
    path("v1/search/", search.SearchEverywhere.as_view(), name="search_everywhere"),
    path(CHARTER + "search/", search.Search.as_view(), name="search"),
    *negotiation,
    # Discussion
    path(CHARTER + "threads/", threads.Threads.as_view(), name="threads"),
    path(THREAD, threads.Thread.as_view(), name="thread"),
    path(THREAD + "comments/", threads.ThreadComments.as_view(), name="thread_comments"),
    path(THREAD + "resolve/", threads.ThreadResolve.as_view(), name="thread_resolve"),
    path(THREAD + "reopen/", threads.ThreadReopen.as_view(), name="thread_reopen"),
    path(THREAD + "reanchor/", threads.ThreadReanchor.as_view(), name="thread_reanchor"),
    # The table
    path(CHARTER + "members/", members.Members.as_view(), name="members"),
    path(CHARTER + "members/<number:member>/", members.SingleMember.as_view(), name="member"),
    path(
        CHARTER + "members/<number:member>/confirm/",
        seatings.MemberConfirmed.as_view(),
        name="member_confirm",
    ),
    path(
        CHARTER + "members/<number:member>/decline/",
        seatings.MemberDeclined.as_view(),
        name="member_decline",
    ),
    path(CHARTER + "invitations/", invitations.Invitations.as_view(), name="invitations"),
    path(INVITATION, invitations.SingleInvitation.as_view(), name="invitation"),
    path(
        INVITATION + "renew/",
        invitations.InvitationRenewal.as_view(),
        name="invitation_renew",
    ),
    path("v1/invitations/", invitations.InvitationKey.as_view(), name="invitation_key"),
    path("v1/me/invitations/", invitations.OwnInvitations.as_view(), name="own_invitations"),
    path(
        "v1/me/invitations/<number:invitation>/accept/",
        invitations.OwnInvitationAccepted.as_view(),
        name="own_invitation_accept",
    ),
    path(
        "v1/me/invitations/<number:invitation>/decline/",
        invitations.OwnInvitationDeclined.as_view(),
        name="own_invitation_decline",
    ),
    # Feeds
    path(CHARTER + "feeds/", feeds.Feeds.as_view(), name="feeds"),
    path(CHARTER + "feeds/history/", feeds.HistoryFeed.as_view(), name="history_feed"),
    path(CHARTER + "feeds/silence/", feeds.SilenceCalendar.as_view(), name="silence_calendar"),
    path(CLAUSE + "feed/", feeds.ClauseFeed.as_view(), name="clause_feed"),
    # What one is told of
    path("v1/me/notices/", notices.Notices.as_view(), name="notices"),
    path("v1/me/notices/read/", notices.NoticesRead.as_view(), name="notices_read"),
    path(CHARTER + "following/", notices.Following.as_view(), name="following"),
    path(CHARTER + "following/end/", notices.FollowingEnded.as_view(), name="following_end"),
    path(CHARTER + "notices/", notices.NoticeSettings.as_view(), name="notice_settings"),
    # Parties
    path(CHARTER + "parties/", parties.Parties.as_view(), name="parties"),
    path(CHARTER + "parties/export/", register.PartiesExport.as_view(), name="parties_export"),
    path(CHARTER + "parties/import/", register.PartiesImport.as_view(), name="parties_import"),
    path(
        CHARTER + "parties/import/preview/",
        register.PartiesImportPreview.as_view(),
        name="parties_import_preview",
    ),
    path(
        CHARTER + "parties/<number:party>/members/",
        party_members.PartyMembers.as_view(),
        name="party_members",
    ),
    path(
        CHARTER + "parties/<number:party>/members/<number:membership>/",
        party_members.PartyMember.as_view(),
        name="party_member",
    ),
    path(CHARTER + "presence/", presence.Presences.as_view(), name="presence"),
    path(
        CHARTER + "delegations/<number:delegation>/activity/",
        delegations.DelegationActivity.as_view(),
        name="delegation_activity",
    ),
    path(
        CHARTER + "delegations/<number:delegation>/seatings/",
        seatings.DelegationSeatings.as_view(),
        name="delegation_seatings",
    ),
    path(CHARTER + "parties/<number:party>/", parties.Party.as_view(), name="party"),
    path(CHARTER + "delegations/", delegations.Delegations.as_view(), name="delegations"),
    path(
        CHARTER + "delegations/<number:delegation>/",
        delegations.Delegation.as_view(),
        name="delegation",
    ),
    # Other programs
    path(CHARTER + "webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path(WEBHOOK, webhooks.SingleWebhook.as_view(), name="webhook"),
    path(WEBHOOK + "secret/", webhooks.WebhookSecret.as_view(), name="webhook_secret"),
    path(WEBHOOK + "test/", webhooks.WebhookTest.as_view(), name="webhook_test"),
    path(WEBHOOK + "deliveries/", webhooks.WebhookDeliveries.as_view(), name="deliveries"),
    path(
        CHARTER + "deliveries/<number:delivery>/again/",
        webhooks.DeliveryAgain.as_view(),
        name="delivery_again",
    ),
    # Anything else
    re_path("", Unknown.as_view(), name="unknown"),
]
