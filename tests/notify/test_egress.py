"""How a POST leaves: kept connections, and an answer read in part and as it is."""

import gzip
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from requests import RequestException

from chalicelib.notify.egress import BODY_READ, Egress
from tests.notify.home import HOME, OK, post
from tests.notify.receivers import read_request, receiver, says, scripted


@pytest.fixture
def egress() -> Iterator[Egress]:
    made = Egress(HOME, connections=8)
    yield made
    made.close()


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


def test_a_compressed_answer_is_left_as_it_is(egress: Egress) -> None:
    with receiver() as good:
        good.headers, good.body = {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000))
        assert post(egress, good.url).body == good.body[:BODY_READ]


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


def test_no_cookie_is_kept(egress: Egress) -> None:
    with receiver() as good:
        good.headers = {"Set-Cookie": "session=1; Path=/"}
        post(egress, good.url)
        post(egress, good.url)
    assert "cookie" not in good.seen[1].headers
