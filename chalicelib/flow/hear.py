"""A mail came in: a note on the order it answers, held for a person to judge, or refused with a reason.

May be repeated for the same mail at any time: the note is written with a receipt, then the mail is filed.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib import log
from chalicelib.domain.commands import AddNote
from chalicelib.domain.decide import NOTE_LIMIT
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.reply import Seal, SealBroken, unseal
from chalicelib.domain.subscription import Mailbox, Subscription
from chalicelib.flow.accept import Accept, Keyed
from chalicelib.flow.ports import Mails, Subscriptions

CUT = " […]"
"""Ends a note whose mail says more than a note can hold; the whole mail is kept."""

REMEMBERED = timedelta(days=30)
"""How long the same mail, delivered again, is recognised."""


class Reader(Protocol):
    """What the inbox can tell of raw mail."""

    def automatic(self, raw: bytes, own_domains: Collection[str] = ()) -> str | None:
        """Why this mail must not become a note, or None."""

    def reply_text(self, raw: bytes) -> str:
        """What the person newly wrote."""

    def sender(self, raw: bytes) -> str | None:
        """The one address in From."""

    def addressees(self, raw: bytes) -> Sequence[str]:
        """The addresses that the headers name as recipients."""

    def message_id(self, raw: bytes) -> str:
        """Its Message-ID, or an empty text."""

    def may_speak_for(self, sender: str, subscribed: str) -> bool:
        """Whether a mail of this sender may answer what was sent to that address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That a mail lies in `incoming` under this name; `recipients` of its envelope; what the mail server refused."""

    name: str
    recipients: Sequence[str] = ()
    failed: str | None = None


class _Stop(Exception):
    """The mail will not become a note; it goes to this folder."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(reason)
        self.folder, self.reason = folder, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Hear:
    """The verb, with what it needs. `keys` are the reply keys by their ids, those of earlier times too."""

    mails: Mails
    subscriptions: Subscriptions
    accept: Accept
    reader: Reader
    keys: Mapping[int, bytes]
    domain: str
    now: Callable[[], datetime]

    def __call__(self, notice: Notice) -> None:
        """Hear one mail and file it."""
        raw = self.mails.read(notice.name)
        if raw is None:
            return
        try:
            why = self._note(notice, raw)
            folder = "heard"
        except _Stop as stop:
            folder, why = stop.folder, {"reason": stop.reason}
        self.mails.file(notice.name, folder, why=why)
        log.tell("mail.heard", mail=notice.name, became=folder, **why)

    def _note(self, notice: Notice, raw: bytes) -> dict[str, str]:
        """Add the note; gives what to keep beside the mail. Raises _Stop."""
        if refusal := notice.failed or self.reader.automatic(raw, (self.domain,)):
            raise _Stop("refused", refusal)
        seal = self._seal(notice, raw)
        subscription = self._subscription(seal)
        sender = self.reader.sender(raw)
        if sender is None or not self.reader.may_speak_for(sender, subscription.target.address):
            raise _Stop("held", "the sender is not the one the notification was sent to")
        text = self.reader.reply_text(raw).strip()
        if not text:
            raise _Stop("refused", "nothing newly written was found")
        command = AddNote(order=seal.order, text=_cut(text), by=sender, by_mail=True)
        try:
            note = self.accept.add_note(command, self._keyed(command, raw))
        except OrderNotFound:
            raise _Stop("refused", "the order is not there any more") from None
        return {"order": seal.order.id, "note": note, "by": sender}

    def _seal(self, notice: Notice, raw: bytes) -> Seal:
        """The first good seal among the addresses: those of the envelope, then those of the headers."""
        reason = "no order is addressed"
        for local_part in self._local_parts((*notice.recipients, *self.reader.addressees(raw))):
            try:
                seal = unseal(local_part, keys=self.keys)
            except SealBroken:
                reason = "the reply address was not made by us"
                continue
            if not seal.expired(self.now()):
                return seal
            reason = "the reply address has expired"
        raise _Stop("refused", reason)

    def _local_parts(self, addresses: Sequence[str]) -> Iterator[str]:
        for address in addresses:
            local_part, _, domain = address.rpartition("@")
            if domain.lower() == self.domain:
                yield local_part

    def _subscription(self, seal: Seal) -> Subscription:
        found = self.subscriptions.tagged(seal.order.account, seal.tag)
        ended = found is not None and found.ended_at is not None  # at its final entry: people still say thanks
        if (
            found is None
            or not isinstance(found.target, Mailbox)
            or not (ended or found.live(self.now()))
            or not any(route.leads_from(seal.order) for route in found.routes)
        ):
            raise _Stop("refused", "the subscription that the mail was sent for is gone")
        return found

    def _keyed(self, command: AddNote, raw: bytes) -> Keyed:
        """The same mail is known by its id and what it says: some programs give all their mails one id."""
        known_by = self.reader.message_id(raw) or hashlib.sha256(raw).hexdigest()
        whole = hashlib.sha256(f"{command}\n{known_by}".encode()).hexdigest()
        return Keyed(f"mail {whole}", body_hash="", kept=REMEMBERED)


def _cut(text: str) -> str:
    return text if len(text) <= NOTE_LIMIT else text[: NOTE_LIMIT - len(CUT)] + CUT
