"""The data folder: where an installation keeps what is its own.

`CHARTER_DATA` names it, else it is `.data` beside `manage.py`. In it are the private database
server's files, the secret key and the prepared static files.
"""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Trouble(Exception):
    """Something the operator has to mend, said in one sentence. `manage.py` prints it and exits."""


def data_folder() -> Path:
    """The data folder's absolute path. It need not exist yet."""
    return Path(os.environ.get("CHARTER_DATA") or ROOT / ".data").expanduser().absolute()


def make(folder: Path) -> Path:
    """The folder, made if need be, which others cannot list. Raises Trouble when it cannot be.

    Root's may be entered, because its database runs under another account.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise Trouble(f"The data folder {folder} cannot be made: {reason(error)}.") from error
    return folder


def reason(error: OSError) -> str:
    """The system's words for an error, without its number."""
    return (error.strerror or str(error)).lower()


def secret_key() -> str:
    """The key that signs sessions and links, made once and kept readable by its owner only."""
    path = data_folder() / "secret-key"
    try:
        return path.read_text() or _write_once(path)
    except FileNotFoundError:
        return _write_once(path)
    except OSError as error:
        raise Trouble(f"The secret key {path} cannot be read: {reason(error)}.") from error


def _write_once(path: Path) -> str:
    """Write a new key; when two processes start at once, both get the key of the first."""
    make(path.parent)
    draft = path.with_name(f"secret-key.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            if not path.read_text():
                draft.replace(path)
        except OSError:  # a file system without hard links
            draft.replace(path)
        draft.unlink(missing_ok=True)
        return path.read_text()
    except OSError as error:
        raise Trouble(f"The secret key {path} cannot be written: {reason(error)}.") from error
