"""The sealed reply address: which order a mail answers, for whom it was sent, until when, and proof that we said so.

Sixty-two characters of base32, so that it fits the 64 octets of a local part (RFC 5321, 4.5.3.1.1) and survives
being lower- or upper-cased: 3 bits of key id, 5 of order type, 34 of account, 128 of order, 40 of subscription,
16 of the last day it is good for, 80 of HMAC-SHA-256 over the rest.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.order_types import numbered, order_type

LOCAL_PART_LENGTH = 62
REPLIES_TAKEN = timedelta(days=365)
"""How long an address may be answered to."""

_EPOCH = date(2020, 1, 1)
_SEAL_BITS = 80
_FIELDS = (("key", 3), ("type", 5), ("account", 34), ("order", 128), ("tag", 40), ("day", 16))


class SealBroken(ValueError):
    """The address was not made by us, or was changed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a reply address says. `tag` is the beginning of the subscription's id."""

    order: OrderKey
    tag: str
    last_day: date

    def expired(self, now: datetime) -> bool:
        """Whether a reply comes too late."""
        return now.astimezone(UTC).date() > self.last_day


def seal(order: OrderKey, tag: str, *, at: datetime, key_id: int, key: bytes) -> str:
    """The local part of the address to which replies to a mail of `at` go.

    Raises ValueError for what would not come back as it was: an account of more than 34 bits or with leading zeros.
    """
    day = (at.astimezone(UTC).date() + REPLIES_TAKEN - _EPOCH).days
    values = {
        "key": key_id, "type": order_type(order.type).number, "account": int(order.account),
        "order": UUID(order.id).int, "tag": int(tag, 16), "day": day,
    }  # fmt: skip
    if str(values["account"]) != order.account:
        raise ValueError(f"account {order.account} does not fit a reply address")
    packed = 0
    for name, bits in _FIELDS:
        if values[name] >> bits:
            raise ValueError(f"{name} {values[name]} does not fit a reply address")
        packed = packed << bits | values[name]
    return _spell(packed << _SEAL_BITS | _mac(packed, key))


def unseal(local_part: str, *, keys: Mapping[int, bytes]) -> Seal:
    """What the address says. Raises SealBroken where any bit is not as we wrote it; expiry is the caller's to judge."""
    whole = _read(local_part)
    packed, mac = whole >> _SEAL_BITS, whole & (1 << _SEAL_BITS) - 1
    values, rest = {}, packed
    for name, bits in reversed(_FIELDS):
        values[name], rest = rest & (1 << bits) - 1, rest >> bits
    key = keys.get(values["key"], b"")
    good = hmac.compare_digest(mac.to_bytes(10, "big"), _mac(packed, key).to_bytes(10, "big"))
    kind = numbered(values["type"])
    if rest or not key or not good or kind is None:
        raise SealBroken
    order = OrderKey(str(values["account"]), kind.resource, str(UUID(int=values["order"])))
    return Seal(order, f"{values['tag']:010x}", _EPOCH + timedelta(days=values["day"]))


def _mac(packed: int, key: bytes) -> int:
    digest = hmac.new(key, b"docket reply" + packed.to_bytes(29, "big"), hashlib.sha256).digest()
    return int.from_bytes(digest[: _SEAL_BITS // 8], "big")


def _spell(value: int) -> str:
    # 306 bits of content, left-aligned in the 310 bits of 62 letters
    return base64.b32encode((value << 14).to_bytes(40, "big")).decode("ascii").lower()[:LOCAL_PART_LENGTH]


def _read(local_part: str) -> int:
    if len(local_part) != LOCAL_PART_LENGTH:
        raise SealBroken
    try:
        value = int.from_bytes(base64.b32decode(local_part.encode("ascii").upper() + b"AA"), "big")
    except (ValueError, UnicodeEncodeError):
        raise SealBroken from None
    if value & (1 << 14) - 1:
        raise SealBroken
    return value >> 14
