"""What is sent, and what each answer means."""

import base64
import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from chalicelib.domain.delivery import Attempt, CallbackRequest, Outcome
from chalicelib.notify.by_callback import UNREACHED, CallbackSender
from chalicelib.notify.egress import Egress
from chalicelib.notify.guard import Guard
from chalicelib.notify.signature import new_secret
from tests.notify.addresses import REFUSED_URLS
from tests.notify.receivers import Receiver, canary, receiver, says, scripted

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))
NOW = datetime(2026, 11, 25, 8, 30, 15, 250_000, tzinfo=UTC)
SECRET = new_secret()
BODY = "<Notification><Note>Grüße</Note></Notification>".encode()


@pytest.fixture
def good() -> Iterator[Receiver]:
    with receiver() as book:
        yield book


def request(url: str, *, username: str | None = None, password: str | None = None) -> CallbackRequest:
    return CallbackRequest(
        url=url, body=BODY, content_type="application/xml; charset=utf-8", message_id="msg_1_2_3",
        secret=SECRET, username=username, password=password, headers=(("Docket-Sequence", "3"),),
    )  # fmt: skip


def send(wanted: CallbackRequest | str, *, guard: Guard | None = None, now: datetime = NOW) -> Attempt:
    egress = Egress(guard or Guard(LOOPBACK), seconds=5)
    wanted = request(wanted) if isinstance(wanted, str) else wanted
    try:
        return CallbackSender(egress, now=lambda: now).send(wanted)
    finally:
        egress.close()


def test_a_callback_carries_its_body_its_names_and_nothing_of_ours(good: Receiver) -> None:
    attempt = send(good.url + "?a=1")
    assert (attempt.outcome, attempt.status, attempt.reason) == (Outcome.TOLD, 200, "200 OK")
    assert attempt.at == NOW
    assert attempt.milliseconds >= 0
    (seen,) = good.seen
    assert (seen.path, seen.body) == ("/hook?a=1", BODY)
    assert seen.headers["user-agent"].startswith("Docket/")
    assert set(seen.headers) == {
        "host", "user-agent", "accept-encoding", "content-type", "content-length", "webhook-id",
        "webhook-timestamp", "webhook-signature", "docket-sequence",
    }  # fmt: skip
    assert seen.headers["host"] == f"127.0.0.1:{good.port}"
    assert seen.headers["content-type"] == "application/xml; charset=utf-8"
    assert seen.headers["accept-encoding"] == "identity"
    assert seen.headers["webhook-id"] == "msg_1_2_3"
    assert seen.headers["webhook-timestamp"] == str(int(NOW.timestamp()))


def test_the_reference_library_verifies_what_arrives(good: Receiver) -> None:
    send(request(good.url), now=datetime.now(UTC))
    (seen,) = good.seen
    Webhook(SECRET).verify(seen.body, dict(seen.headers), json_parse=False)


def test_credentials_go_with_the_first_request(good: Receiver) -> None:
    send(request(good.url, username="jörg", password="p:w"))
    assert good.seen[0].headers["authorization"] == "Basic " + base64.b64encode("jörg:p:w".encode()).decode()


def test_a_challenge_is_not_answered_again(good: Receiver) -> None:
    good.status, good.headers, good.body = 401, {"WWW-Authenticate": 'Basic realm="x"'}, b""
    attempt = send(request(good.url, username="u", password="p"))
    assert (attempt.outcome, attempt.status, attempt.reason) == (Outcome.NOT_TOLD, 401, "401 Unauthorized")
    assert len(good.seen) == 1


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.TOLD), (201, Outcome.TOLD), (202, Outcome.TOLD), (204, Outcome.TOLD),
        (299, Outcome.TOLD), (300, Outcome.NOT_TOLD), (304, Outcome.NOT_TOLD),
        (400, Outcome.NOT_TOLD), (404, Outcome.NOT_TOLD), (409, Outcome.NOT_TOLD), (410, Outcome.GONE),
        (429, Outcome.NOT_TOLD), (500, Outcome.NOT_TOLD),
        (503, Outcome.NOT_TOLD), (999, Outcome.NOT_TOLD),
    ],
)  # fmt: skip
def test_two_hundreds_are_told_and_410_is_gone(good: Receiver, status: int, outcome: Outcome) -> None:
    good.status, good.body = status, b""
    attempt = send(good.url)
    assert (attempt.outcome, attempt.status) == (outcome, status)
    assert attempt.reason.startswith(str(status))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(good: Receiver, status: int) -> None:
    with canary() as elsewhere:
        good.status, good.body = status, b""
        good.headers = {"Location": f"http://127.0.0.1:{elsewhere.port}/"}
        assert send(good.url).outcome is Outcome.NOT_TOLD
        assert not elsewhere.was_reached()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"", "500 Internal Server Error"),
        (b"no such order", "500 Internal Server Error: no such order"),
        (b"two\r\n  lines\x00\x1b[31m red\x7f", "500 Internal Server Error: two lines [31m red"),
        ("schön \u202eoh".encode(), "500 Internal Server Error: schön oh"),
        (b"\xff\xfe", "500 Internal Server Error: \ufffd\ufffd"),
        (b"x" * 20_000, "500 Internal Server Error: " + "x" * 200),
    ],
)
def test_what_a_failing_receiver_says_is_cleaned_and_cut(good: Receiver, said: bytes, reason: str) -> None:
    good.status, good.body = 500, said
    assert send(good.url).reason == reason


