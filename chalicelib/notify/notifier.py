"""What a subscriber is told, and how it goes: by callback or by mail. The flow is not known here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Protocol

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import Attempt, CallbackRequest, Letter, Outcome, message_id
from chalicelib.domain.entry import Entry
from chalicelib.domain.subscription import Callback, Mailbox, Subscription
from chalicelib.notify import by_mail, update
from chalicelib.notify.by_mail import Letterhead, addressee
from chalicelib.notify.mailers import Mailer, MailNotSent
from chalicelib.notify.notification import CONTENT_TYPE, notification
from chalicelib.notify.signature import BODY_SIGNATURE, sign_body
from chalicelib.notify.telling import Telling

SENT = "sent"
"""The reason of an attempt whose mail was taken; constant, because a changed status costs a write."""


class Callbacks(Protocol):
    """The way out for callbacks."""

    def send(self, request: CallbackRequest) -> Attempt:
        """One attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Writes letters and takes them out."""

    callbacks: Callbacks
    mailer: Mailer
    letterhead: Letterhead
    now: Callable[[], datetime]

    def compose(self, telling: Telling) -> Letter:
        """The letter: the same bytes for the same telling. Raises ValueError for a mail without its order."""
        subscription, entry = telling.subscription, telling.entry
        known_as = message_id(CursorRef(subscription.id, entry.order), entry.number)
        if isinstance(subscription.target, Callback):
            content_type, body = _callback_body(subscription, subscription.target, entry)
            return Letter(message_id=known_as, content_type=content_type, body=body)
        if telling.order is None:
            raise ValueError("a mail tells of an order")
        body = by_mail.mail(self.letterhead, telling, telling.order, message_id=known_as)
        return Letter(message_id=known_as, content_type=by_mail.CONTENT_TYPE, body=body)

    def deliver(self, telling: Telling, letter: Letter, attempt: int) -> Attempt:
        """One attempt. A receiver or a mail server that fails is an Attempt, never an exception."""
        target = telling.subscription.target
        if isinstance(target, Mailbox):
            return self._mail(target, letter)
        return self.callbacks.send(
            CallbackRequest(
                url=target.url, body=letter.body, content_type=letter.content_type,
                message_id=letter.message_id, secret=target.secret,
                username=target.username, password=target.password, certificate=target.public_key,
                headers=(*_headers(telling, attempt), *_body_signature(target, letter)),
            )
        )  # fmt: skip

    def _mail(self, mailbox: Mailbox, letter: Letter) -> Attempt:
        at, started = self.now(), monotonic()
        recipient = addressee(mailbox.email)
        if recipient is None:
            reason = "no mail can be sent to this address"
            return Attempt(at=at, outcome=Outcome.REFUSED, milliseconds=0, reason=reason)
        outcome, reason, status = Outcome.TOLD, SENT, None
        try:
            self.mailer.send(letter.body, sender=self.letterhead.sender, recipient=recipient)
        except MailNotSent as failure:
            outcome, reason, status = Outcome.NOT_TOLD, failure.reason, failure.status
        took = round((monotonic() - started) * 1000)
        return Attempt(at=at, outcome=outcome, milliseconds=took, reason=reason, status=status)


def _callback_body(subscription: Subscription, target: Callback, entry: Entry) -> tuple[str, bytes]:
    """Content type and bytes, in the words of the version that the subscription was last written in."""
    if subscription.filters is None:
        return CONTENT_TYPE, notification(subscription.id, target.number_format, entry)
    return update.CONTENT_TYPE, update.update(subscription, subscription.filters, target.number_format, entry)


def _body_signature(target: Callback, letter: Letter) -> tuple[tuple[str, str], ...]:
    return ((BODY_SIGNATURE, sign_body(target.shared_key, letter.body)),) if target.shared_key else ()


def _headers(telling: Telling, attempt: int) -> tuple[tuple[str, str], ...]:
    """What Docket says beside the document: whose entry it is, and what went missing before it."""
    entry = telling.entry
    headers = (
        ("docket-order", entry.order.id),
        ("docket-sequence", str(entry.number)),
        ("docket-attempt", str(attempt)),
    )
    return (*headers, ("docket-missed", str(telling.missed))) if telling.missed else headers
