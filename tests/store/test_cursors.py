"""The promises of the cursors, in every world: each step of telling is one conditional write."""

import threading
from dataclasses import replace

from chalicelib.domain.cursor import Cursor, CursorRef, Lease
from chalicelib.domain.delivery import Outcome
from tests.domain.samples import at
from tests.store.worlds import LETTER, Stores, delivery, ref, soon, taken


def _wanted(stores: Stores, number: int = 3, *, seconds: float = 0) -> None:
    assert stores.cursors.want(ref(), number, after=0, now=at(seconds)) is True


def test_a_new_cursor_begins_after_its_routes_number(stores: Stores) -> None:
    assert stores.cursors.get(ref()) is None
    assert stores.cursors.want(ref(), 3, after=2, now=at(1)) is True
    assert stores.cursors.get(ref()) == Cursor(ref=ref(), told=2, wanted=3, due=at(1))


def test_what_comes_before_the_route_is_not_wanted(stores: Stores) -> None:
    assert stores.cursors.want(ref(), 2, after=2, now=at(1)) is False
    assert stores.cursors.get(ref()) is None


def test_wanted_rises_and_due_stays(stores: Stores) -> None:
    _wanted(stores, 3, seconds=1)
    for lower in (3, 2):
        assert stores.cursors.want(ref(), lower, after=0, now=at(2)) is False
    _wanted(stores, 5, seconds=3)
    assert stores.cursors.get(ref()) == Cursor(ref=ref(), told=0, wanted=5, due=at(1))


def test_taking_writes_the_lease_and_counts_it(stores: Stores) -> None:
    _wanted(stores)
    cursor = taken(stores)
    assert cursor == Cursor(ref=ref(), told=0, wanted=3, due=at(0), lease=Lease("one", at(60)), lost=1)
    assert stores.cursors.get(ref()) == cursor


def test_a_cursor_with_nothing_due_is_not_taken(stores: Stores) -> None:
    assert stores.cursors.take(ref(), token="t", now=at(0), until=at(60), new_work=True) is None
    assert stores.cursors.get(ref()) is None


def test_a_leased_cursor_is_not_taken_until_the_lease_lapses(stores: Stores) -> None:
    _wanted(stores)
    taken(stores)
    for new_work in (True, False):
        assert stores.cursors.take(ref(), token="two", now=at(59), until=at(120), new_work=new_work) is None
    second = stores.cursors.take(ref(), token="two", now=at(60), until=at(120), new_work=False)
    assert second is not None
    assert (second.lease, second.lost) == (Lease("two", at(120)), 2)


