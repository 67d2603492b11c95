"""Subscriptions and their health ⇄ the attributes of their items."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chalicelib.domain.cursor import Lease
from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.health import Health
from chalicelib.domain.subscription import Callback, Digest, Mailbox, NumberFormat, Route, Subscription
from chalicelib.store import keys
from chalicelib.store.codec.text import of_time, of_time_or_none, time, time_or_none, written


def of_subscription(subscription: Subscription) -> dict[str, Any]:
    """All attributes of a subscription; None for those it does not have. Only what expires is in the index."""
    definition = written(
        target=_of_target(subscription.target),
        routes=[
            {"type": route.type, "order": route.order_id, "since": time(route.since), "after": route.after}
            for route in subscription.routes
        ],
        order_type=subscription.order_type, event_type=subscription.event_type,
        filters=_of_filters(subscription.filters),
    )  # fmt: skip
    return {
        "body": definition,
        "version": subscription.version,
        "created_at": time(subscription.created_at),
        "expires_at": time_or_none(subscription.expires_at),
        "bucket": keys.bucket(subscription.id) if subscription.expires_at else None,
        "ended_at": time_or_none(subscription.ended_at),
        "revision": subscription.health.revision,
        **of_health(subscription.health),
        "status": subscription.status,
        "status_at": time_or_none(subscription.status_at),
    }


def of_health(health: Health) -> dict[str, Any]:
    """A health but for its revision; none at all where there is nothing to tell."""
    probe = health.probe
    text = written(
        failures=health.failures or None, failing_since=time_or_none(health.failing_since),
        failing_order=health.failing_order, several_orders=health.several_orders,
        open_until=time_or_none(health.open_until), probe=(probe.token, time(probe.until)) if probe else None,
        disabled=health.disabled,
    )  # fmt: skip
    return {"health": None if text == "{}" else text}


def subscription(item: Mapping[str, Any]) -> Subscription:
    """The subscription of an item."""
    read = json.loads(item["body"])
    return Subscription(
        account=keys.account_of(item["pk"]), id=keys.subscription_id(item["sk"]), target=_target(read["target"]),
        routes=tuple(
            Route(
                type=route["type"], order_id=route["order"], since=of_time(route["since"]), after=route["after"]
            )
            for route in read["routes"]
        ),
        created_at=of_time(item["created_at"]), order_type=read.get("order_type"),
        event_type=read.get("event_type"), filters=_filters(read.get("filters")),
        expires_at=of_time_or_none(item.get("expires_at")),
        ended_at=of_time_or_none(item.get("ended_at")), status=item["status"],
        status_at=of_time_or_none(item.get("status_at")), version=int(item["version"]),
        health=_health(int(item["revision"]), item.get("health")),
    )  # fmt: skip


def _health(revision: int, text: str | None) -> Health:
    read = json.loads(text or "{}")
    probe = read.get("probe")
    return Health(
        revision=revision, failures=read.get("failures", 0),
        failing_since=of_time_or_none(read.get("failing_since")), failing_order=read.get("failing_order"),
        several_orders=read.get("several_orders", False), open_until=of_time_or_none(read.get("open_until")),
        probe=Lease(probe[0], of_time(probe[1])) if probe else None, disabled=read.get("disabled", False),
    )  # fmt: skip


def _of_filters(filters: Filters | None) -> dict[str, Any] | None:
    return None if filters is None else asdict(filters)


def _filters(read: Mapping[str, Any] | None) -> Filters | None:
    if read is None:
        return None
    named = {name: tuple(read[name]) for name in ("order_types", "event_types", "order_ids")}
    return Filters(definition=Definition(read["definition"]), **named)


def _of_target(target: Callback | Mailbox) -> dict[str, str | None]:
    if isinstance(target, Mailbox):
        return {"email": target.email, "digest": target.digest}
    return {
        "url": target.url, "secret": target.secret, "username": target.username, "password": target.password,
        "public_key": target.public_key, "number_format": target.number_format,
        **({} if target.shared_key is None else {"shared_key": target.shared_key}),
    }  # fmt: skip


def _target(read: Mapping[str, Any]) -> Callback | Mailbox:
    if "email" in read:
        return Mailbox(email=read["email"], digest=Digest(read["digest"]))
    return Callback(**{**read, "number_format": NumberFormat(read["number_format"])})
