"""The mail that tells a person: headers that keep a thread together, a sealed address to answer, two parts.

Pure but for the templates, which are read once: the same bytes each time. Sending is the mailers' business.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry, MessageIDHeader
from email.message import EmailMessage
from email.utils import format_datetime

from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.order import Order
from chalicelib.domain.order_types.events import EVENTS
from chalicelib.domain.reply import seal
from chalicelib.domain.subscription import Mailbox, Subscription
from chalicelib.notify.parts import parts
from chalicelib.notify.render import said
from chalicelib.notify.render_event import said_of_event
from chalicelib.notify.telling import Telling

CONTENT_TYPE = "message/rfc822"

_LONGEST_ADDRESS = 254  # octets (RFC 5321, 4.5.3.1.3, less the angle brackets)
_LONGEST_LOCAL_PART = 64


_HEADERS = HeaderRegistry()
for _name in ("in-reply-to", "references"):  # else a long one is folded apart, which no mail program reads
    _HEADERS.map_to_type(_name, MessageIDHeader)  # type: ignore[arg-type]  # because typeshed omits that it is a mixin

_POLICY = policy.SMTP.clone(header_factory=_HEADERS, max_line_length=76)  # as quoted-printable wants it


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose desk writes: the domain of its addresses, and the keys of reply addresses by their ids.

    The key of the highest id seals. `base_url` is where people reach the API, without a closing slash.
    """

    domain: str
    keys: Mapping[int, bytes]
    base_url: str = ""

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return f"orders@{self.domain}"

    def reply_address(self, subscription: Subscription, entry: Entry) -> str:
        """Where an answer to this mail goes."""
        key_id = max(self.keys)
        sealed = seal(entry.order, subscription.tag, at=entry.at, key_id=key_id, key=self.keys[key_id])
        return f"{sealed}@{self.domain}"

    def root(self, order: OrderKey) -> str:
        """The id that every mail of an order refers to, so that mail programs show them together."""
        return f"<{order.id}@{self.domain}>"


def addressee(email: str) -> str | None:
    """The address as a mail server takes it, or None when nobody can be written to under it."""
    try:
        parsed = Address(addr_spec=email)
        domain = parsed.domain.encode("idna").decode("ascii")
        address = Address(username=parsed.username, domain=domain).addr_spec
    except (IndexError, ValueError, MessageError):
        return None
    fits = len(address) <= _LONGEST_ADDRESS and len(parsed.username) <= _LONGEST_LOCAL_PART
    return address if fits and address.isascii() and address.isprintable() and domain else None


def mail(letterhead: Letterhead, telling: Telling, order: Order, *, message_id: str) -> bytes:
    """The whole message. Where the subscribed address is no address, To names nobody: see `addressee`."""
    subscription, entry = telling.subscription, telling.entry
    target = subscription.target
    recipient = addressee(target.email) if isinstance(target, Mailbox) else None
    of_account = entry.order.type == EVENTS.resource
    contents = (
        said_of_event(telling, base_url=letterhead.base_url)
        if of_account
        else said(telling, order, base_url=letterhead.base_url)
    )
    message = EmailMessage(policy=_POLICY)
    root = letterhead.root(entry.order)
    for name, value in (
        ("From", Address("Docket", addr_spec=letterhead.sender)),
        ("To", recipient or "undisclosed-recipients:;"),
        *(() if of_account else (("Reply-To", _answered_at(letterhead, subscription, entry)),)),
        ("Subject", contents.title),
        ("Date", format_datetime(entry.at)),
        ("Message-ID", f"<{message_id}@{letterhead.domain}>"),
        ("In-Reply-To", root),
        ("References", root),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("List-Id", f"Docket <orders.{letterhead.domain}>"),
        ("X-Docket-Order", entry.order.id),
        ("X-Docket-Event", _event(entry)),
        ("X-Docket-Sequence", str(entry.number)),
    ):
        message[name] = value
    text, html = parts(contents)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # Quoted-printable writes "=" as "=3D", so no text, however hostile, can hold the boundary.
    message.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _answered_at(letterhead: Letterhead, subscription: Subscription, entry: Entry) -> Address:
    return Address("Docket", addr_spec=letterhead.reply_address(subscription, entry))


def _event(entry: Entry) -> str:
    """What happened, for programs."""
    if entry.order.type == EVENTS.resource:
        return f"event {entry.status}"
    return "note" if entry.kind is Kind.NOTE else f"status {entry.status}"
