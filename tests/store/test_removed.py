"""What becomes of a draft that its owner removed: nothing leads to it any more, and in DynamoDB all of it goes."""

from datetime import timedelta

from chalicelib.domain import decide
from chalicelib.domain.commands import Cancel
from chalicelib.domain.order import Change, Order
from chalicelib.store import keys
from chalicelib.store.adapters import Tables
from infra.local.store import LocalStore
from tests.domain.samples import at
from tests.store.faults import everything
from tests.store.test_moving import MANY
from tests.store.test_queries import of_kind, sent
from tests.store.worlds import Stores, recorded


def _removed(stores: Stores, *numbers: str) -> Order:
    draft = recorded(stores, of_kind(1, sent(*numbers, billing="9195550000"), 1, draft=True))
    return recorded(stores, _removal(draft))


def _removal(draft: Order) -> Change:
    return decide.cancel(draft, Cancel(order=draft.key, by="ann"), at=at(5))


def test_a_removed_draft_goes_as_an_ended_order_does(dynamo: Tables) -> None:
    order = _removed(dynamo, *MANY[:2])
    assert dynamo.ledger.announced(order.key, order.version)
    gone = str(int((at(5) + timedelta(days=400)).timestamp()))
    left = {item["sk"]["S"]: item.get("ttl", {}).get("N") for item in everything()["OrderRow"]}
    assert left == dict.fromkeys(("HEAD", "HEAD#01", keys.entry(1), keys.entry(2)), gone)


def test_a_large_draft_goes_with_all_its_numbers(dynamo: Tables) -> None:
    _removed(dynamo, *MANY)
    assert {item["sk"]["S"] for item in everything()["OrderRow"]} == {"HEAD", "HEAD#01", keys.entry(1), keys.entry(2)}


def test_no_number_leads_to_a_removed_draft_on_one_machine() -> None:
    local = LocalStore.in_memory()
    try:
        _removed(local, *MANY[:2])
        assert local.reads.rows("SELECT value FROM handles", ()) == []
    finally:
        local.close()
