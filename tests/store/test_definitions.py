"""What a subscription's owner asked for, kept and found again in every world: filters, keys, several routes."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from chalicelib.domain.errors import DuplicateSubscription
from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.health import Health
from chalicelib.domain.subscription import Callback, Mailbox, NumberFormat, Route, Subscription
from chalicelib.store.codec.subscriptions import of_subscription
from chalicelib.store.codec.subscriptions import subscription as of_item
from infra.local.store.definition import definition, of_definition
from tests.domain.samples import START, at, key
from tests.store.worlds import ACCOUNT, Stores, added, heard, mailed, subscription

ALL = Filters(definition=Definition.ORDER_UPDATE)
NOTES = Filters(
    definition=Definition.ORDER_UPDATE, order_types=("portins", "disconnects"), event_types=("note",),
    order_ids=(key(1).id, key(2).id),
)  # fmt: skip
WIDE = (
    Route(type="portins", since=START), Route(type="disconnects", since=at(3)),
    Route(type="portins", order_id=key(1).id, since=START, after=4),
)  # fmt: skip


def wide(number: int = 7, filters: Filters = NOTES, *, url: str | None = None) -> Subscription:
    """One of version 2 with several routes, that signs with a key of the receiver's."""
    plain = subscription(number, url=url)
    assert isinstance(plain.target, Callback)
    target = replace(plain.target, shared_key="a key", number_format=NumberFormat.E164)
    return replace(plain, target=target, routes=WIDE, filters=filters, order_type=None)


@pytest.mark.parametrize("filters", [ALL, NOTES, Filters(definition=Definition.ACCOUNT_EVENT)])
def test_filters_routes_and_key_are_read_back_as_they_were(stores: Stores, filters: Filters) -> None:
    added(stores, wide(filters=filters))
    assert stores.subscriptions.get(ACCOUNT, wide().id) == wide(filters=filters)
    assert list(stores.subscriptions.all(ACCOUNT)) == [wide(filters=filters)]


def test_each_route_leads_to_it_and_is_gone_with_it(stores: Stores) -> None:
    added(stores, wide())
    assert heard(stores, key(1)) == [wide().id, wide().id]
    assert heard(stores, key(5)) == heard(stores, key(1, "disconnects")) == [wide().id]
    assert stores.subscriptions.remove(wide())
    assert heard(stores, key(1)) == heard(stores, key(1, "disconnects")) == []


def test_a_put_takes_routes_and_leaves_routes_in_one_write(stores: Stores) -> None:
    added(stores, wide())
    other = Route(type="orders", since=at(9))
    after = replace(wide(filters=ALL), routes=(WIDE[0], other), version=2, health=Health(revision=1))
    stores.subscriptions.replace(after, old=wide(), now=at(9))
    assert stores.subscriptions.get(ACCOUNT, after.id) == after
    assert heard(stores, key(1, "orders")) == heard(stores, key(1)) == [after.id]
    assert heard(stores, key(1, "disconnects")) == []


def test_what_is_heard_claims_the_target_and_each_version_by_itself(stores: Stores) -> None:
    url = "https://h/"
    added(stores, wide(7, url=url))
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(replace(wide(8, url=url), routes=WIDE[::-1]), now=START)
    added(stores, wide(9, ALL, url=url), subscription(10, url=url))
    left = replace(wide(7, replace(NOTES, event_types=("order_change",)), url=url), version=2)
    stores.subscriptions.replace(left, old=wide(7, url=url), now=START)
    added(stores, wide(11, url=url))  # what was left is free again


def test_what_was_written_before_there_were_filters_is_read(stores: Stores) -> None:
    """Of both codecs, which every world uses: what has nothing new is written as it always was."""
    added(stores, subscription(7), mailed(8, "ann@example.net"))
    for old in (subscription(7), mailed(8, "ann@example.net")):
        assert stores.subscriptions.get(ACCOUNT, old.id) == old
        item = {**of_subscription(old), "pk": f"{ACCOUNT}#S", "sk": f"S#{old.id}"}
        before, kept = json.loads(item["body"]), json.loads(of_definition(old))
        for read in (before, kept):
            assert "filters" not in read
            assert "shared_key" not in read["target"]


def test_a_row_of_the_first_release_is_read() -> None:
    """As SQLite has it, and as DynamoDB has it; both were written before subscriptions had filters."""
    target = {
        "url": "https://h/", "secret": "whsec_x", "username": None, "password": None, "public_key": None,
        "number_format": "LEGACY",
    }  # fmt: skip
    route = {"type": "portins", "order_id": "*", "since": "2026-11-25T08:00:00.000Z", "after": 0}
    read = definition(json.dumps({"target": target, "routes": [route], "order_type": "portins"}))
    expected = Callback(url="https://h/", secret="whsec_x")
    assert (read["target"], read["filters"], read["routes"]) == (expected, None, (Route(type="portins", since=START),))
    body = json.dumps({"target": {"email": "a@b.net", "digest": "NONE"}, "routes": [{**route, "order": "*"}]})
    found = str(UUID(int=7))
    item = {
        **of_subscription(subscription(7)), "body": body, "pk": f"{ACCOUNT}#subscriptions", "sk": f"sub#{found}",
    }  # fmt: skip
    assert (of_item(item).target, of_item(item).filters) == (Mailbox(email="a@b.net"), None)
