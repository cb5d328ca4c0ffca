"""Static files under names that hold their hash, served compressed by the app itself.

`prepare()` collects them into the data folder when a server starts. Where nothing was collected,
as in tests and one-off commands, they are served from `static/` under their plain names.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder, get_finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from charter.data import Trouble, reason
from charter.embedded import locks

PATIENCE = 60  # seconds for another process to put them there


TAKEN = {
    "django_htmx": ("htmx-2.min.js",),
    "swagger-ui": ("swagger-ui-bundle.js", "swagger-ui.css", "swagger-ui.css.map"),
}


class OwnAndTaken(FileSystemFinder):
    """The site's own files, and of those that packages bring only the few in use."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for name, storage in super().list(ignore_patterns):
            if storage.prefix not in TAKEN or name in TAKEN[storage.prefix]:
                yield name, storage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Django's hashed names, with the imports of ES modules rewritten too."""

    support_js_module_import_aggregation = True

    def url(self, name: str, force: bool = False) -> str:
        if not self.hashed_files:
            return str(StaticFilesStorage.url(self, name))
        return str(super().url(name, force))


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise in one piece: a whole body instead of a blocking iterator, so that it is right
    under ASGI too."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        super().__init__(get_response)
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def add_files(self, root: str | Path, prefix: str | None = None) -> None:
        if Path(root).is_dir():  # only a server collects
            super().add_files(root, prefix)

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(self.static_prefix):
            return self.get_response(request)
        if self.is_async:
            return self._serve_async(request)
        return self._serve(request) or self.get_response(request)

    async def _serve_async(self, request: HttpRequest) -> HttpResponseBase:
        found = await asyncio.to_thread(self._serve, request)
        return found or await self.get_response(request)

    def _serve(self, request: HttpRequest) -> HttpResponse | None:
        if self.autorefresh:
            file = self.find_file(request.path_info)
        else:
            file = self.files.get(request.path_info)
        if file is None:
            return None
        answer = file.get_response(request.method, request.META)
        body = b""
        if answer.file is not None:
            with answer.file as source:
                body = source.read()
        return HttpResponse(body, status=int(answer.status), headers=dict(answer.headers))


def add_headers(headers: dict[str, str], path: str, url: str) -> None:
    """WhiteNoise's hook for every file it serves."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def prepare() -> None:
    """Collect the static files, if they are not what was collected last. Raises Trouble."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root / "stamp", _fingerprint()
    try:
        root.mkdir(exist_ok=True)
        turn = locks.take(root / "lock", seconds=PATIENCE)
        if not stamp.exists() or stamp.read_text() != now:
            # Older names are kept: another process may still serve pages that mention them.
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(now)
    except OSError as error:
        raise Trouble(f"The static files cannot be put into {root}: {reason(error)}.") from error
    if turn:
        turn.release()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: found[0]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
