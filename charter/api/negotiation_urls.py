"""The addresses of the negotiation: amendments, positions, silence, statements."""

from django.urls import path

from charter.api import (
    adoption,
    amendment_threads,
    amendments,
    compilation,
    convergence,
    converters,  # noqa: F401  makes numbers known to addresses
    effects,
    ladder,
    positions,
    proposals,
    rolling,
    silence,
    statements,
)

CHARTER = "v1/charters/<slug:slug>/"
CLAUSE = CHARTER + "clauses/<uuid:clause>/"
SILENCE = CHARTER + "silence/<number:silence>/"
STATEMENT = CHARTER + "statements/<uuid:statement>/"
AMENDMENT = CHARTER + "amendments/<uuid:amendment>/"
TALK = AMENDMENT + "threads/<uuid:talk>/"

negotiation = [
    # Positions, and how far clauses are agreed
    path(CHARTER + "positions/", positions.Positions.as_view(), name="positions"),
    path(
        CHARTER + "positions/withdraw/",
        positions.PositionsWithdrawn.as_view(),
        name="positions_withdraw",
    ),
    path(CHARTER + "ladder/", ladder.Ladder.as_view(), name="ladder"),
    path(CLAUSE + "ladder/", ladder.ClauseLadder.as_view(), name="clause_ladder"),
    path(CHARTER + "silence/", silence.Silences.as_view(), name="silences"),
    path(SILENCE, silence.Silence.as_view(), name="silence"),
    path(SILENCE + "break/", silence.SilenceBreak.as_view(), name="silence_break"),
    path(SILENCE + "extend/", silence.SilenceExtend.as_view(), name="silence_extend"),
    path(SILENCE + "call-off/", silence.SilenceCallOff.as_view(), name="silence_call_off"),
    path(CHARTER + "statements/", statements.Statements.as_view(), name="statements"),
    path(STATEMENT, statements.Statement.as_view(), name="statement"),
    path(
        STATEMENT + "withdraw/", statements.StatementWithdraw.as_view(), name="statement_withdraw"
    ),
    path(CHARTER + "convergence/", convergence.Convergence.as_view(), name="convergence"),
    # Amendments
    path(CHARTER + "amendments/", amendments.Amendments.as_view(), name="amendments"),
    path(AMENDMENT, amendments.Amendment.as_view(), name="amendment"),
    path(AMENDMENT + "table/", amendments.AmendmentTable.as_view(), name="amendment_table"),
    path(
        AMENDMENT + "withdraw/", amendments.AmendmentWithdraw.as_view(), name="amendment_withdraw"
    ),
    path(AMENDMENT + "reject/", amendments.AmendmentReject.as_view(), name="amendment_reject"),
    path(
        AMENDMENT + "supersede/",
        amendments.AmendmentSupersede.as_view(),
        name="amendment_supersede",
    ),
    path(AMENDMENT + "join/", amendments.AmendmentJoin.as_view(), name="amendment_join"),
    path(AMENDMENT + "leave/", amendments.AmendmentLeave.as_view(), name="amendment_leave"),
    path(AMENDMENT + "effect/", effects.AmendmentEffect.as_view(), name="amendment_effect"),
    path(
        AMENDMENT + "threads/",
        amendment_threads.AmendmentThreads.as_view(),
        name="amendment_threads",
    ),
    path(TALK, amendment_threads.AmendmentThread.as_view(), name="amendment_thread"),
    path(
        TALK + "comments/",
        amendment_threads.AmendmentThreadComments.as_view(),
        name="amendment_thread_comments",
    ),
    path(
        TALK + "resolve/",
        amendment_threads.AmendmentThreadResolve.as_view(),
        name="amendment_thread_resolve",
    ),
    path(
        TALK + "reopen/",
        amendment_threads.AmendmentThreadReopen.as_view(),
        name="amendment_thread_reopen",
    ),
    path(
        TALK + "reanchor/",
        amendment_threads.AmendmentThreadReanchor.as_view(),
        name="amendment_thread_reanchor",
    ),
    path(AMENDMENT + "rewordings/", proposals.Rewordings.as_view(), name="rewordings"),
    path(AMENDMENT + "insertions/", proposals.Insertions.as_view(), name="insertions"),
    path(AMENDMENT + "strikes/", proposals.Strikes.as_view(), name="strikes"),
    path(AMENDMENT + "moves/", proposals.Moves.as_view(), name="moves"),
    path(AMENDMENT + "changes/<uuid:change>/", proposals.Change.as_view(), name="change"),
    path(CHARTER + "adoption/", adoption.Adoption.as_view(), name="adoption"),
    path(CHARTER + "adoption/plan/", adoption.AdoptionPlan.as_view(), name="adoption_plan"),
    path(CHARTER + "compilation/", compilation.CompilationTable.as_view(), name="compilation"),
    path(
        CHARTER + "compilation/file/",
        compilation.CompilationFile.as_view(),
        name="compilation_file",
    ),
    path(CHARTER + "rolling/", rolling.RollingText.as_view(), name="rolling"),
]
