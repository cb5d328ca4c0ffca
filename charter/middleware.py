"""Middleware for both kinds of server: behind WSGI it is called, behind ASGI it is awaited."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest


class EitherWay:
    """A subclass says how it answers in `_answer`, and how in `_answer_async`."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self._answer_async(request) if self.is_async else self._answer(request)

    def _answer(self, request: HttpRequest) -> Any:
        raise NotImplementedError

    async def _answer_async(self, request: HttpRequest) -> Any:
        raise NotImplementedError
