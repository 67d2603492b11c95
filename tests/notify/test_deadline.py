"""However a receiver drags its feet, the exchange ends at the deadline, and the answer at its size."""

import socket
import threading
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from requests import RequestException

from chalicelib.notify.egress import EXCHANGE_SECONDS, Egress
from tests.notify.home import HOME, OK, post
from tests.notify.receivers import read_request, scripted

SECONDS = 0.6
"""The deadline of the hasty one."""


@pytest.fixture
def egress() -> Iterator[Egress]:
    made = Egress(HOME, connections=8)
    yield made
    made.close()


@pytest.fixture
def hasty() -> Iterator[Egress]:
    made = Egress(HOME, seconds=SECONDS)
    yield made
    made.close()


def drips(start: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """A script that says the start, and then a drop at a time, for ever."""

    def script(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(start)
        connection.settimeout(0.02)
        while True:
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                connection.sendall(drop)

    return script


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b""),
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
        (b"HTTP/1.1 200 OK\r\na: ", b"b"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_receiver_that_drips_its_head_is_cut_off_at_the_deadline(hasty: Egress, start: bytes, drop: bytes) -> None:
    started = monotonic()
    with scripted(drips(start, drop)) as slow, pytest.raises((RequestException, OSError)):
        post(hasty, slow.url)
    assert SECONDS * 0.8 <= monotonic() - started < SECONDS + 0.5


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"Content-Length: 9000", b"x"),
        (b"Transfer-Encoding: chunked", b"1\r\nx\r\n"),
        (b"Connection: close", b"x"),
    ],
)
def test_a_receiver_that_drips_its_body_has_said_its_status(hasty: Egress, head: bytes, drop: bytes) -> None:
    started = monotonic()
    with scripted(drips(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n", drop)) as slow:
        assert post(hasty, slow.url).status == 200
    assert monotonic() - started < SECONDS + 0.5


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
        (b"HTTP/1.1 200 OK\r\na: ", b"b"),
        (b"HTTP/1.1 200 OK\r\n", b"a: " + b"b" * 60_000 + b"\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"", b"H"),
    ],
)
def test_a_head_without_end_is_not_read_to_its_end(egress: Egress, start: bytes, piece: bytes) -> None:
    taken = 0

    def flood(connection: socket.socket) -> None:
        nonlocal taken
        read_request(connection)
        connection.sendall(start)
        while True:
            taken += connection.send(piece * (100_000 // len(piece)))

    started = monotonic()
    with scripted(flood) as loud, pytest.raises((RequestException, OSError)):
        post(egress, loud.url)
    assert monotonic() - started < EXCHANGE_SECONDS / 3  # given up for its size, not for its time
    assert taken < 20_000_000  # what fits into the buffers of both ends


def test_a_receiver_that_reads_in_sips_is_cut_off_at_the_deadline(hasty: Egress) -> None:
    given_up = threading.Event()

    def sip(connection: socket.socket) -> None:
        while not given_up.wait(0.02):
            connection.recv(65536)

    started = monotonic()
    with scripted(sip) as slow:
        with pytest.raises((RequestException, OSError)):
            post(hasty, slow.url, b"x" * 50_000_000)
        given_up.set()
    assert monotonic() - started < SECONDS + 1


def test_a_second_try_does_not_get_a_second_deadline(hasty: Egress) -> None:
    def late(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(OK)
        read_request(connection)
        connection.settimeout(SECONDS / 2)
        with pytest.raises(TimeoutError):
            connection.recv(1)

    with scripted(late, drips(b"", b"")) as slow:
        assert post(hasty, slow.url).status == 200
        started = monotonic()
        with pytest.raises((RequestException, OSError)):
            post(hasty, slow.url)
        assert slow.connections == 2
    assert monotonic() - started < SECONDS + 0.3
