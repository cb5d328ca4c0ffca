"""Everything by ASGI, on one port."""

import os

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Pages(ASGIHandler):
    """Django's handler, with the middleware and the view of a request on one thread.

    The pages are synchronous. Left to itself, Django would change threads and back for every
    layer of middleware, some thirty times per request.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter.settings")
os.environ.setdefault("DATABASE_POOL", "20")
if not os.environ.get("DATABASE_URL"):
    from charter import embedded
    from charter.data import data_folder

    embedded.start(data_folder())

django.setup(set_prefix=False)
application = Pages()