def test_of_two_that_take_at_once_one_does(stores: Stores) -> None:
    _wanted(stores)
    barrier, outcomes = threading.Barrier(4, timeout=30), []

    def take(name: str) -> None:
        barrier.wait()
        outcomes.append(stores.cursors.take(ref(), token=name, now=at(0), until=at(60), new_work=True))

    threads = [threading.Thread(target=take, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcome is not None for outcome in outcomes) == 1


def test_what_failed_waits_until_it_is_due_whoever_rings(stores: Stores) -> None:
    _wanted(stores)
    assert stores.cursors.not_told(taken(stores), delivery(1, Outcome.NOT_TOLD, letter=LETTER), due=at(100))
    for new_work in (True, False):
        assert stores.cursors.take(ref(), token="two", now=at(99), until=at(160), new_work=new_work) is None
    assert stores.cursors.take(ref(), token="two", now=at(100), until=at(160), new_work=False) is not None


def test_new_work_need_not_wait_where_nothing_failed(stores: Stores) -> None:
    _wanted(stores)
    assert stores.cursors.postpone(taken(stores), at(100))
    assert stores.cursors.take(ref(), token="two", now=at(50), until=at(110), new_work=False) is None
    assert stores.cursors.take(ref(), token="two", now=at(50), until=at(110), new_work=True) is not None


def test_a_lease_is_extended_by_its_owner(stores: Stores) -> None:
    _wanted(stores)
    cursor = taken(stores)
    extended = stores.cursors.extend(cursor, at(90))
    assert extended == replace(cursor, lease=Lease("one", at(90)))
    assert stores.cursors.get(ref()) == extended


def test_postponing_keeps_the_attempts_and_gives_the_lease_back(stores: Stores) -> None:
    _wanted(stores)
    stores.cursors.not_told(taken(stores), delivery(1, Outcome.NOT_TOLD), due=at(5))
    cursor = stores.cursors.take(ref(), token="two", now=at(5), until=at(65), new_work=False)
    assert cursor is not None
    assert stores.cursors.postpone(cursor, at(70)) is True
    assert stores.cursors.get(ref()) == Cursor(ref=ref(), told=0, wanted=3, due=at(70), attempt=1)


def test_passing_an_entry_moves_the_cursor_and_keeps_the_record(stores: Stores) -> None:
    _wanted(stores)
    cursor = taken(stores)
    following = stores.cursors.passed(cursor, delivery(1), until=at(80))
    assert following == Cursor(ref=ref(), told=1, wanted=3, due=at(0), lease=Lease("one", at(80)))
    assert stores.cursors.get(ref()) == following
    assert stores.cursors.delivery(ref(), 1) == delivery(1)
    assert stores.cursors.delivery(ref(), 2) is None


def test_passing_the_last_entry_wanted_closes_the_cursor(stores: Stores) -> None:
    _wanted(stores, 1)
    stores.cursors.not_told(taken(stores), delivery(1, Outcome.NOT_TOLD, letter=LETTER), due=at(5))
    cursor = stores.cursors.take(ref(), token="two", now=at(5), until=at(65), new_work=False)
    assert cursor is not None
    closed = Cursor(ref=ref(), told=1, wanted=1)
    assert stores.cursors.passed(cursor, delivery(1), until=at(80)) == closed
    assert stores.cursors.get(ref()) == closed
    assert stores.cursors.delivery(ref(), 1) == delivery(1)
    soon(lambda: list(stores.cursors.due(before=at(99), limit=9)), [])
    assert stores.cursors.finish(cursor) is False


def test_a_cursor_is_not_closed_when_more_was_wanted_meanwhile(stores: Stores) -> None:
    """What the teller knows of `wanted` may be old: the write itself must look."""
    _wanted(stores, 1)
    cursor = taken(stores)
    _wanted(stores, 2, seconds=9)
    following = stores.cursors.passed(cursor, delivery(1), until=at(80))
    assert following is not None
    assert following.lease == Lease("one", at(80))
    stored = stores.cursors.get(ref())
    assert stored == Cursor(ref=ref(), told=1, wanted=2, due=at(0), lease=Lease("one", at(80)))
    assert stores.cursors.delivery(ref(), 1) == delivery(1)
    assert stores.cursors.passed(stored, delivery(2), until=at(90)) == Cursor(ref=ref(), told=2, wanted=2)


def test_given_up_entries_are_counted_until_one_is_told(stores: Stores) -> None:
    _wanted(stores, 4)
    cursor = taken(stores)
    for number, outcome, missed in ((1, Outcome.GIVEN_UP, 1), (2, Outcome.ENDED, 1)):
        following = stores.cursors.passed(cursor, delivery(number, outcome), until=at(80))
        assert following is not None
        assert following.missed == missed  # what was passed over without being told takes nothing back
        cursor = following
    told = stores.cursors.passed(cursor, delivery(3), until=at(90))
    assert told is not None
    assert told.missed == 0
    assert stores.cursors.get(ref()) == told


def test_a_failed_attempt_is_counted_and_its_letter_kept(stores: Stores) -> None:
    _wanted(stores)
    failed = delivery(1, Outcome.NOT_TOLD, letter=LETTER)
    assert stores.cursors.not_told(taken(stores), failed, due=at(5)) is True
    assert stores.cursors.get(ref()) == Cursor(ref=ref(), told=0, wanted=3, due=at(5), attempt=1)
    assert stores.cursors.delivery(ref(), 1) == failed


def test_success_after_failures_forgets_them(stores: Stores) -> None:
    _wanted(stores)
    stores.cursors.not_told(taken(stores), delivery(1, Outcome.NOT_TOLD, letter=LETTER), due=at(5))
    cursor = stores.cursors.take(ref(), token="two", now=at(5), until=at(65), new_work=False)
    assert cursor is not None
    assert (cursor.attempt, cursor.lost) == (1, 1)
    following = stores.cursors.passed(cursor, delivery(1), until=at(80))
    assert following is not None
    assert (following.attempt, following.lost) == (0, 0)
    assert stores.cursors.get(ref()) == following
    assert stores.cursors.delivery(ref(), 1) == delivery(1)


def test_finishing_needs_that_no_more_is_wanted(stores: Stores) -> None:
    _wanted(stores, 1)
    cursor = taken(stores)
    _wanted(stores, 2, seconds=9)
    assert stores.cursors.finish(cursor) is False
    now = stores.cursors.get(ref())
    assert now == replace(cursor, wanted=2)
    assert stores.cursors.finish(now) is True
    assert stores.cursors.get(ref()) == Cursor(ref=ref(), told=2, wanted=2)


def test_a_finished_cursor_is_due_again_with_the_next_entry(stores: Stores) -> None:
    _wanted(stores, 1)
    assert stores.cursors.finish(taken(stores))
    assert stores.cursors.take(ref(), token="two", now=at(9), until=at(69), new_work=True) is None
    _wanted(stores, 2, seconds=10)
    assert stores.cursors.get(ref()) == Cursor(ref=ref(), told=1, wanted=2, due=at(10))


def test_the_cursors_longest_due_are_found(stores: Stores) -> None:
    for number in range(1, 13):
        assert stores.cursors.want(ref(number), 1, after=0, now=at(100 - number))
    longest_first = [ref(number) for number in range(12, 0, -1)]

    def found(before: float, limit: int) -> list[CursorRef]:
        return sorted(stores.cursors.due(before=at(before), limit=limit))

    soon(lambda: found(200, 99), sorted(longest_first))
    soon(lambda: found(200, 4), sorted(longest_first[:4]))
    soon(lambda: found(92.5, 99), sorted(longest_first[:5]))
    assert stores.cursors.finish(taken(stores, ref(12), seconds=100))
    soon(lambda: found(200, 99), sorted(longest_first[1:]))


def test_records_of_another_cursor_are_not_seen(stores: Stores) -> None:
    _wanted(stores)
    stores.cursors.passed(taken(stores), delivery(1), until=at(80))
    for other in (ref(2), ref(1, 8)):
        assert stores.cursors.delivery(other, 1) is None
        assert stores.cursors.get(other) is None
