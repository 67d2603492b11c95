"""What the stores keep of plans: as they were written, found when they are due, and not at all in other orders."""

from dataclasses import replace

from chalicelib.domain import autopilot
from chalicelib.domain.autopilot import Autopilot
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.order import Order
from chalicelib.domain.plan import Plan, Step
from tests.domain.samples import START, at
from tests.store.worlds import Stores, creation, moved, noted, placed, recorded, soon

ON = Autopilot(on=True, seconds=10)


def walked(stores: Stores, number: int = 1, script: str | None = None) -> Order:
    """An order with a plan, recorded."""
    return recorded(stores, ON.planned(creation(number), script))


def due(stores: Stores, seconds: float, limit: int = 9) -> list[OrderKey]:
    return list(stores.ledger.stepping(before=at(seconds), limit=limit))


def test_a_plan_comes_back_as_it_was_written(stores: Stores) -> None:
    order = walked(stores, script="FOC:0.25,EXCEPTION:604800,FOC:1.001")
    assert stores.ledger.order(order.key).plan == order.plan
    assert order.plan == Plan((Step("FOC", 0.25), Step("EXCEPTION", 604_800.0), Step("FOC", 1.001)), at(0.25))
    assert stores.ledger.order(placed(stores, 2).key).plan is None


def test_a_plan_that_waits_for_somebody_comes_back_too(stores: Stores) -> None:
    order = walked(stores, script="EXCEPTION:1,FOC:2")
    waiting = recorded(stores, autopilot.followed(order, moved(order, "EXCEPTION")))
    assert stores.ledger.order(order.key).plan == waiting.plan == Plan((Step("FOC", 2.0),), None)


def test_an_order_is_found_when_its_step_is_due_the_oldest_first(stores: Stores) -> None:
    late, early = walked(stores, 1, "FOC:5"), walked(stores, 2, "FOC:2")
    placed(stores, 3)
    soon(lambda: sorted(due(stores, 6)), sorted([late.key, early.key]))
    soon(lambda: due(stores, 6, limit=1), [early.key])
    soon(lambda: due(stores, 3), [early.key])
    soon(lambda: due(stores, 2), [])


def test_what_becomes_of_the_order_moves_it_in_the_index(stores: Stores) -> None:
    order = walked(stores, script="FOC:5,EXCEPTION:5")
    foc = recorded(stores, autopilot.followed(order, moved(order, "FOC", seconds=3)))
    soon(lambda: due(stores, 8), [])
    soon(lambda: due(stores, 8.001), [order.key])
    same = recorded(stores, autopilot.followed(foc, noted(foc, seconds=4)))
    soon(lambda: due(stores, 8.001), [order.key])
    recorded(stores, autopilot.followed(same, moved(same, "EXCEPTION", seconds=9)))
    soon(lambda: due(stores, 10**6), [])


def test_the_end_of_a_plan_leaves_nothing_behind(stores: Stores) -> None:
    order = walked(stores, script="FOC:5")
    recorded(stores, autopilot.followed(order, moved(order, "FOC")))
    assert stores.ledger.order(order.key).plan is None
    soon(lambda: due(stores, 10**6), [])
    plain = recorded(stores, replace(creation(2, when=START), entries=creation(2).entries))
    assert stores.ledger.order(plain.key).plan is None
