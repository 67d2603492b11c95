"""Orders that walk by themselves: by bells, by the sweep, replayed, interrupted, and against the desk."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.domain.autopilot import OFF, PILOT, Autopilot, Fate
from chalicelib.domain.autopilot.lives import LIVES
from chalicelib.domain.commands import CreateOrder, Supplement
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Invalid, StoreUnavailable
from chalicelib.domain.order_types import ORDER_TYPES
from tests.flow.stores import STORES
from tests.flow.world import ACCOUNT, World

SECONDS = 10
LIVED = [(kind.resource, fate) for kind in ORDER_TYPES for fate in Fate]


@pytest.fixture(params=STORES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    world = World(STORES[request.param](), autopilot=Autopilot(on=True, seconds=SECONDS))
    yield world
    world.close()


def placed(world: World, kind: str = "portins", fate: Fate = Fate.COMPLETE, script: str | None = None) -> OrderKey:
    numbers = tuple(("PhoneNumber", f"919555123{digit}") for digit in range(4))
    details = (("CustomerOrderId", f"run-{fate}"), ("ListOfPhoneNumbers", numbers))
    return world.accept.create(
        CreateOrder(account=ACCOUNT, type=kind, details=details, by="ann", script=script)
    ).order.key


def states(world: World, order: OrderKey) -> list[str]:
    return [entry.status for entry in world.store.ledger.entries(order)]


def answered(world: World, order: OrderKey) -> None:
    """The customer does what the order waits for."""
    world.accept.supplement(Supplement(order=order, details=(("Name", str(world.clock.now)),), by="ann"))


def lived(world: World, order: OrderKey, wake: Callable[[], None]) -> list[str]:
    """The states from the first to the last, with the customer's answers."""
    for _ in range(12):
        wake()
        found = world.store.ledger.order(order)
        if found.plan is None:
            break
        if found.status in LIVES[order.type].customer:
            answered(world, order)
    return states(world, order)


def by_bell(world: World) -> None:
    world.clock.on(SECONDS)
    world.ring()


def by_sweep(world: World) -> None:
    """Every bell is lost."""
    world.bells.rings.clear()
    world.swept()


@pytest.mark.parametrize(("kind", "fate"), LIVED, ids=str)
def test_every_life_of_every_type_reaches_its_end(kind: str, fate: Fate) -> None:
    world = World(STORES["sqlite"](), autopilot=Autopilot(on=True, seconds=SECONDS))
    order = placed(world, kind, fate)
    lived(world, order, lambda: by_bell(world))
    journal = world.store.ledger.entries(order)
    assert tuple(entry.status for entry in journal if entry.by == PILOT) == LIVES[kind].life(fate)
    end = world.store.ledger.order(order)
    assert end.plan is None
    assert end.type.is_final(end.status) or kind == "bulkPortins"
    world.close()


def test_it_waits_for_the_customer_however_long_and_then_goes_on(world: World) -> None:
    order = placed(world, fate=Fate.EXCEPTION)
    by_bell(world)
    assert states(world, order)[-1] == "EXCEPTION"
    for _ in range(3):
        world.swept(every=3600)
    assert states(world, order)[-1] == "EXCEPTION"
    answered(world, order)
    by_bell(world)
    by_bell(world)
    assert states(world, order)[-4:] == ["EXCEPTION", "REQUESTED_SUPP", "FOC", "COMPLETE"]


def test_the_sweep_walks_where_every_bell_was_lost(world: World) -> None:
    order = placed(world, fate=Fate.EXCEPTION)
    assert lived(world, order, lambda: by_sweep(world))[-4:] == ["EXCEPTION", "REQUESTED_SUPP", "FOC", "COMPLETE"]


def test_no_step_is_taken_before_its_time(world: World) -> None:
    order = placed(world)
    world.clock.on(SECONDS - 0.001)
    world.step(order)
    world.sweep()
    assert states(world, order)[-1] == "SUBMITTED"
    world.clock.on(0.001)
    world.step(order)
    assert states(world, order)[-1] == "FOC"


