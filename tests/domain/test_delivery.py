"""When a failed attempt is made again."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import RETRY_SCHEDULE, delay, message_id
from tests.domain.samples import key

schedules = st.lists(st.floats(0.001, 10**6), max_size=12)
jitters = st.floats(-1, 1)


def test_the_schedule_is_ten_attempts_within_two_and_a_half_days() -> None:
    waits = [delay(RETRY_SCHEDULE, failed) for failed in range(1, 11)]
    assert waits == [5, 60, 300, 1800, 7200, 18000, 36000, 50400, 86400, None]
    assert sum(RETRY_SCHEDULE) / 3600 == pytest.approx(55.6, abs=0.1)


@given(schedules, jitters)
def test_n_delays_are_n_and_one_attempts(schedule: list[float], jitter: float) -> None:
    waits = [delay(schedule, failed, jitter=jitter) for failed in range(1, len(schedule) + 2)]
    assert waits[-1] is None
    assert None not in waits[:-1]


@given(schedules.filter(bool), jitters)
def test_jitter_moves_a_delay_by_a_fifth_at_the_most(schedule: list[float], jitter: float) -> None:
    wait = delay(schedule, 1, jitter=jitter)
    assert wait is not None
    assert schedule[0] * 0.8 <= wait * (1 + 1e-9)
    assert wait <= schedule[0] * 1.2 * (1 + 1e-9)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        *[(None, 60), (0, 60), (-5, 60), (60, 60), (75, 75), (120, 120), (121, 120), (86400, 120)],
        *[(math.inf, 120), (-math.inf, 60), (math.nan, 60)],
    ],
)
def test_what_the_receiver_asks_for_is_obeyed_between_one_and_two_delays(asked: float | None, wait: float) -> None:
    assert delay([60], 1, retry_after=asked) == wait


def test_what_the_receiver_asks_for_adds_no_attempt() -> None:
    assert delay([60], 2, retry_after=5) is None


def test_a_message_has_one_id_whatever_the_attempt_and_no_dot() -> None:
    ref = CursorRef("00000000-0000-0000-0000-000000000007", key())
    assert message_id(ref, 3) == f"msg_{7:032x}_{1:032x}_3"
    assert len({message_id(ref, 3), message_id(ref, 33), message_id(CursorRef(ref.subscription_id, key(2)), 3)}) == 3
