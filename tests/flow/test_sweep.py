"""The sweep: each thing it finds, and that one failure keeps nothing else waiting."""

import io
from typing import Any

import pytest

from chalicelib.domain.delivery import Outcome
from chalicelib.domain.errors import StoreUnavailable
from tests.flow.stores import STORES
from tests.flow.test_hear import mail_to
from tests.flow.world import World


def test_it_announces_what_the_stream_lost(world: World) -> None:
    who, order = world.hook(), world.place()
    world.swept()
    assert world.told(who) == [1]
    assert world.quiet(who, order)


def test_it_rings_for_what_the_queue_lost(world: World) -> None:
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    world.bells.rings.clear()
    world.swept()
    assert world.told(who) == [1]


def test_it_rings_when_a_wait_is_over_and_not_before(world: World) -> None:
    who, order = world.hook(), world.place()
    world.receivers.script(who.id, Outcome.NOT_TOLD)
    world.announced(order)
    world.bells.rings.clear()
    world.swept(every=9)
    assert world.told(who) == []
    world.swept(every=1.001)
    assert world.told(who) == [1]


def test_it_hears_mail_that_no_notice_came_for(world: World) -> None:
    order = world.place()
    who = world.mailbox("ann@example.net", order)
    world.mailbag.waiting["m1"] = mail_to(world, who, order, "I agree.")
    world.swept()
    assert world.mailbag.filed["m1"][0] == "heard"


def test_it_removes_what_expired_a_week_ago_and_nothing_younger(world: World) -> None:
    who, young = world.hook(expiry=60), world.hook(expiry=61)
    world.swept(every=60 + 7 * 86_400 + 0.5)
    assert world.stored(who) is None
    assert world.stored(young) is not None


def test_it_believes_the_order_and_not_the_index(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    who, order = world.hook(), world.place()
    world.announced(order)
    found: Any = lambda **_: [order]  # noqa: E731 because it stands in for an index that lags
    monkeypatch.setattr(world.store.ledger, "unannounced", found)
    world.swept()
    assert world.told(who) == [1]


@pytest.mark.parametrize(
    ("call", "waits"),
    [
        ("ledger.unannounced", "lost"),
        ("cursors.due", "announced"),
        ("mails.incoming", "mail"),
        ("subscriptions.expired", "expired"),
        ("cursors.want", "lost"),
    ],
)
def test_one_failure_keeps_nothing_else_waiting(call: str, waits: str, logged: io.StringIO) -> None:
    world = World(STORES["sqlite"]())  # whose indexes never lag, so that one sweep finds everything
    expired, who = world.hook(expiry=1), world.hook(expiry=10**9)
    world.clock.on(8 * 86_400)
    announced, lost = world.place(), world.place()
    world.announce(announced, 1)
    world.bells.rings.clear()
    order = world.place()
    ann = world.mailbox("ann@example.net", order)
    world.mailbag.waiting["m1"] = mail_to(world, ann, order, "hello")
    fail(world, call)
    world.clock.on(60)
    world.sweep()
    world.ring()
    done = {
        "lost": world.told(who, lost) == [1],
        "announced": world.told(who, announced) == [1],
        "mail": "m1" in world.mailbag.filed,
        "expired": world.stored(expired) is None,
    }
    assert [name for name, good in done.items() if not good] == [waits]
    assert '"event": "sweep"' in logged.getvalue()
    world.swept(times=2)
    assert world.told(who, lost) == world.told(who, announced) == [1]
    assert world.told(who, order) == [1, 2]
    assert world.stored(expired) is None
    world.close()


def fail(world: World, call: str) -> None:
    """The next such call finds no store."""
    waiting = [call]

    def watch(made: str, _args: object) -> None:
        if made in waiting:
            waiting.remove(made)
            raise StoreUnavailable

    world.watch = watch


def test_a_sweep_that_finds_nothing_says_nothing(world: World, logged: io.StringIO) -> None:
    world.swept(times=2)
    assert logged.getvalue() == ""


def test_two_sweeps_at_once_do_no_harm(world: World) -> None:
    who, order = world.hook(), world.place()
    world.clock.on(1)
    world.store.ledger.unannounced(before=world.clock.now, limit=1)  # an index that lags catches up
    first = world.process(world.sweep).until("cursors.want")
    world.swept()
    first.finish()
    world.ring()
    assert world.told(who, order) == [1]
    assert world.quiet(who, order)