def test_a_phrase_of_the_receiver_is_cleaned_and_cut_as_well() -> None:
    with scripted(says(b"HTTP/1.1 500 \x1b[31m" + b"x" * 500 + b"\r\nContent-Length: 0\r\n\r\n")) as odd:
        assert send(odd.url).reason == "500 [31m" + "x" * 56
    with scripted(says(b"HTTP/1.1 503\r\nContent-Length: 0\r\n\r\n")) as terse:
        assert send(terse.url).reason == "503 Service Unavailable"


def test_what_is_compressed_is_not_unpacked(good: Receiver) -> None:
    good.status, good.headers = 500, {"Content-Encoding": "gzip"}
    good.body = gzip.compress(bytes(50_000_000))
    attempt = send(good.url)
    assert (attempt.status, attempt.reason) == (500, "500 Internal Server Error")
    assert attempt.milliseconds < 2000


@pytest.mark.parametrize("status", [429, 503, 500, 301])
@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("0", 0.0), ("120", 120.0), (" 7 ", 7.0), ("9" * 400, 366 * 86_400.0), ("-5", None), ("1.5", None),
        ("soon", None), ("", None), ("²", None), ("99 Foo 99999999999 99:99:99 GMT", None),
        (format_datetime(NOW.replace(microsecond=0) + timedelta(seconds=90), usegmt=True), 89.75),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
    ],
)  # fmt: skip
def test_retry_after_is_read_as_seconds_or_as_a_date(
    good: Receiver, status: int, asked: str, seconds: float | None
) -> None:
    good.status, good.headers = status, {"Retry-After": asked}
    assert send(good.url).retry_after == seconds


@pytest.mark.parametrize("status", [200, 410])
def test_nobody_waits_after_what_needs_no_second_try(good: Receiver, status: int) -> None:
    good.status, good.headers = status, {"Retry-After": "120"}
    assert send(good.url).retry_after is None


def test_whatever_keeps_an_answer_from_coming_has_the_same_reason(good: Receiver) -> None:
    with canary() as closed:
        nobody = f"http://127.0.0.1:{closed.port}/"
    unknown = Guard(LOOPBACK, resolve=lambda _: [])
    with scripted(lambda connection: connection.close()) as mute:
        not_told = [send(nobody), send(mute.url), send("http://example.com/", guard=unknown)]
    refused = send(good.url, guard=Guard())
    assert {attempt.outcome for attempt in not_told} == {Outcome.NOT_TOLD}
    assert refused.outcome is Outcome.REFUSED
    assert {(attempt.reason, attempt.status) for attempt in (*not_told, refused)} == {(UNREACHED, None)}
    assert good.connections == 0


def test_no_disguise_of_the_loopback_reaches_it_when_it_is_not_allowed() -> None:
    disguises = (
        "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "2130706433", "0x7f000001", "0x7f.1",
        "0", "017700000001", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:0:0:1]",
        "[::127.0.0.1]", "0.0.0.00", "[::]", "127.0.0.1%2f", "user@127.0.0.1", "\uff11\uff12\uff17.0.0.1",
        "127\u30020\u30020\u30021", "%31%32%37.0.0.1",
    )  # fmt: skip
    with canary() as four:
        urls = [f"http://{host}:{four.port}/" for host in disguises]
        urls += [
            f"http://127.0.0.1:{four.port}\\@example.com/",
            f"http://127.0.0.1:{four.port}#@example.com/",
        ]
        outcomes = {url: send(url, guard=Guard()).outcome for url in urls}
        assert set(outcomes.values()) == {Outcome.REFUSED}, outcomes
        assert not four.was_reached()


@pytest.mark.parametrize("url", REFUSED_URLS, ids=ascii)
def test_a_refused_url_is_an_attempt_and_no_exception(url: str) -> None:
    assert send(url).outcome is Outcome.REFUSED


def test_the_environment_has_no_say(
    good: Receiver, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n")
    with canary() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NETRC", str(netrc))
        monkeypatch.delenv("no_proxy", raising=False)
        assert send(good.url).outcome is Outcome.TOLD
        assert not proxy.was_reached()
    assert "authorization" not in good.seen[0].headers


ANSWER = re.compile(rb"HTTP/1\.[01] [0-9]{3} \w{0,5}\r\n([A-Za-z-]{1,9}:[^\n]{0,9}\r\n){0,3}\r\n.{0,20}")


@given(st.binary(max_size=300) | st.from_regex(ANSWER, fullmatch=True))
@example(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")
@example(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nxx")
@example(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
@example(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")
@example(b"HTTP/2 200\r\n\r\n")
def test_whatever_a_receiver_answers_is_an_attempt(answer: bytes) -> None:
    with scripted(says(answer)) as odd:
        attempt = send(odd.url)
    assert attempt.outcome in (Outcome.TOLD, Outcome.NOT_TOLD, Outcome.GONE)
    assert attempt.reason.isprintable()
