"""A process of its own that saves and saves, for the tests that kill the server under it.

`write` makes the charter when it is not there, then saves without end in four threads and prints
the number of each revision once it is committed. `check` prints what is there, as JSON.
"""

import json
import os
import sys
import threading
import time

from charter import embedded
from charter.data import data_folder

SLUG = "crash"


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter.settings")
    embedded.start(data_folder())
    import django

    django.setup()
    from django.core.management import call_command

    wait_for_recovery()
    call_command("migrate", verbosity=0)


def wait_for_recovery() -> None:
    """A killed server is started again by its guard, and reads its log before it lets anyone in."""
    from django.db import OperationalError, connection

    for _attempt in range(300):
        try:
            connection.ensure_connection()
        except OperationalError:
            time.sleep(0.1)
        else:
            return


def write() -> None:
    from charter.models import Charter
    from tests.builders import scene

    if not Charter.objects.filter(slug=SLUG).exists():
        scene(SLUG)
    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def save(writer: int) -> None:
    from django.db import DatabaseError, InterfaceError

    from accounts.models import Person
    from charter.actions.clauses import insert_clause
    from charter.actions.values import Words
    from charter.models import Charter

    chair = Person.objects.get(email="chair@example.org")
    charter = Charter.objects.get(slug=SLUG).pk
    number = 0
    try:
        while True:
            words = {one: Words(f"{writer}.{number}", f"{one} " * 200) for one in ("en", "ru")}
            done = insert_clause(actor=chair, charter=charter, kind="article", words=words)
            sys.stdout.write(f"{done.revision.number}\n")
            sys.stdout.flush()
            number += 1
    except (DatabaseError, InterfaceError):
        return


def check() -> None:
    from charter.models import Charter, Clause, Wording
    from charter.queries.verification import verify

    charter = Charter.objects.get(slug=SLUG)
    verdict = verify(charter)
    said = {
        "ok": verdict.ok,
        "reason": verdict.reason,
        "head": charter.head,
        "clauses": [Clause.objects.count(), Clause.history.count()],
        "wordings": [Wording.objects.count(), Wording.history.count()],
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    prepare()
    {"write": write, "check": check}[sys.argv[1]]()
