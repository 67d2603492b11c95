"""SMTP in: takes mail for our own domain, keeps it on the disk before it says 250, then tells `app.on_mail`."""

import asyncio
import uuid
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.local.events import mail_event
from infra.local.inbox import Inbox

LARGEST = 40 * 1024 * 1024
"""Bytes of a mail, as SES has it."""


class Reception:
    """aiosmtpd's handler."""

    def __init__(
        self,
        inbox: Inbox,
        ring: Callable[[dict[str, Any]], None],
        *,
        domain: str,
        now: Callable[[], datetime],
    ) -> None:
        """`ring` hands over the event of one mail and returns at once."""
        self._inbox, self._ring, self._domain, self._now = inbox, ring, domain, now

    async def handle_RCPT(  # noqa: N802 because aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take what is for us; we relay nothing."""
        if address.rpartition("@")[2].lower() != self._domain:
            return f"550 5.7.1 We take mail for {self._domain} only."
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 because aiosmtpd calls it so
        """Keep the mail, then acknowledge it."""
        at = self._now()
        name = f"{at:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
        sender = (envelope.mail_from or "").strip("<>")
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            self._inbox.take_in(name, _trace(sender, envelope.rcpt_tos, at) + content)
        except OSError:
            return "451 4.3.0 The mail could not be kept. Try again later."
        self._ring(mail_event(name, envelope.rcpt_tos, sender))
        return f"250 2.0.0 Kept as {name}"


def _trace(sender: str, recipients: list[str], at: datetime) -> bytes:
    """What a mail server writes above the mail it keeps; so the envelope is not lost with the notice."""
    lines = [f"Return-Path: <{sender}>", *(f"X-Original-To: {address}" for address in recipients)]
    lines.append(f"Received: by docket; {format_datetime(at)}")
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


class Post(Controller):
    """The server, to be started and stopped. `port` is where it really listens, once started."""

    def __init__(self, reception: Reception, *, host: str, port: int) -> None:
        """Nothing is listened to yet."""
        super().__init__(
            reception, hostname=host, port=port, data_size_limit=LARGEST, enable_SMTPUTF8=True, ident="Docket"
        )

    def _trigger_server(self) -> None:
        """With port 0 the first connection, which aiosmtpd makes itself, would go nowhere."""
        if isinstance(self.server, asyncio.Server):
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # because aiosmtpd does not type it
