"""`serve`: everything on one port, with production settings."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from charter.serving import Door, serve


class Command(BaseCommand):
    help = "Serve Charter on one port. Stop it with Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen at")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        with Door(host, port) as door:
            self.stdout.write(f"Charter is served at {door.address}. Ctrl-C ends it.")
            if settings.HTTPS:
                self.stdout.write(
                    "It expects a proxy in front that speaks https and names it in "
                    "X-Forwarded-Proto; CHARTER_HTTPS=off serves without one."
                )
            serve(door)
        self.stdout.write("Charter has stopped. Everything is saved.")