def test_a_bell_that_rings_again_changes_nothing(world: World) -> None:
    order = placed(world)
    world.clock.on(SECONDS)
    for _ in range(3):
        world.step(order)
        world.sweep()
    assert states(world, order).count("FOC") == 1
    assert "COMPLETE" not in states(world, order)


def test_two_bells_at_once_take_one_step(world: World) -> None:
    order = placed(world)
    world.clock.on(SECONDS)
    first = world.process(world.step, order).until("ledger.record")
    world.step(order)
    first.finish()
    assert states(world, order).count("FOC") == 1


def test_a_desk_that_moves_at_the_same_moment_wins(world: World) -> None:
    order = placed(world)
    world.clock.on(SECONDS)
    pilot = world.process(world.step, order).until("ledger.record")
    world.move(order, "CANCELLED")
    pilot.finish()
    world.swept(times=3)
    assert states(world, order)[-1] == "CANCELLED"


def test_a_desk_that_moves_it_elsewhere_restarts_the_clock(world: World) -> None:
    order = placed(world)
    world.clock.on(SECONDS - 1)
    world.move(order, "FOC")
    world.clock.on(1)
    world.ring()
    assert states(world, order)[-1] == "FOC"
    world.clock.on(SECONDS - 1)
    world.ring()
    assert states(world, order)[-1] == "COMPLETE"
    assert states(world, order).count("FOC") == 1


def test_a_note_at_the_same_moment_does_not_cost_the_step(world: World) -> None:
    order = placed(world)
    world.clock.on(SECONDS)
    pilot = world.process(world.step, order).until("ledger.record")
    world.note(order)
    pilot.finish()
    assert states(world, order)[-1] == "FOC"


@pytest.mark.parametrize("call", ["ledger.order", "ledger.record", "bell.step"])
def test_a_crash_between_two_steps_costs_a_minute_and_nothing_else(world: World, call: str) -> None:
    order = placed(world)
    world.clock.on(SECONDS)
    world.process(world.step, order).until(call).kill()
    world.bells.rings.clear()
    world.swept()
    world.swept()
    assert states(world, order)[-2:] == ["FOC", "COMPLETE"]


def test_an_order_is_placed_though_no_bell_can_be_rung(world: World) -> None:
    def watch(call: str, _args: object) -> None:
        if call == "bell.step":
            raise StoreUnavailable

    world.watch = watch
    order = placed(world)
    assert states(world, order)[-1] == "SUBMITTED"
    world.swept()
    assert states(world, order)[-1] == "FOC"


def test_a_script_is_followed_with_its_own_delays(world: World) -> None:
    order = placed(world, script="FOC:0.5,FOC:2")
    world.clock.on(0.5)
    world.ring()
    dates = [entry.actual_foc_date for entry in world.store.ledger.entries(order) if entry.status == "FOC"]
    assert len(dates) == 1
    world.clock.on(2)
    world.ring()
    dates = [entry.actual_foc_date for entry in world.store.ledger.entries(order) if entry.status == "FOC"]
    assert len(set(dates)) == 2
    assert world.store.ledger.order(order).plan is None


def test_a_wrong_script_places_nothing_and_a_removed_draft_takes_no_step(world: World) -> None:
    with pytest.raises(Invalid):
        placed(world, script="COMPLETE:1")
    assert not world.store.ledger.unannounced(before=world.at(10), limit=9)
    world.step(OrderKey(ACCOUNT, "portins", "gone"))


def test_where_it_is_off_orders_stand_still_with_whatever_plan_they_have(world: World) -> None:
    order = placed(world)
    off = World(world.store, autopilot=OFF)
    off.clock.on(3600)
    off.step(order)
    off.sweep()
    assert states(off, order)[-1] == "SUBMITTED"
    assert "autopilot" not in {entry.by for entry in off.store.ledger.entries(order)}
