"""One call to a machine that may be anybody's."""

import socket
import threading
import time

import pytest

from charter.outward.addresses import Rules, target
from charter.outward.posting import Failed, Wait, post
from tests.outward.receiver import CERTIFICATE, receiving

HERE = Rules(loopback=True)
SHORT = Wait(connect=1, total=1)


def call(url: str, wait: Wait | None = None) -> int:
    return post(target(url, HERE), b'{"type":"x"}', {"webhook-id": "msg_1"}, HERE, wait)


def test_a_message_arrives_with_its_headers_and_its_query():
    with receiving() as receiver:
        assert call(receiver.url) == 204
    ((path, headers, body),) = receiver.calls
    assert (path, body) == ("/told?by=charter", b'{"type":"x"}')
    assert headers["webhook-id"] == "msg_1"
    assert headers["host"].startswith("127.0.0.1:")


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_an_error_is_a_refusal_with_its_status(status):
    with receiving(answers=[status]) as receiver, pytest.raises(Failed) as failed:
        call(receiver.url)
    assert (failed.value.mishap, failed.value.status) == ("refused", status)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status):
    with receiving(answers=[status]) as receiver, pytest.raises(Failed) as failed:
        call(receiver.url)
    assert (failed.value.mishap, failed.value.status) == ("redirected", status)
    assert [path for path, *_ in receiver.calls] == ["/told?by=charter"]


def test_who_answers_late_is_not_waited_for():
    begun = time.monotonic()
    with receiving(delay=3) as receiver, pytest.raises(Failed, match="too_slow"):
        call(receiver.url, SHORT)
    assert time.monotonic() - begun < 4


def test_nor_is_who_answers_a_byte_at_a_time():
    begun = time.monotonic()
    with receiving(drip=4) as receiver, pytest.raises(Failed, match="too_slow"):
        try:
            call(receiver.url, SHORT)
        finally:
            assert time.monotonic() - begun < 2.5


def test_nobody_there():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    with pytest.raises(Failed, match="unreachable"):
        call(f"http://127.0.0.1:{port}/")


def raw(answer: bytes) -> str:
    """The address of a server that says this to one caller and hangs up."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server, server.accept()[0] as caller:
            caller.recv(65536)
            caller.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 2",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000,
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: y\r\n" * 500 + b"\r\n",
    ],
)
def test_what_is_not_an_answer_is_none(answer):
    with pytest.raises(Failed, match="broken"):
        call(raw(answer))


def test_an_answer_without_end_is_not_read_to_its_end():
    assert call(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + b"x" * 5000)) == 200


def test_a_certificate_is_checked_against_the_name(monkeypatch):
    with receiving(secure=True) as receiver:
        with pytest.raises(Failed, match="untrusted"):
            call(receiver.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert call(receiver.url) == 204
        with pytest.raises(Failed, match="untrusted"):
            call(receiver.url.replace("localhost", "127.0.0.1"))
    assert receiver.names == ["localhost", "localhost", None], "the name is said in TLS"
    assert receiver.calls[0][1]["host"].startswith("localhost:")


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    """A name that answers otherwise the second time is asked once."""
    real, asked = socket.getaddrinfo, []

    def answer(host, *more, **named):
        if host == "turning.example.org":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "192.0.2.1"
        return real(host, *more, **named)

    with receiving() as receiver:
        monkeypatch.setattr(socket, "getaddrinfo", answer)
        port = int(receiver.url.split(":")[2].split("/")[0])
        where = target(f"https://turning.example.org:{port}/x", HERE)
        plain = type(where)(False, where.host, where.port, where.path)
        assert post(plain, b"{}", {}, HERE) == 204
    assert asked == ["turning.example.org"]
    assert receiver.calls[0][1]["host"] == f"turning.example.org:{port}"


def test_private_machines_are_not_called_even_by_a_stored_address():
    with receiving() as receiver, pytest.raises(Failed, match="not_allowed"):
        post(target(receiver.url, HERE), b"{}", {}, Rules())
    assert receiver.calls == []
