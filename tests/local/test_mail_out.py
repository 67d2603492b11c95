"""Mail out of one machine: files that are whole, and a relay that may say no."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server, socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from chalicelib.notify.mailers import MailNotSent
from infra.local import mail_out
from infra.local.mail_out import Outbox, Relay, _this_machine

ORDER = b"7f3c2291-7425-40de-944b-e07fc1f90ae7"
MAIL = b"X-Docket-Order: " + ORDER + b"\r\nX-Docket-Sequence: 4\r\n\r\nhello\r\n.\r\nthere\r\n"
FROM, TO = "orders@docket.localhost", "bob@example.net"


def test_a_mail_becomes_one_file_whose_name_says_when_and_of_what(tmp_path: Path) -> None:
    name = Outbox(tmp_path / "outbox").send(MAIL, sender=FROM, recipient=TO)
    (file,) = (tmp_path / "outbox").iterdir()
    milliseconds, order, entry = file.stem.split("-")
    assert (file.name, file.suffix, file.read_bytes()) == (name, ".eml", MAIL)
    assert (len(milliseconds), order, entry) == (13, "7f3c2291", "4")


def test_mails_of_one_moment_each_get_a_file_of_their_own(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    bodies = [MAIL + b"%d\r\n" % number for number in range(50)]
    with ThreadPoolExecutor(8) as threads:
        names = list(threads.map(lambda body: outbox.send(body, sender=FROM, recipient=TO), bodies))
    assert [(tmp_path / name).read_bytes() for name in names] == bodies


def test_mails_sent_one_after_the_other_are_sorted_so(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    names = [outbox.send(MAIL, sender=FROM, recipient=TO) for _ in range(20)]
    assert names == sorted(names)


def test_a_clock_set_back_overwrites_no_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.local.mail_out.time_ns", lambda: 1_700_000_000_000_000_000)
    names = [Outbox(tmp_path).send(MAIL, sender=FROM, recipient=TO) for _ in range(3)]
    assert len(set(names)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_an_outbox_that_cannot_be_written_is_a_mail_not_sent(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    (tmp_path / "outbox").rmdir()
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(MailNotSent, match="the outbox could not be written"):
        outbox.send(MAIL, sender=FROM, recipient=TO)


@dataclass
class Server:
    """A mail server: takes everything, or answers RCPT as it is told to."""

    answer: str | None = None
    taken: list[tuple[str | None, list[str], bytes]] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 because aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answer or "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 because aiosmtpd calls it so
        self.secure.append(session.ssl is not None)
        assert isinstance(envelope.content, bytes)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 2.0.0 queued as 42"

    def authenticate(self, *told: object) -> AuthResult:
        login = told[-1]
        assert isinstance(login, LoginPassword)
        self.logins.append((login.login, login.password))
        return AuthResult(success=login.password == b"p@ss", handled=False)


Listen = Callable[..., int]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Starts a server on a free port."""
    started: list[Controller] = []

    def start(server: Server, *, tls: ssl.SSLContext | None = None, logins: bool | None = None) -> int:
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        started.append(
            Controller(
                server,
                hostname="127.0.0.1",
                port=port,
                tls_context=tls,
                authenticator=server.authenticate if logins else None,
                auth_require_tls=tls is not None,
            )
        )
        started[-1].start()
        return port

    yield start
    for controller in started:
        controller.stop()


def test_a_relay_gets_the_mail_byte_for_byte_and_its_envelope(listen: Listen) -> None:
    server = Server()
    port = listen(server)
    said = Relay(f"smtp://127.0.0.1:{port}").send(MAIL, sender=FROM, recipient=TO)
    assert server.taken == [(FROM, [TO], MAIL)]
    assert said == "2.0.0 queued as 42"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("451 4.3.0 try later", "the mail server refused it for now (451)"),
        ("550 5.1.1 bob@example.net is nobody", "the mail server refused it (550)"),
    ],
)
def test_a_relay_that_says_no_says_whether_for_good(listen: Listen, answer: str, reason: str) -> None:
    port = listen(Server(answer))
    with pytest.raises(MailNotSent) as refused:
        Relay(f"smtp://127.0.0.1:{port}").send(MAIL, sender=FROM, recipient=TO)
    assert (refused.value.reason, refused.value.status) == (reason, int(answer[:3]))


def test_a_relay_that_drips_is_cut_off_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte begins smtplib's own limit anew; a sender must not hang on such a server."""
    monkeypatch.setattr(mail_out, "MAIL_SECONDS", 0.3)
    stop = threading.Event()

    def drip(listener: socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            while not stop.wait(0.05):
                connection.sendall(b"2")

    with create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(MailNotSent):
            Relay(f"smtp://127.0.0.1:{listener.getsockname()[1]}").send(MAIL, sender=FROM, recipient=TO)
        assert time.monotonic() - began < 3
    stop.set()


def test_a_relay_that_is_not_there_is_a_mail_not_sent() -> None:
    with pytest.raises(MailNotSent, match="could not be reached"):
        Relay("smtp://127.0.0.1:9").send(MAIL, sender=FROM, recipient=TO)


def test_a_name_and_password_are_used_as_they_were_meant(listen: Listen) -> None:
    server = Server()
    port = listen(server, logins=True)
    Relay(f"smtp://u%3Aser:p%40ss@127.0.0.1:{port}").send(MAIL, sender=FROM, recipient=TO)
    assert server.logins[0] == (b"u:ser", b"p@ss")
    with pytest.raises(MailNotSent, match=r"refused it \(535\)"):
        Relay(f"smtp://user:wrong@127.0.0.1:{port}").send(MAIL, sender=FROM, recipient=TO)


@pytest.fixture(scope="module")
def nobody_knows(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """The TLS of a server that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    now = datetime.now(UTC)
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    pem = tmp_path_factory.mktemp("tls") / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + builder.sign(key, SHA256()).public_bytes(Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    return context


def test_tls_is_used_when_offered(listen: Listen, nobody_knows: ssl.SSLContext) -> None:
    server = Server()
    port = listen(server, tls=nobody_knows)
    Relay(f"smtp://127.0.0.1:{port}").send(MAIL, sender=FROM, recipient=TO)
    assert server.secure == [True]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # because aiosmtpd forgets a connection that ends so early
def test_no_password_is_told_to_a_server_that_cannot_prove_its_name(
    listen: Listen, nobody_knows: ssl.SSLContext
) -> None:
    server = Server()
    port = listen(server, tls=nobody_knows, logins=True)
    with pytest.raises(MailNotSent, match="certificate"):
        Relay(f"smtp://user:p%40ss@127.0.0.1:{port}").send(MAIL, sender=FROM, recipient=TO)
    assert server.logins == []


def test_no_password_crosses_the_network_in_the_clear(listen: Listen, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    port = listen(server, logins=True)
    monkeypatch.setattr("infra.local.mail_out._this_machine", lambda _host: False)
    with pytest.raises(MailNotSent, match="no TLS"):
        Relay(f"smtp://user:p%40ss@127.0.0.1:{port}").send(MAIL, sender=FROM, recipient=TO)
    assert (server.logins, server.taken) == ([], [])


@pytest.mark.parametrize(
    ("host", "ours"), [("127.0.0.9", True), ("::1", True), ("localhost", True), ("10.0.0.1", False)]
)
def test_only_loopback_is_this_machine(host: str, ours: bool) -> None:  # noqa: FBT001 because pytest passes it by name
    assert _this_machine(host) is ours
