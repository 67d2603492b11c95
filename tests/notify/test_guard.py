"""What may be reached, by its text and by its addresses; every form of the table in addresses.py."""

import socket
import sys
import threading
from collections.abc import Sequence
from ipaddress import ip_network
from time import monotonic

import pytest

from chalicelib.notify.addresses import address_of, public
from chalicelib.notify.guard import CHECK_SECONDS, AddressRefused, Guard
from tests.notify.addresses import PUBLIC_ADDRESSES, REFUSED_ADDRESSES, REFUSED_URLS, TAKEN_URLS
from tests.notify.receivers import canary, receiver

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))
PUBLIC = "8.8.8.8"

more_of_the_loopback = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux listens to the whole of 127.0.0.0/8 without being asked"
)


class Book:
    """A resolver that knows what it is told: for each call the next answer, the last one from then on."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, name: str) -> Sequence[str]:
        self.asked += 1
        answer = self.answers[min(self.asked, len(self.answers)) - 1]
        if not answer:
            raise socket.gaierror(name)
        return answer


def literal(address: str) -> str:
    return f"http://[{address}]/" if ":" in address else f"http://{address}/"


@pytest.mark.parametrize("address", REFUSED_ADDRESSES)
def test_an_address_that_is_not_public_is_refused_as_literal_and_behind_a_name(address: str) -> None:
    assert not public(address_of(address))
    for url in (literal(address), "http://example.com/"):
        with pytest.raises(AddressRefused):
            Guard(resolve=Book([address])).check(url)


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_a_public_address_is_taken_as_literal_and_behind_a_name(address: str) -> None:
    assert public(address_of(address))
    for url in (literal(address), "http://example.com/"):
        Guard(resolve=Book([address])).check(url)


@pytest.mark.parametrize("url", REFUSED_URLS, ids=ascii)
def test_a_url_of_a_doubtful_form_is_refused_whatever_it_leads_to(url: str) -> None:
    everything = (ip_network("0.0.0.0/0"), ip_network("::/0"))
    resolver = Book([PUBLIC])
    with pytest.raises(AddressRefused) as refused:
        Guard(everything, resolve=resolver).check(url)
    assert refused.value.reason.isprintable()
    assert not resolver.asked


@pytest.mark.parametrize("url", TAKEN_URLS, ids=ascii)
def test_a_good_url_is_taken_and_read_as_it_will_be_dialled(url: str) -> None:
    guard = Guard(resolve=Book([PUBLIC]))
    guard.check(url)
    assert guard.target(url) == TAKEN_URLS[url]


def test_the_table_is_long_enough_to_be_worth_its_name() -> None:
    assert len({*REFUSED_URLS, *TAKEN_URLS}) >= 150


@pytest.mark.parametrize("answer", [[PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC, "::1"]])
def test_one_refused_address_among_public_ones_spoils_the_name(answer: list[str]) -> None:
    with pytest.raises(AddressRefused):
        Guard(resolve=Book(answer)).check("https://example.com/")


def test_a_name_that_does_not_resolve_is_taken() -> None:
    Guard(resolve=Book([])).check("https://example.com/")


def test_a_name_that_keeps_us_waiting_is_taken_after_a_second() -> None:
    forever = threading.Event()

    def slow(_: str) -> Sequence[str]:
        forever.wait(30)
        return ["10.0.0.1"]

    started = monotonic()
    Guard(resolve=slow).check("https://example.com/")
    assert CHECK_SECONDS <= monotonic() - started < CHECK_SECONDS + 1
    forever.set()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "http://[::1]:8000/", "http://localhost:8000/"])
def test_the_loopback_is_reached_only_where_it_is_allowed(url: str) -> None:
    Guard(LOOPBACK).check(url)
    with pytest.raises(AddressRefused):
        Guard().check(url)


def test_a_mapped_address_is_judged_as_what_it_stands_for() -> None:
    Guard(LOOPBACK).check("http://[::ffff:127.0.0.1]:8000/")
    with pytest.raises(AddressRefused):
        Guard(LOOPBACK).check("http://[::ffff:10.0.0.1]:8000/")


@pytest.mark.parametrize("port", [22, 1023])
def test_an_allowed_network_changes_nothing_about_the_ports(port: int) -> None:
    with pytest.raises(AddressRefused, match="port"):
        Guard(LOOPBACK).check(f"http://127.0.0.1:{port}/")


def test_an_allowed_network_opens_nothing_beside_itself() -> None:
    guard = Guard((ip_network("127.0.0.1/32"),))
    for url in ("http://127.0.0.2:8000/", "http://0.0.0.0:8000/", "http://[::1]:8000/"):
        with pytest.raises(AddressRefused):
            guard.check(url)


def test_what_is_dialled_is_what_was_resolved_once() -> None:
    resolver = Book(["127.0.0.1"], ["10.0.0.1"])
    with receiver() as good:
        Guard(LOOPBACK, resolve=resolver).connect("example.com", good.port, within=1).close()
    assert resolver.asked == 1


@more_of_the_loopback
def test_a_name_that_changes_between_check_and_connection_is_not_dialled() -> None:
    resolver = Book(["127.0.0.1"], ["127.0.0.2"])
    guard = Guard((ip_network("127.0.0.1/32"),), resolve=resolver)
    with canary("127.0.0.2") as bad, canary("127.0.0.1", bad.port) as good:
        guard.check(f"http://example.com:{bad.port}/")
        with pytest.raises(AddressRefused):
            guard.connect("example.com", bad.port, within=1)
        assert not bad.was_reached()
        assert not good.was_reached()


@more_of_the_loopback
@pytest.mark.parametrize("answer", [["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"]])
def test_of_a_mixed_answer_not_even_the_good_address_is_dialled(answer: list[str]) -> None:
    guard = Guard((ip_network("127.0.0.1/32"),), resolve=Book(answer))
    with canary("127.0.0.2") as bad, canary("127.0.0.1", bad.port) as good:
        with pytest.raises(AddressRefused):
            guard.connect("example.com", bad.port, within=1)
        assert not bad.was_reached()
        assert not good.was_reached()


def test_an_address_that_does_not_answer_does_not_keep_us_from_the_next() -> None:
    with receiver() as good:
        guard = Guard(LOOPBACK, resolve=Book(["127.0.0.3", "127.0.0.1"]))
        with guard.connect("example.com", good.port, within=1) as made:
            assert made.getpeername()[0] == "127.0.0.1"


def test_a_connection_that_ends_up_at_another_address_is_given_up() -> None:
    everywhere = Guard((ip_network("0.0.0.0/8"),))  # to dial 0.0.0.0 is to reach 127.0.0.1
    with canary() as there, pytest.raises(AddressRefused, match="leads to"):
        everywhere.connect("0.0.0.0", there.port, within=1)  # noqa: S104 because it is dialled, not listened to


@pytest.mark.parametrize("elsewhere", [PUBLIC, "127.0.0.2"])
def test_a_connection_that_leads_elsewhere_is_given_up(elsewhere: str) -> None:
    with canary() as there, socket.create_connection(("127.0.0.1", there.port)) as made:
        with pytest.raises(AddressRefused):
            Guard(LOOPBACK)._hold(made, address_of(elsewhere))  # noqa: SLF001 because no network here lies about its peers
        with pytest.raises(AddressRefused):
            Guard()._hold(made, address_of("127.0.0.1"))  # noqa: SLF001 because it is the machine itself, by whatever name
