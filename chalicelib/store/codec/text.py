"""Times and JSON as the tables keep them. Absent means None, or empty. Nothing here knows PynamoDB or AWS."""

import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

LONG = 100_000
"""Characters from which a text is kept compressed: an item may have 400 KB, and lists of numbers shrink to a third."""


def time(at: datetime) -> str:
    """UTC, milliseconds, Z: all of one width, so that they sort. What is finer than a millisecond is cut off."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def of_time(text: str) -> datetime:
    """The time of `time`."""
    return datetime.fromisoformat(text)


def time_or_none(at: datetime | None) -> str | None:
    """`time`, where there is one."""
    return None if at is None else time(at)


def of_time_or_none(text: str | None) -> datetime | None:
    """`of_time`, where there is one."""
    return None if text is None else of_time(text)


def written(**fields: object) -> str:
    """JSON of the fields that are there.

    ASCII only: a character is a byte, and text that is no Unicode (lone surrogates, from JSON's escapes) comes back
    as it was.
    """
    present = {name: value for name, value in fields.items() if value not in (None, (), False)}
    return json.dumps(present, separators=(",", ":"))


def body(text: str) -> dict[str, str | bytes]:
    """The attribute that holds a text: readable, or compressed where it is long."""
    return {"body": text} if len(text) < LONG else {"packed": zlib.compress(text.encode())}


def of_body(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in a body."""
    text = attributes.get("body")
    read: dict[str, Any] = json.loads(zlib.decompress(attributes["packed"]) if text is None else text)
    return read
