"""An order that moves while a list is read, in DynamoDB: for a moment it stands in two stretches of an index."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.handle import Handle, Handled
from chalicelib.domain.order import Order
from chalicelib.store import keys
from chalicelib.store.adapters import Tables
from chalicelib.store.attributes import row
from chalicelib.store.codec.text import time
from chalicelib.store.rows import OrderRow
from tests.store.faults import counted
from tests.store.test_queries import of_kind, sent
from tests.store.worlds import ACCOUNT, asked, recorded, soon

OF = (ACCOUNT, "portins")
NUMBER = "2015550100"


def also_there(order: Order, **attributes: str) -> None:
    """The order has a second place in an index, as a reader sees it that asks one stretch after the other."""
    listed_at = keys.listed_at(time(order.created_at), order.key.id)
    row(OrderRow, keys.order(order.key), "BESIDE", {"listed_at": listed_at, **attributes}).save()


@pytest.mark.parametrize(
    ("second", "filters"),
    [
        ({"standing": keys.standing(*OF, "FOC")}, {"statuses": frozenset({"SUBMITTED", "FOC"})}),
        ({"standing": keys.standing(*OF, "FOC")}, {"statuses": frozenset({"SUBMITTED", "FOC"}), "user": "ann"}),
        ({"listing": keys.listing(*OF, drafts=True)}, {"drafts": True}),
        ({"lookup": keys.lookup(*OF, Handled(Handle.BILLING, NUMBER))}, {"billing": NUMBER}),
    ],
)
@pytest.mark.parametrize("oldest_first", [True, False])
def test_an_order_that_stands_in_two_stretches_is_listed_once(
    dynamo: Tables, second: dict[str, str], filters: dict[str, Any], *, oldest_first: bool
) -> None:
    orders = [recorded(dynamo, of_kind(number, sent(NUMBER, billing=NUMBER), number)) for number in (1, 2, 3)]
    also_there(orders[1], **second)
    shown = [replace(order, details=()) for order in (orders if oldest_first else orders[::-1])]
    query = asked(**filters, oldest_first=oldest_first)
    soon(lambda: list(dynamo.ledger.page(query).orders), shown)
    page = dynamo.ledger.page(replace(query, size=2))
    assert (list(page.orders), page.next) == (shown[:2], shown[2].key.id)
    with counted(dynamo.ledger.connection) as calls:
        dynamo.ledger.page(query)
    asked_for = [call["params"]["RequestItems"] for call in calls if call["operation"] == "BatchGetItem"]
    assert [len(items["Keys"]) for request in asked_for for items in request.values()][:1] == [3]
