"""The addresses of the pages, noun by noun."""

from django.urls import path

from charter.web import clauses, editing, text, threads

CHARTER = "charters/<slug:slug>/"
CLAUSE = CHARTER + "clauses/<uuid:clause>/"
THREAD = CHARTER + "threads/<int:thread>/"

urlpatterns = [
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
]
