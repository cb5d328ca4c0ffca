"""What a newcomer and an operator live through: starts, ends, crashes, mistakes."""

import os
import re
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from tests.platform.processes import (
    PATIENCE,
    Serving,
    answer,
    database,
    manage,
    postmaster,
    servers_of,
    until,
)

Begin = Callable[..., Serving]


def add_person(data: Path, email: str) -> None:
    with database(data) as connection:
        connection.execute(
            "INSERT INTO accounts_person (uuid, email, name, language, appearance, about, password,"
            " is_demo, is_active, is_staff, is_superuser, shows_presence, time_zone, date_joined)"
            " VALUES (gen_random_uuid(), %s, 'Someone', '', 'auto', '', '!', false, true, false,"
            " false, true, '', now())",
            [email],
        )


def people(data: Path) -> list[str]:
    with database(data) as connection:
        return [row[0] for row in connection.execute("SELECT email FROM accounts_person")]


def test_ctrl_c_says_goodbye_and_leaves_no_server_behind(data: Path, serving: Begin):
    begun = serving().ready()
    assert answer(f"{begun.url}/healthz") == (200, "ok\n")
    _, page = answer(f"{begun.url}/sign-in/")
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", name) for name in sheets), "named by their hash"
    assert [answer(begun.url + name)[0] for name in sheets] == [200] * len(sheets)
    assert servers_of(data)
    code, said = begun.end(signal.SIGINT)
    assert code == 0
    assert "Warning" not in said, "nothing blocks the loop"
    assert f"served at {begun.url}" in said
    assert said.rstrip().endswith("Everything is saved.")
    assert "Traceback" not in said
    until(lambda: not servers_of(data), "the server ends")


def test_a_service_managers_sigterm_ends_it_as_cleanly(serving: Begin):
    code, said = serving().ready().end(signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in said


def test_kill_9_leaves_no_server_behind_and_loses_nothing(data: Path, serving: Begin):
    begun = serving().ready()
    add_person(data, "kept@example.org")
    begun.end(signal.SIGKILL)
    killed = time.monotonic()
    until(lambda: not servers_of(data), "the server ends")
    assert time.monotonic() - killed < 15
    assert "kept@example.org" in people(data)
    serving().ready()


def test_the_server_lives_on_for_the_others_when_one_of_its_users_ends(data: Path, serving: Begin):
    begun = serving().ready()
    server = postmaster(data)
    add_person(data, "meanwhile@example.org")
    assert postmaster(data) == server
    assert answer(f"{begun.url}/readyz")[0] == 200


def test_a_crash_of_the_database_is_mended_while_serving(data: Path, serving: Begin):
    begun = serving().ready()
    add_person(data, "before@example.org")
    crashed = postmaster(data)
    os.kill(crashed, signal.SIGKILL)
    until(lambda: servers_of(data) and postmaster(data) != crashed, "another server")
    until(lambda: answer(f"{begun.url}/readyz")[0] == 200, "the pages find it")
    assert "before@example.org" in people(data)


def test_a_killed_guard_takes_the_server_with_it_and_the_next_start_works(
    data: Path, serving: Begin
):
    begun = serving().ready()
    guard = int(Path(f"/proc/{postmaster(data)}/stat").read_text().rsplit(")", 1)[1].split()[1])
    os.kill(guard, signal.SIGKILL)
    until(lambda: not servers_of(data), "the server ends with its guard")
    add_person(data, "after@example.org")
    begun.end(signal.SIGKILL)
    assert "after@example.org" in people(data)


def test_a_second_instance_is_told_of_the_first(serving: Begin):
    first = serving().ready()
    second = serving()
    said, _ = second.process.communicate(timeout=PATIENCE)
    assert second.process.returncode == 1
    assert said.count("\n") == 1
    assert (
        f"already served from {first.data}, at {first.url} by process {first.process.pid}" in said
    )


def test_a_busy_port_is_named(data: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = manage(data, "serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} of 127.0.0.1 is in use by another program; choose one with --port.\n"
    )


def test_what_no_host_can_be_is_one_sentence_too(data: Path):
    done = manage(data, "serve", "--host", "no.such.host.invalid")
    assert done.returncode == 1
    assert done.stderr.startswith("Charter cannot listen at no.such.host.invalid, port 8000: ")
    assert done.stderr.count("\n") == 1


def test_a_number_that_another_process_now_has_does_not_stop_a_start(data: Path, serving: Begin):
    """After a restart of a container, small process numbers belong to others."""
    begun = serving().ready()
    pid_file = data / "postgresql/cluster/postmaster.pid"
    left = pid_file.read_text().split("\n", 1)[1]
    begun.end(signal.SIGINT)
    until(lambda: not servers_of(data), "the server ends")
    pid_file.write_text(f"{os.getpid()}\n{left}")
    for name in ("socket/.s.PGSQL.5432.lock", "socket/.s.PGSQL.5432"):
        (data / "postgresql" / name).write_text(f"{os.getpid()}\n")
    serving().ready()


def test_the_demos_doors_stay_shut_in_serve(serving: Begin):
    """Not even a leftover in the environment opens them."""
    os.environ["CHARTER_DEMO"] = "1"
    try:
        begun = serving().ready()
    finally:
        del os.environ["CHARTER_DEMO"]
    _, page = answer(f"{begun.url}/sign-in/")
    assert "password" in page
    assert "/sign-in/as/" not in page
