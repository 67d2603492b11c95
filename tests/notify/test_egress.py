"""How a POST leaves: kept connections, one deadline, a bounded answer, TLS held to the name in the URL."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from time import monotonic

import pytest
from requests import RequestException
from requests.exceptions import SSLError

from chalicelib.notify.egress import BODY_READ, Answer, Egress
from chalicelib.notify.guard import Guard
from tests.notify.authority import Authority
from tests.notify.receivers import read_request, receiver, says, scripted

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SECONDS = 0.6
"""The deadline of these tests."""


def at_home(_: str) -> Sequence[str]:
    """Every name leads here."""
    return ["127.0.0.1"]


@pytest.fixture
def egress() -> Iterator[Egress]:
    made = Egress(Guard(LOOPBACK, resolve=at_home), connections=8, seconds=SECONDS)
    yield made
    made.close()


def post(egress: Egress, url: str, body: bytes = b"<x/>") -> Answer:
    return egress.post(url, body, {"webhook-id": "msg_1"})


def test_posts_to_one_receiver_share_a_connection(egress: Egress) -> None:
    with receiver() as good:
        for _ in range(20):
            answer = post(egress, good.url)
            assert (answer.status, answer.phrase, answer.body) == (200, "OK", b"ok")
    assert len(good.seen) == 20
    assert good.connections == 1


def test_as_many_connections_are_kept_as_are_used_at_a_time(egress: Egress) -> None:
    with receiver() as good, ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: post(egress, good.url).status, range(200)))
        assert answers == [200] * 200
        assert len(good.seen) == 200
        assert good.connections <= 8


@pytest.mark.parametrize("size", [0, 1, BODY_READ - 1, BODY_READ])
def test_a_short_answer_leaves_the_connection_usable(egress: Egress, size: int) -> None:
    with receiver() as good:
        good.body = b"x" * size
        assert [len(post(egress, good.url).body) for _ in range(3)] == [size] * 3
    assert good.connections == 1


def test_of_a_long_answer_only_the_beginning_is_read(egress: Egress) -> None:
    with receiver() as good:
        good.body = b"x" * 10_000_000
        assert [len(post(egress, good.url).body) for _ in range(2)] == [BODY_READ] * 2
    assert good.connections == 2


def test_a_large_body_arrives_whole(egress: Egress) -> None:
    body = bytes(range(256)) * 4096
    with receiver() as good:
        post(egress, good.url, body)
    assert good.seen[0].body == body


def test_a_kept_connection_that_was_closed_meanwhile_is_replaced(egress: Egress) -> None:
    with scripted(says(OK)) as fickle:
        assert [post(egress, fickle.url).status for _ in range(3)] == [200] * 3
        assert fickle.connections == 3


def hangs_up_on_the_second(connection: socket.socket) -> None:
    """As when the receiver closes an idle connection while a request is on its way."""
    read_request(connection)
    connection.sendall(OK)
    read_request(connection)


def test_a_kept_connection_that_dies_under_a_request_is_replaced_at_once(egress: Egress) -> None:
    with scripted(hangs_up_on_the_second, says(OK)) as fickle:
        assert [post(egress, fickle.url).status for _ in range(2)] == [200] * 2
        assert fickle.connections == 2


def test_a_fresh_connection_that_dies_is_not_tried_again(egress: Egress) -> None:
    with scripted(says(b"")) as mute:
        with pytest.raises(RequestException):
            post(egress, mute.url)
        assert mute.connections == 1


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
def test_a_receiver_that_drips_its_head_is_cut_off_at_the_deadline(egress: Egress, start: bytes, drop: bytes) -> None:
    started = monotonic()
    with scripted(drips(start, drop)) as slow, pytest.raises((RequestException, OSError)):
        post(egress, slow.url)
    assert SECONDS * 0.8 <= monotonic() - started < SECONDS + 0.5


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"Content-Length: 9000", b"x"),
        (b"Transfer-Encoding: chunked", b"1\r\nx\r\n"),
        (b"Connection: close", b"x"),
    ],
)
def test_a_receiver_that_drips_its_body_has_said_its_status(egress: Egress, head: bytes, drop: bytes) -> None:
    started = monotonic()
    with scripted(drips(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n", drop)) as slow:
        assert post(egress, slow.url).status == 200
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
            taken += connection.send(piece * 1000)

    with scripted(flood) as loud, pytest.raises((RequestException, OSError)):
        post(egress, loud.url)
    assert taken < 20_000_000  # what fits into the buffers of both ends


def test_a_receiver_that_does_not_read_is_cut_off_at_the_deadline(egress: Egress) -> None:
    given_up = threading.Event()

    def wait(_: socket.socket) -> None:
        given_up.wait(30)

    started = monotonic()
    with scripted(wait) as deaf:
        with pytest.raises((RequestException, OSError)):
            post(egress, deaf.url, b"x" * 50_000_000)
        given_up.set()
    assert monotonic() - started < SECONDS + 1


def test_a_second_try_does_not_get_a_second_deadline(egress: Egress) -> None:
    def late(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(OK)
        read_request(connection)
        connection.settimeout(SECONDS / 2)
        with pytest.raises(TimeoutError):
            connection.recv(1)

    with scripted(late, drips(b"", b"")) as slow:
        assert post(egress, slow.url).status == 200
        started = monotonic()
        with pytest.raises((RequestException, OSError)):
            post(egress, slow.url)
        assert slow.connections == 2
    assert monotonic() - started < SECONDS + 0.3


def test_no_cookie_is_kept(egress: Egress) -> None:
    with receiver() as good:
        good.headers = {"Set-Cookie": "session=1; Path=/"}
        post(egress, good.url)
        post(egress, good.url)
    assert "cookie" not in good.seen[1].headers


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def trusting(ca_file: Path) -> Egress:
    return Egress(Guard(LOOPBACK, resolve=at_home), seconds=5, ca_file=str(ca_file))


def test_tls_is_held_to_the_name_while_the_address_is_dialled(authority: Authority) -> None:
    names: list[str | None] = []
    context = authority.server("hooks.example.com")
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    egress = trusting(authority.file)
    with receiver(context) as good:
        for _ in range(3):
            assert post(egress, f"https://hooks.example.com:{good.port}/hook").status == 200
        egress.close()
    assert good.seen[0].headers["host"] == f"hooks.example.com:{good.port}"
    assert names == ["hooks.example.com"]  # three posts, one connection


@pytest.mark.parametrize("host", ["other.example.com", "127.0.0.1"])
def test_a_certificate_for_another_name_is_not_taken(authority: Authority, host: str) -> None:
    egress = trusting(authority.file)
    with receiver(authority.server("hooks.example.com")) as wrong:
        with pytest.raises(SSLError):
            post(egress, f"https://{host}:{wrong.port}/")
        assert not wrong.seen


def test_a_certificate_of_an_unknown_authority_is_not_taken(authority: Authority, egress: Egress) -> None:
    with receiver(authority.server("hooks.example.com")) as unknown:
        with pytest.raises(SSLError):
            post(egress, f"https://hooks.example.com:{unknown.port}/")
        assert not unknown.seen


def test_an_old_version_of_tls_is_not_spoken(authority: Authority) -> None:
    context = authority.server("hooks.example.com")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    assert trusting(authority.file)._tls.minimum_version >= ssl.TLSVersion.TLSv1_2  # noqa: SLF001 because few servers still speak older ones
