"""`demo`: everything on one port, with a charter and a cast to try it with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from charter.demo.seed import seed
from charter.serving import Door, serve


class Command(BaseCommand):
    help = "Serve a demonstration of Charter, filled once with a draft and its cast."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen at")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        with Door(host, port) as door:
            self.stdout.write("Preparing the demo …")
            seed()
            self.stdout.write(
                f"\n  Charter is at {door.address}\n"
                f"  Sign in with one click at {door.address}/sign-in/ as any of the cast.\n\n"
                "Ctrl-C ends it; what you did is kept."
            )
            serve(door)
        self.stdout.write("Charter has stopped. Everything is saved.")
