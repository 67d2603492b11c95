"""Entries ⇄ images of their items, as DynamoDB's stream brings them to Lambda: {"pk": {"S": …}, …}, bytes in base64.

One machine speaks the same shape, so that the same handler reads both.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.entry import Entry
from chalicelib.store import keys
from chalicelib.store.codec import orders

Image = Mapping[str, Mapping[str, Any]]


def entry_of_image(image: Image) -> Entry | None:
    """The entry whose item this is; None for any other item."""
    item: dict[str, Any] = {name: value["S"] for name, value in image.items() if "S" in value}
    if "packed" in image:
        item["packed"] = b64decode(image["packed"]["B"])
    return orders.entry(item)


def image_of_entry(entry: Entry) -> dict[str, dict[str, Any]]:
    """The item of an entry."""
    item = {"pk": keys.order(entry.order), "sk": keys.entry(entry.number), **orders.of_entry(entry)}
    return {
        name: {"B": b64encode(value).decode()} if isinstance(value, bytes) else {"S": value}
        for name, value in item.items()
    }
