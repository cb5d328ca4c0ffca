"""A program that is told: a real HTTP server which answers as bidden and keeps what it got."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Made for these tests and of no use elsewhere: a key and a certificate of "localhost".
CERTIFICATE = Path(__file__).parent / "localhost.pem"


@dataclass
class Receiver:
    """`answers` are statuses, one for each call, the last for all further ones.

    With `delay` (seconds) it answers late, with `drip` a byte at a time, for as many seconds.
    """

    answers: list[int] = field(default_factory=lambda: [204])
    delay: float = 0
    drip: float = 0
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        with self.lock:
            self.calls.append((path, headers, body))
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _path, headers, _body in self.calls]


@contextmanager
def receiving(*, secure: bool = False, **manner) -> Iterator[Receiver]:
    receiver = Receiver(**manner)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a caller that hangs up is what some tests are about
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        context.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    host = "https://localhost" if secure else "http://127.0.0.1"
    receiver.url = f"{host}:{server.server_address[1]}/told?by=charter"
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = receiver.take(self.path, headers, body)
            time.sleep(receiver.delay)
            if receiver.drip:
                self._drip()
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", receiver.url.replace("/told", "/elsewhere"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _drip(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _second in range(int(receiver.drip * 10)):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)

        def log_message(self, *_: object) -> None:
            """Nothing is said of a call."""

    return Handler
