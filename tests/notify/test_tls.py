"""TLS is held to the name in the URL, while what is dialled is an address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from requests.exceptions import SSLError

from chalicelib.notify.egress import Egress
from tests.notify.authority import Authority
from tests.notify.home import HOME, post
from tests.notify.receivers import receiver


@pytest.fixture
def egress() -> Iterator[Egress]:
    made = Egress(HOME, connections=8)
    yield made
    made.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def trusting(ca_file: Path) -> Egress:
    return Egress(HOME, ca_file=str(ca_file))


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


def test_the_certificate_that_was_named_is_taken_whoever_vouches_for_it_and_no_other(
    authority: Authority, egress: Egress
) -> None:
    context, certificate = authority.alone("hooks.example.com")
    _, another = authority.alone("other.example.com")
    with receiver(context) as alone:
        url = f"https://anything.example.net:{alone.port}/"
        assert egress.post(url, b"", {}, certificate=certificate).status == 200
        with pytest.raises(SSLError):
            egress.post(url, b"", {}, certificate=another)
        with pytest.raises(SSLError):
            egress.post(url, b"", {})
        assert len(alone.seen) == 1


def test_a_certificate_that_an_authority_vouches_for_is_not_taken_in_place_of_the_named_one(
    authority: Authority,
) -> None:
    egress = trusting(authority.file)
    _, certificate = authority.alone("hooks.example.com")
    with receiver(authority.server("hooks.example.com")) as wrong:
        url = f"https://hooks.example.com:{wrong.port}/"
        with pytest.raises(SSLError):
            egress.post(url, b"", {}, certificate=certificate)
        assert not wrong.seen
        # and what was kept open for another subscription does not serve this one
        assert egress.post(url, b"", {}).status == 200
        with pytest.raises(SSLError):
            egress.post(url, b"", {}, certificate=certificate)


def test_a_named_certificate_must_be_within_its_dates(authority: Authority, egress: Egress) -> None:
    context, certificate = authority.alone("late.example.com", days=-1)
    with receiver(context) as late:
        with pytest.raises(SSLError):
            egress.post(f"https://late.example.com:{late.port}/", b"", {}, certificate=certificate)
        assert not late.seen


def test_a_named_certificate_is_never_passed_over_where_there_is_no_tls(authority: Authority, egress: Egress) -> None:
    _, certificate = authority.alone("plain.example.com")
    with receiver() as plain:
        with pytest.raises(SSLError):
            egress.post(f"http://plain.example.com:{plain.port}/", b"", {}, certificate=certificate)
        assert not plain.seen
