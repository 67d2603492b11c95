"""The breaker: five failures in a row, over two orders or a minute."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.health import Breaker, Health
from tests.domain.samples import at

A_DAY = 86_400


def after(*failures: tuple[float, str], wait: float = 3600) -> Health:
    """The health after failures at these seconds, of these orders."""
    health = Health()
    for seconds, order in failures:
        health = health.failed(order, at=at(seconds), next_try=at(seconds + wait))
    return health


def every(step: float, times: int, *orders: str) -> list[tuple[float, str]]:
    return [(step * turn, orders[turn % len(orders)]) for turn in range(times)]


@pytest.mark.parametrize(
    ("failures", "opens"),
    [
        (every(1, 4, "a", "b"), False),
        (every(1, 5, "a"), False),
        (every(1, 5, "a", "b"), True),
        (every(15, 5, "a"), True),
        (every(14.9, 5, "a"), False),
        (every(14.9, 6, "a"), True),
        (every(15, 4, "a"), False),
        ([*every(1, 4, "a"), (5, "b")], True),
        ([(0, "b"), *[(seconds, "a") for seconds in (1, 2, 3, 4)]], True),
    ],
)
def test_it_opens_after_five_failures_over_two_orders_or_a_minute(
    failures: list[tuple[float, str]],
    opens: bool,  # noqa: FBT001 because a table names its columns
) -> None:
    health = after(*failures)
    last = failures[-1][0]
    assert health.breaker(at(last)) is (Breaker.OPEN if opens else Breaker.CLOSED)


def test_open_lasts_a_minute_at_the_most_then_it_is_half_open() -> None:
    health = after(*every(15, 5, "a"))
    assert health.breaker(at(60 + 59.9)) is Breaker.OPEN
    assert health.breaker(at(60 + 60)) is Breaker.HALF_OPEN


def test_open_lasts_no_longer_than_until_the_failed_entrys_own_next_attempt() -> None:
    health = after(*every(15, 5, "a"), wait=7)
    assert health.open_until == at(67)


def test_a_failed_probe_opens_it_again_and_frees_the_probe() -> None:
    health = after(*every(15, 5, "a")).failed("b", at=at(120), next_try=at(9999))
    assert health.breaker(at(121)) is Breaker.OPEN
    assert health.probe is None
    assert health.open_until == at(180)


def test_a_success_forgets_all_failures() -> None:
    health = after(*every(15, 5, "a")).succeeded()
    assert health.spotless
    assert health.breaker(at(61)) is Breaker.CLOSED
    assert health.failed("a", at=at(62), next_try=at(67)).breaker(at(62)) is Breaker.CLOSED


def test_five_days_without_a_success_disable_it() -> None:
    health = after((0, "a"), (5 * A_DAY - 1, "a"))
    assert not health.disabled
    assert health.failed("a", at=at(5 * A_DAY), next_try=at(6 * A_DAY)).breaker(at(0)) is Breaker.DISABLED


@given(st.lists(st.tuples(st.floats(0, A_DAY), st.sampled_from("abc") | st.none()), max_size=30))
def test_the_rule_holds_for_any_history(steps: list[tuple[float, str | None]]) -> None:
    """A step of no order is a success."""
    health, run, seconds = Health(), list[tuple[float, str]](), 0.0
    for revision, (pause, order) in enumerate(steps, start=1):
        seconds += pause
        if order is None:
            health, run = health.succeeded(), []
        else:
            run.append((seconds, order))
            health = health.failed(order, at=at(seconds), next_try=at(seconds + 3600))
        long = bool(run) and at(run[-1][0]) - at(run[0][0]) >= timedelta(minutes=1)
        opens = len(run) >= 5 and (len({name for _, name in run}) > 1 or long)
        dead = bool(run) and at(run[-1][0]) - at(run[0][0]) >= timedelta(days=5)
        expected = Breaker.DISABLED if dead else Breaker.OPEN if opens else Breaker.CLOSED
        assert health.breaker(at(seconds)) is expected
        assert (health.revision, health.failures, health.spotless) == (revision, len(run), not run)
