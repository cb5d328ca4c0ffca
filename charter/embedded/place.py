"""Where the private server's files are.

PostgreSQL refuses to run as root, so root runs it as `nobody`. When `nobody` cannot reach the data
folder (a private home), the files move to /var/lib/charter, and a note in the data folder says so.
The note is followed from then on, whatever becomes of the folder's permissions.
"""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from charter.data import Trouble, reason

NAME = "charter"  # of the database, and of its role
PORT = 5432  # only a part of the socket's name
NOTE = "database-is-elsewhere"
READY = "ready"
SHARED = Path("/var/lib/charter")
LONGEST_SOCKET = 100  # bytes; the kernel takes 107 on Linux, 103 on macOS, with their ".lock"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom PostgreSQL runs as."""

    uid: int
    gid: int
    name: str

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one private server; `home` holds them all but, maybe, the socket."""

    home: Path
    socket: Path

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.home / "postgresql.log"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that needs the server."""
        return self.home / "users.lock"

    @property
    def guard_lock(self) -> Path:
        """Held by the guard, who writes READY into it when the server is."""
        return self.home / "guard.lock"


def owner() -> Owner:
    """The account PostgreSQL runs under: ours, or `nobody` when we are root."""
    try:
        entry = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    except KeyError:
        who = "There is no user nobody" if os.geteuid() == 0 else f"User {os.geteuid()} has no name"
        raise Trouble(
            f"{who} in /etc/passwd, which PostgreSQL needs; set DATABASE_URL to use a server."
        ) from None
    return Owner(entry.pw_uid, entry.pw_gid, entry.pw_name)


def find(data: Path) -> Place:
    """The place that belongs to a data folder. Makes nothing."""
    try:
        noted = (data / NOTE).read_text().strip().splitlines()[-1:]
    except OSError:
        noted = []
    home = data / "postgresql"
    if noted:
        home = Path(noted[0])
    elif os.geteuid() == 0 and not home.exists() and not reachable(data, owner()):
        home = SHARED / _short(data)
    socket = home / "socket"
    if len(os.fsencode(socket / f".s.PGSQL.{PORT}.lock")) > LONGEST_SOCKET:
        socket = Path(f"/tmp/charter-{os.geteuid()}-{_short(home)}")  # noqa: S108
    return Place(home, socket)


def address(data: Path) -> dict[str, str | int]:
    """Django's words for the private server of a data folder."""
    return {"HOST": str(find(data).socket), "PORT": PORT, "NAME": NAME, "USER": NAME}


def is_made(data: Path) -> bool:
    """Whether the data folder has a cluster already."""
    return find(data).cluster.exists()


def prepare(data: Path, place: Place) -> None:
    """Make the folders and leave the note. Raises Trouble.

    As root, `home` stays root's and may only be passed through; the server's account gets folders
    of its own inside, so that it can lay no trap for what root writes.
    """
    account = owner()
    try:
        if place.home.parent == SHARED:
            SHARED.mkdir(parents=True, exist_ok=True, mode=0o755)
            (data / NOTE).write_text(
                "The database of this folder could not be kept inside it, because the account\n"
                "that runs PostgreSQL cannot enter here. It is in:\n"
                f"{place.home}\n"
            )
        if not place.home.is_dir():
            place.home.mkdir()
            place.home.chmod(0o711 if account.is_other else 0o700)
        give(place.socket, account)
    except OSError as error:
        raise Trouble(
            f"The database's folder {place.home} cannot be made: {reason(error)}."
        ) from error
    _insist_on_privacy(place.socket, account)


def give(folder: Path, account: Owner) -> None:
    """Make a folder that is private to the account, unless it is there already."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    if account.is_other:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def reachable(path: Path, account: Owner) -> bool:
    """Whether the account may enter every folder on the way to `path`, as far as that exists."""
    for folder in [*reversed(path.resolve().parents), path.resolve()]:
        try:
            state = folder.stat()
        except OSError:
            continue
        if state.st_uid == account.uid:
            allowed = stat.S_IXUSR
        elif state.st_gid == account.gid:
            allowed = stat.S_IXGRP
        else:
            allowed = stat.S_IXOTH
        if not state.st_mode & allowed:
            return False
    return True


def _insist_on_privacy(folder: Path, account: Owner) -> None:
    """A folder under /tmp may have been laid there by somebody else, to be called instead of us."""
    state = folder.lstat()
    ours = stat.S_ISDIR(state.st_mode) and state.st_uid == account.uid
    if not ours or stat.S_IMODE(state.st_mode) & 0o077:
        raise Trouble(f"The folder {folder} is not private to {account.name}; remove it.")


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
