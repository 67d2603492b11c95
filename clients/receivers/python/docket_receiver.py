"""Receive Docket's callbacks. One file, standard library only: copy it into your project.

    receiver = Receiver("whsec_…")
    notification = receiver.accept(headers, body)   # in your web framework's view
    if notification is not None:                    # None: it came before
        ...
    # answer 204 in both cases, 401 where NotGenuine was raised

It checks the signature (Standard Webhooks 1.0.0), reads XML and JSON alike, drops what came before, and says where
something is missing. Python 3.9 and later.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOLERANCE = 300
"""Seconds that the sender's clock and yours may differ, and that an old request may be shown again."""


class NotGenuine(Exception):
    """The request was not signed with one of the secrets, or is too old, or cannot be read."""


@dataclass(frozen=True)
class Notification:
    """One notification.

    `content`: the document's elements by their JSON names: `status`, `orderId`, `note`, … `sequence` is the number of
    the order's journal entry. `missed`: how many notifications of this order were given up before this one.
    `late`: a later one of this order came already. Where `missed` or `late` says so, read the journal:
    `GET …/{orderId}/history?after={after}` with `Accept: application/json`.
    """

    id: str
    order: str
    sequence: int
    attempt: int
    missed: int
    after: int
    late: bool
    content: dict[str, Any]


class Memory:
    """What a receiver remembers; here, the latest in this process.

    To survive restarts, keep both in your database, in the transaction that also holds what you do with the
    notification.
    """

    def __init__(self, size: int = 100_000) -> None:
        """Remembers `size` notifications and as many orders."""
        self._size = size
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._last: OrderedDict[str, int] = OrderedDict()

    def first_time(self, notification_id: str) -> bool:
        """Whether this id is new; it is not from now on."""
        new = notification_id not in self._ids
        self._ids[notification_id] = None
        self._forget(self._ids)
        return new

    def last(self, order: str) -> int:
        """The highest sequence seen of an order, 0 before the first."""
        return self._last.get(order, 0)

    def seen(self, order: str, sequence: int) -> None:
        """Remember an entry of an order."""
        self._last[order] = max(sequence, self._last.pop(order, 0))
        self._forget(self._last)

    def _forget(self, kept: OrderedDict[str, Any]) -> None:
        while len(kept) > self._size:
            kept.popitem(last=False)


class Receiver:
    """Takes the callbacks of one subscription, or of several that share secrets. Give old and new one in a rotation."""

    def __init__(self, *secrets: str, memory: Memory | None = None) -> None:
        """`secrets`: as Docket gave them (`whsec_…`)."""
        self._secrets = secrets
        self._memory = memory or Memory()

    def accept(self, headers: Mapping[str, str], body: bytes, *, now: float | None = None) -> Notification | None:
        """The notification, or None for one that came before. Raises NotGenuine."""
        known = {name.lower(): value for name, value in headers.items()}
        verify(self._secrets, known, body, now=now)
        content = parse(body)
        order, sequence = known.get("docket-order", ""), _number(known, "docket-sequence")
        if not self._memory.first_time(known["webhook-id"]):
            return None
        last = self._memory.last(order)
        self._memory.seen(order, sequence)
        return Notification(
            id=known["webhook-id"], order=order, sequence=sequence, attempt=_number(known, "docket-attempt"),
            missed=_number(known, "docket-missed"), after=min(last, sequence), late=sequence < last,
            content=content,
        )  # fmt: skip


def verify(secrets: Iterable[str], headers: Mapping[str, str], body: bytes, *, now: float | None = None) -> None:
    """Check the signature over the bytes as they came; header names in lower case. Raises NotGenuine."""
    try:
        message_id, timestamp, given = (headers[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
        age = abs((time.time() if now is None else now) - int(timestamp))
    except (KeyError, ValueError):
        raise NotGenuine("webhook-id, webhook-timestamp and webhook-signature are needed") from None
    if age > TOLERANCE:
        raise NotGenuine("webhook-timestamp is too far from now")
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = [_signature(secret, signed) for secret in secrets]
    if not any(hmac.compare_digest(one.encode(), each) for one in given.split(" ") for each in expected):
        raise NotGenuine("no signature fits")


def parse(body: bytes) -> dict[str, Any]:
    """The document's members by their JSON names: text, lists of text, or whatever JSON holds. Raises NotGenuine."""
    try:
        if body.lstrip()[:1] == b"{":
            content = json.loads(body)
            return dict(content)
        if b"<!DOCTYPE" in body:
            raise NotGenuine("a document type is not expected")
        return {_json_name(child.tag): _value(child) for child in ET.fromstring(body)}  # noqa: S314 because the body is signed and has no document type
    except (ValueError, ET.ParseError) as error:
        raise NotGenuine("the body cannot be read") from error


def _number(headers: Mapping[str, str], name: str) -> int:
    given = headers.get(name, "0")
    return int(given) if given.isdecimal() else 0


def _signature(secret: str, signed: bytes) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise ValueError("a secret is whsec_ and base64") from None
    return b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())


def _value(element: ET.Element) -> str | list[str]:
    """A text, or of an element that holds others (the telephone numbers) the list of theirs."""
    return [child.text or "" for child in element] if len(element) else element.text or ""


def _json_name(tag: str) -> str:
    return tag[:1].lower() + tag[1:]
