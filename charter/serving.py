"""What `serve` and `demo` share: the door they open, and the server behind it."""

import contextlib
import errno
import os
import signal
import socket
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from charter.data import Trouble, data_folder, reason
from charter.embedded import locks

MIGRATING = 0x63686172  # this application's key among the database's locks
GRACE = 3  # seconds for answers under way when the server is told to end


class Door:
    """The port, taken before anything else is done, in the name of the data folder.

    Two servers of one private database would be a mistake; with a DATABASE_URL they are a larger
    site. Raises Trouble when the folder is served already or the port is taken.
    """

    def __init__(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        shown = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(shown, shown)  # noqa: S104
        self.lock = _take_folder(f"http://{shown}:{port}") if settings.EMBEDDED else None
        self.socket = _bind(host, port)
        self.address = f"http://{shown}:{self.socket.getsockname()[1]}"
        if self.lock:
            self.lock.write(f"at {self.address} by process {os.getpid()}")

    def __enter__(self) -> Self:
        """Make everything ready to be served; early callers wait at the open port."""
        from charter import static_files

        with _one_at_a_time():
            call_command("migrate", verbosity=0, interactive=False)
        static_files.prepare()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()
        if self.lock:
            self.lock.release()


def serve(door: Door) -> None:
    """Answer until Ctrl-C or SIGTERM, then finish what is under way and return."""
    import uvicorn

    from charter.asgi import application

    config = uvicorn.Config(
        application, log_config=None, access_log=False, lifespan="off", server_header=False,
        timeout_graceful_shutdown=GRACE, ws="none",
    )  # fmt: skip
    # uvicorn repeats the signal that ended it, once it has ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), _telling(), _watching():
        uvicorn.Server(config).run(sockets=[door.socket])


def _telling() -> contextlib.AbstractContextManager[None]:
    """Webhooks are delivered while pages are served, unless somebody else does it."""
    from charter.delivering import in_background

    return in_background() if settings.WEBHOOK_WORKER else contextlib.nullcontext()


def _watching() -> contextlib.AbstractContextManager[None]:
    """What falls due is done while pages are served, unless somebody else does it."""
    from charter.due import in_background

    return in_background() if settings.DUE_WORKER else contextlib.nullcontext()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Several servers of one database may start at once; each waits for the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def _take_folder(address: str) -> locks.Held:
    path = data_folder() / "serving.lock"
    try:
        lock = locks.take(path)
        if lock is None:
            raise Trouble(
                f"Charter is already served from {data_folder()}, {path.read_text() or address}."
            )
    except OSError as error:
        raise Trouble(f"The data folder cannot be used: {path}: {reason(error)}.") from error
    return lock


def _bind(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(1024)
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise Trouble(
                f"Port {port} of {host} is in use by another program; choose one with --port."
            ) from error
        said = reason(error) if isinstance(error, OSError) else str(error)
        raise Trouble(f"Charter cannot listen at {host}, port {port}: {said}.") from error
    return door
