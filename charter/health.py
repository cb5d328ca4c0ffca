"""`/healthz`: this process answers. `/readyz`: and so does its database, fully migrated.

They stand before every other layer: a probe calls by any host name and without https.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from charter.middleware import EitherWay


class Health(EitherWay):
    """Answers the two addresses in plain text: 200 "ok", or 503 with one sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        super().__init__(get_response)
        self.migrated = False

    def _answer(self, request: HttpRequest) -> Any:
        return self._told(request.path_info) or self.get_response(request)

    async def _answer_async(self, request: HttpRequest) -> Any:
        answer = None
        if request.path_info == "/healthz":
            answer = _plain("ok")
        elif request.path_info == "/readyz":
            answer = await sync_to_async(self._told)(request.path_info)
        return answer or await self.get_response(request)

    def _told(self, path: str) -> HttpResponse | None:
        if path == "/healthz":
            return _plain("ok")
        if path == "/readyz":
            trouble = self._trouble()
            return _plain(trouble, 503) if trouble else _plain("ok")
        return None

    def _trouble(self) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self.migrated:
                executor = MigrationExecutor(connection)
                self.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except Error:
            return "The database does not answer."
        return "" if self.migrated else "The database is not migrated."


def _plain(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        f"{words}\n",
        status=status,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )
