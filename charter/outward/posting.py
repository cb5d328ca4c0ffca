"""One POST to one address, with an end in sight: no redirects, no waiting for ever, no long answer.

Nothing of the answer but its status is looked at.
"""

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass

from charter.outward.addresses import Rules, Target, Unfit, look_up

CONNECT = 5.0  # seconds for each of an address's machines
TOTAL = 15.0  # seconds for the whole of it, from the first byte sent to the last looked at
LOOKED_AT = 4096  # bytes of the answer's body


class Failed(Exception):
    """No good came of it: `mishap` is one word for programs, `status` the answer's or None."""

    def __init__(self, mishap: str, status: int | None = None) -> None:
        super().__init__(mishap)
        self.mishap = mishap
        self.status = status


@dataclass(frozen=True, slots=True)
class Wait:
    """How long to wait, in seconds."""

    connect: float = CONNECT
    total: float = TOTAL


def post(
    target: Target,
    body: bytes,
    headers: dict[str, str],
    rules: Rules,
    wait: Wait | None = None,
) -> int:
    """The status of the answer, one of the two hundreds. Raises Failed."""
    wait = wait or Wait()
    try:
        addresses = look_up(target.host, target.port, rules)
    except Unfit as unfit:
        raise Failed(unfit.code) from None
    call = _Call(target, addresses, wait)
    try:
        status = call.status(body, headers)
    finally:
        call.close()
    if 300 <= status < 400:
        raise Failed("redirected", status)
    if not 200 <= status < 300:
        raise Failed("refused", status)
    return status


class _Call:
    """A connection to the addresses that were looked at, in the name of the host."""

    def __init__(self, target: Target, addresses: list[str], wait: Wait) -> None:
        self.target, self.addresses, self.wait = target, addresses, wait
        self.socket: socket.socket | None = None
        self.late = False
        self.ends = time.monotonic() + wait.total

    def status(self, body: bytes, headers: dict[str, str]) -> int:
        # A machine that sends a byte now and then keeps every single wait short.
        watch = threading.Timer(self.wait.total, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            return self._exchange(body, headers)
        except (ssl.SSLCertVerificationError, ssl.CertificateError):
            raise Failed("untrusted") from None
        except TimeoutError:
            raise Failed("too_slow") from None
        except (OSError, http.client.HTTPException, ValueError):
            raise Failed("too_slow" if self.late else "broken") from None
        finally:
            watch.cancel()

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()

    def _exchange(self, body: bytes, headers: dict[str, str]) -> int:
        kind = http.client.HTTPSConnection if self.target.secure else http.client.HTTPConnection
        asking = kind(self.target.host, self.target.port, timeout=self.wait.total)
        asking.sock = self._connect()
        asking.request("POST", self.target.path, body, {**headers, "Connection": "close"})
        answer = asking.getresponse()
        answer.read(LOOKED_AT)
        if self.late:
            raise TimeoutError
        return answer.status

    def _connect(self) -> socket.socket:
        for address in self.addresses:
            left = self.ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                self.socket = socket.create_connection(
                    (address, self.target.port), timeout=min(self.wait.connect, left)
                )
                break
            except OSError:
                continue
        if self.socket is None:
            raise Failed("unreachable")
        self.socket.settimeout(self.wait.total)
        if self.target.secure:
            context = ssl.create_default_context()
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            plain = self.socket
            self.socket = context.wrap_socket(
                plain, server_hostname=self.target.host, do_handshake_on_connect=False
            )
            self.socket.do_handshake()
        return self.socket

    def _give_up(self) -> None:
        self.late = True
        if self.socket is not None:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
