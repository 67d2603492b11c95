"""Mail out of one machine: into a folder, one file a mail, or through a relay. What a mail says is set."""

import smtplib
import socket
import ssl
import threading
from contextlib import AbstractContextManager, suppress
from email.parser import BytesHeaderParser
from ipaddress import ip_address
from pathlib import Path
from time import time_ns
from typing import Any
from urllib.parse import unquote, urlsplit

from chalicelib.notify.mailers import MailNotSent
from infra.local.inbox import SUFFIX, write_whole

RELAY_SECONDS = 5.0
"""Patience with each answer of a relay."""

MAIL_SECONDS = 15.0
"""Patience with the whole mail, as with a whole callback."""

SMTP_PORT, SMTPS_PORT = 25, 465


class Outbox:
    """A folder of `<milliseconds>-<order>-<entry>.eml`, in the order in which they were written."""

    def __init__(self, folder: Path) -> None:
        """Made where it is not."""
        self._folder = folder
        self._last = 0
        self._naming = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def send(self, message: bytes, *, sender: str, recipient: str) -> str:  # noqa: ARG002 because the headers say it
        """Write the mail whole or not at all; gives the file's name. Raises MailNotSent."""
        path = self._free(message)
        try:
            write_whole(path, message)
        except OSError as error:
            raise MailNotSent("the outbox could not be written") from error
        return path.name

    def _free(self, message: bytes) -> Path:
        """A name that no other mail has: two of one millisecond may tell two people of the same entry."""
        headers = BytesHeaderParser().parsebytes(message)
        which = f"{headers.get('X-Docket-Order', 'unknown')[:8]}-{headers.get('X-Docket-Sequence', '0')}"
        with self._naming:
            self._last = max(time_ns() // 1_000_000, self._last + 1)
            while (path := self._folder / f"{self._last}-{which}{SUFFIX}").exists():
                self._last += 1  # the clock was set back
            return path


class Relay:
    """An SMTP server that takes mail for others: `smtp[s]://[user:password@]host[:port]`."""

    def __init__(self, url: str) -> None:
        """Nothing is connected yet. A name and password may be percent-encoded."""
        parts = urlsplit(url)
        self._tls = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or (SMTPS_PORT if self._tls else SMTP_PORT)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password or "")

    def send(self, message: bytes, *, sender: str, recipient: str) -> str:
        """One connection, one mail, TLS when offered; gives the server's last words. Raises MailNotSent."""
        try:
            with self._connected() as server:
                self._secure(server)
                return _hand_over(server, message, sender, recipient)
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code) from error
        except ssl.SSLError as error:
            raise MailNotSent("the mail server's certificate or TLS is not good") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent("the mail server could not be reached") from error

    def _connected(self) -> AbstractContextManager[smtplib.SMTP]:
        if self._tls:
            context = ssl.create_default_context()
            return _TlsInTime(self._host, self._port, timeout=RELAY_SECONDS, context=context)
        return _InTime(self._host, self._port, timeout=RELAY_SECONDS)

    def _secure(self, server: smtplib.SMTP) -> None:
        """A password goes only to a server that has proved its name, or to this machine."""
        server.ehlo_or_helo_if_needed()
        if not self._tls and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context() if self._user else _any_certificate())
        elif self._user and not self._tls and not _this_machine(self._host):
            raise MailNotSent("the mail server offers no TLS to send a password through")
        if self._user:
            server.login(self._user, self._password)


class _InTime(smtplib.SMTP):
    """A connection that is cut when the mail's time is over: smtplib's own limit begins anew with each byte."""

    def __init__(self, *where: Any, **options: Any) -> None:  # noqa: ANN401 because they are smtplib's own
        self._cut = threading.Timer(MAIL_SECONDS, self._hang_up)
        self._cut.daemon = True
        self._cut.start()
        super().__init__(*where, **options)

    def _hang_up(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """As smtplib does at every end, good or bad."""
        self._cut.cancel()
        super().close()


class _TlsInTime(_InTime, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""


def _hand_over(server: smtplib.SMTP, message: bytes, sender: str, recipient: str) -> str:
    """What smtplib's sendmail does, but for the server's last words, which that throws away."""
    server.ehlo_or_helo_if_needed()  # after STARTTLS both begin anew (RFC 3207, 4.2)
    _expected(server.mail(sender))
    _expected(server.rcpt(recipient))
    return _expected(server.data(message)).decode("ascii", "replace")


def _expected(reply: tuple[int, bytes]) -> bytes:
    code, said = reply
    if code not in (250, 251):
        raise smtplib.SMTPResponseException(code, said)
    return said


def _refused(code: int) -> MailNotSent:
    """4xx means not now, 5xx means no (RFC 5321, 4.2.1)."""
    when = " for now" if code < 500 else ""  # noqa: PLR2004 because it is the first of SMTP's permanent replies
    return MailNotSent(f"the mail server refused it{when} ({code})", code)


def _any_certificate() -> ssl.SSLContext:
    """As mail servers speak to each other (RFC 7435): nobody listens in, which is better than plain text."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
