"""`deliver_webhooks`: tell webhooks what happened, for as long as it runs, or what is due now."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from charter.delivering import Worker
from charter.models import Webhook


class Command(BaseCommand):
    help = "Deliver webhooks. Any number of machines may do so at once; `serve` does it too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is due")

    def handle(self, *, once: bool, **options: Any) -> None:
        Webhook.objects.exists()  # a database without the tables is said once, not every second
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        attempts = Worker(stop).run(once=once)
        self.stdout.write(f"Attempts made: {attempts}.")
