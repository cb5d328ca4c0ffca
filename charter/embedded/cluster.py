"""Making, checking and starting the cluster: what the guard does with PostgreSQL's programs."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from charter.data import Trouble
from charter.embedded import binaries
from charter.embedded.place import NAME, PORT, Owner, Place, give, owner

START_SECONDS = 120  # replaying a long log after a crash takes its time
STOP_SECONDS = 30
ROOM_TO_MAKE = 100 * 1024 * 1024  # bytes: two segments of log and the first tables
ROOM_TO_START = 20 * 1024 * 1024
LARGEST_LOG = 10 * 1024 * 1024

# Statements and rows of an error hold words of the text, which have no place in a log.
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "lc_messages": "C",
    "jit": "off",
    "max_connections": "100",
}
# Survives the death of any process, though not of the machine: for tests, of which many run at
# once, each with a site whose threads connect.
FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "500"}


def prepare(place: Place) -> Path:
    """Make the cluster if there is none, and give the programs' folder. Raises Trouble."""
    account = owner()
    _insist_on_room(place)
    made = place.cluster / "PG_VERSION"
    if not place.cluster.exists():
        programs = binaries.for_account(binaries.find(), account)
        _make(place, programs, account)
    elif not made.exists():
        raise Trouble(
            f"The folder {place.cluster} holds no database; put a copy back or remove the folder."
        )
    else:
        programs = binaries.for_account(binaries.find(made.read_text().strip()), account)
    _write_access(place, account)
    return programs


def launch(place: Place, programs: Path) -> subprocess.Popen[bytes]:
    """Start the server and wait until it takes connections. Raises Trouble with its last words."""
    account = owner()
    settings = SETTINGS | {
        "unix_socket_directories": _quoted(place.socket),
        "hba_file": str(place.home / "pg_hba.conf"),
        "ident_file": str(place.home / "pg_ident.conf"),
    }
    if os.environ.get("CHARTER_EMBEDDED_FAST"):
        settings |= FAST
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    _shorten(place.log)
    with place.log.open("ab") as log:
        beginning = log.tell()
        server = subprocess.Popen(  # noqa: S603
            [programs / "postgres", "-D", place.cluster, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **_running_as(account, place, dies_with_us=True),
        )
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready(place, server.pid):
        if server.poll() is not None or time.monotonic() > deadline:
            stop(server)
            raise Trouble(
                f"The database did not start: {_last_words(place.log, beginning)}; "
                f"its log is {place.log}."
            )
        time.sleep(0.02)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: at once for its clients, with everything committed on the disk."""
    for wish in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            return
        server.send_signal(wish)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def clear_remains(place: Place) -> None:
    """After a crash: wait for a server without a guard to end, then remove what it left."""
    pid_file = place.cluster / "postmaster.pid"
    pid = _written_pid(pid_file)
    deadline = time.monotonic() + STOP_SECONDS
    while pid and _serves(pid, place.cluster):
        if time.monotonic() > deadline:
            raise Trouble(f"Process {pid} still uses {place.cluster}; end it, then start again.")
        _interrupt(pid)
        time.sleep(0.1)
    # No guard runs and no server lives, so whatever process now has the number is another's.
    pid_file.unlink(missing_ok=True)
    for remains in place.socket.glob(".s.PGSQL.*"):
        remains.unlink(missing_ok=True)


def _make(place: Place, programs: Path, account: Owner) -> None:
    draft = place.home / "cluster.new"
    shutil.rmtree(draft, ignore_errors=True)
    give(draft, account)
    initdb = [programs / "initdb", "-D", draft, "-U", NAME, "-E", "UTF8", "--data-checksums"]
    if int(binaries.version(programs)) >= 17:
        initdb += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        initdb += ["--locale-provider=icu", "--icu-locale=und", "--locale=C"]
    initdb += ["--auth=peer"]
    if os.environ.get("CHARTER_EMBEDDED_FAST"):
        initdb += ["--no-sync", "--wal-segsize=1"]
    _run(initdb, place, account)
    single = [programs / "postgres", "--single", "-D", draft, "postgres"]
    _run(single, place, account, f'CREATE DATABASE "{NAME}"\n')
    draft.rename(place.cluster)


def _run(command: list[str | Path], place: Place, account: Owner, given: str = "") -> None:
    done = subprocess.run(  # noqa: S603
        command, input=given.encode(), capture_output=True, **_running_as(account, place)
    )
    said = (done.stdout + done.stderr).decode(errors="replace")
    if done.returncode or "FATAL:" in said or "ERROR:" in said:
        raise Trouble(f"The database could not be made in {place.home}: {_complaint(said)}.")


def _write_access(place: Place, account: Owner) -> None:
    """Only the server's own account and root may enter, and the kernel says who calls."""
    callers = "".join(f'charter "{name}" {NAME}\n' for name in sorted({account.name, "root"}))
    for name, content in {
        "pg_hba.conf": "local all all peer map=charter\n",
        "pg_ident.conf": callers,
    }.items():
        path = place.home / name
        path.write_text(content)
        path.chmod(0o644)


def _running_as(account: Owner, place: Place, dies_with_us: bool = False) -> dict[str, object]:
    """Arguments of `subprocess`: the account, a plain environment, and the end of our life."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR")}
    arguments: dict[str, object] = {"cwd": place.home, "env": kept | {"LC_ALL": "C"}}
    if account.is_other:
        arguments |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    if dies_with_us and sys.platform == "linux":
        arguments["preexec_fn"] = _ending_with_parent()
    arguments["start_new_session"] = True
    return arguments


def _ending_with_parent() -> Callable[[], None]:
    """The kernel sends the server SIGINT, a fast shutdown, when the guard dies."""
    import ctypes

    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def ask_for_signal() -> None:
        prctl(1, signal.SIGINT, 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return ask_for_signal


def _is_ready(place: Place, pid: int) -> bool:
    """The last line of postmaster.pid says so, as for pg_ctl."""
    try:
        lines = (place.cluster / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _written_pid(pid_file: Path) -> int:
    try:
        return int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def _serves(pid: int, cluster: Path) -> bool:
    """Whether the process lives and is a server of this cluster."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == cluster.resolve()
        except OSError:
            return False
    said = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(cluster) in said.stdout


def _interrupt(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGINT)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise Trouble(f"Process {pid} of another account uses the database.") from error


def _insist_on_room(place: Place) -> None:
    needed = ROOM_TO_START if place.cluster.exists() else ROOM_TO_MAKE
    free = shutil.disk_usage(place.home).free
    if free < needed:
        raise Trouble(
            f"The disk that holds {place.home} is full: "
            f"{free // 2**20} MB are free, a start needs {needed // 2**20}."
        )


def _shorten(log: Path) -> None:
    """Keep one older log; a server that runs for years does not fill the disk with restarts."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.old"))


def _last_words(log: Path, beginning: int) -> str:
    with log.open("rb") as file:
        file.seek(beginning)
        return _complaint(file.read().decode(errors="replace"))


def _complaint(said: str) -> str:
    """The first fatal line of PostgreSQL's output, else its last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    for mark in ("PANIC:", "FATAL:", "ERROR:", "error:"):
        for line in lines:
            if mark in line:
                return line.split(mark, 1)[1].strip().rstrip(".")
    return lines[-1].rstrip(".") if lines else "it said nothing"


def _quoted(path: Path) -> str:
    """A path as an item of a list in PostgreSQL's settings."""
    return '"' + str(path).replace('"', '""') + '"'
