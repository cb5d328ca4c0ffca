"""Backup and restore with PostgreSQL's own programs, of the private or of a given server.

The programs must not be older than the server, so the right ones are looked for by its version.
"""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from charter.data import Trouble, reason
from charter.embedded import binaries

MAGIC = b"PGDMP"
PLAIN = ["--no-owner", "--no-privileges"]


def dump(database: Mapping[str, Any], version: str, file: Path) -> None:
    """Write everything to `file` in PostgreSQL's custom format, whole or not at all.

    `database` is Django's entry, `version` the server's major version. Raises Trouble.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as output:
            _run("pg_dump", version, database, ["--format=custom", *PLAIN], output=output.fileno())
            os.fsync(output.fileno())
        draft.replace(file)
    except OSError as error:
        raise Trouble(f"The backup {file} cannot be written: {reason(error)}.") from error
    finally:
        draft.unlink(missing_ok=True)


def restore(database: Mapping[str, Any], version: str, file: Path, replace: bool) -> None:
    """Fill the database from a dump, in one transaction: wholly or not at all.

    `replace` first drops what is there, in the same transaction. The triggers that guard history
    are made after the rows are there, so they do not object. Raises Trouble.
    """
    start = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;" if replace else ""
    with tempfile.TemporaryFile() as script:
        script.write(f"{start}\n".encode())
        script.flush()
        _run("pg_restore", version, {}, [*PLAIN, "--file=-", str(file)], output=script.fileno())
        script.seek(0)
        options = ["--single-transaction", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        _run("psql", version, database, [*options, "--file=-"], script=script.fileno())


def insist_on_dump(version: str, file: Path) -> None:
    """Raises Trouble when the file is not what `dump` writes."""
    try:
        with file.open("rb") as content:
            beginning = content.read(len(MAGIC))
    except OSError as error:
        raise Trouble(f"The backup {file} cannot be read: {reason(error)}.") from error
    if beginning != MAGIC:
        raise Trouble(f"The file {file} is not a backup.")
    _run("pg_restore", version, {}, ["--list", str(file)])


def _run(
    program: str,
    version: str,
    database: Mapping[str, Any],
    options: list[str],
    output: int = subprocess.DEVNULL,
    script: int = subprocess.DEVNULL,
) -> None:
    name = [f"--dbname={database['NAME']}"] if database else []
    done = subprocess.run(  # noqa: S603
        [str(_program(program, version)), *name, *options],
        env=_environment(database),
        stdin=script,
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Trouble(f"{program} did not succeed: {said[0] if said else done.returncode}.")


def _program(name: str, version: str) -> Path:
    path = binaries.find(version) / name
    if not path.exists():
        raise Trouble(f"{name} of PostgreSQL {version} is not here; install PostgreSQL's client.")
    return path


def _environment(database: Mapping[str, Any]) -> dict[str, str]:
    """The connection as libpq's variables: a password in the arguments would be seen by all."""
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    given = {to: str(database[of]) for of, to in names.items() if database.get(of)}
    options = database.get("OPTIONS", {})
    named = {
        f"PG{name.upper()}": str(options[name])
        for name in ("host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert",
                     "sslkey", "service")
        if options.get(name)
    }  # fmt: skip
    return kept | given | named | {"LC_ALL": "C"}
