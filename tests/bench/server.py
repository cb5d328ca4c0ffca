"""A private PostgreSQL for one bench, with the tables of the site and nothing in them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def private_server() -> Iterator[None]:
    """Django set up on a server that is gone, with its folder, when the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="charter-bench-"))
    folder.chmod(0o711)
    os.environ |= {
        "CHARTER_DATA": str(folder),
        "CHARTER_LOG_LEVEL": "ERROR",
        "CHARTER_HTTPS": "off",
        "DATABASE_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "charter.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    from charter import embedded

    try:
        embedded.start(folder)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield
    finally:
        embedded.leave(folder)
        shutil.rmtree(folder, ignore_errors=True)
