"""What a subscription's owner asked for, and its routes ⇄ JSON: all that only a PUT changes and no column has."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.subscription import Callback, Digest, Mailbox, NumberFormat, Route, Subscription
from infra.local.store.codec import decode, iso, written


def of_definition(subscription: Subscription) -> str:
    """What its owner asked for, and the routes: all that only a PUT changes and no column has."""
    target = subscription.target
    return written(
        target=_of_callback(target) if isinstance(target, Callback) else _of_mailbox(target),
        routes=[
            {"type": route.type, "order_id": route.order_id, "since": iso(route.since), "after": route.after}
            for route in subscription.routes
        ],
        order_type=subscription.order_type, event_type=subscription.event_type,
        filters=_of_filters(subscription.filters),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def definition(body: str) -> Mapping[str, Any]:
    """Fields of a Subscription, from `of_definition`; remembered, as the same few are read for entry after entry."""
    read = decode(body)
    return {
        "target": _target(read["target"]),
        "routes": tuple(
            Route(type=r["type"], order_id=r["order_id"], since=datetime.fromisoformat(r["since"]), after=r["after"])
            for r in read["routes"]
        ),
        "order_type": read.get("order_type"),
        "event_type": read.get("event_type"),
        "filters": _filters(read.get("filters")),
    }


def _of_callback(target: Callback) -> dict[str, str | None]:
    return {
        "url": target.url, "secret": target.secret, "username": target.username, "password": target.password,
        "public_key": target.public_key, "number_format": target.number_format,
        **({} if target.shared_key is None else {"shared_key": target.shared_key}),
    }  # fmt: skip


def _of_mailbox(target: Mailbox) -> dict[str, str | None]:
    return {"email": target.email, "digest": target.digest}


def _of_filters(filters: Filters | None) -> dict[str, Any] | None:
    return None if filters is None else asdict(filters)


def _filters(read: dict[str, Any] | None) -> Filters | None:
    if read is None:
        return None
    named = {name: tuple(read[name]) for name in ("order_types", "event_types", "order_ids")}
    return Filters(definition=Definition(read["definition"]), **named)


def _target(read: dict[str, Any]) -> Callback | Mailbox:
    if "email" in read:
        return Mailbox(email=read["email"], digest=Digest(read["digest"]))
    return Callback(**{**read, "number_format": NumberFormat(read["number_format"])})
