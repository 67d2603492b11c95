"""The autopilot's tables against those of the types, its magic values, its scripts, and what becomes of a plan."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain import autopilot, decide
from chalicelib.domain.autopilot import HEADER, Autopilot, Fate
from chalicelib.domain.autopilot.fate import OF_NUMBERS, fate
from chalicelib.domain.autopilot.lives import LIVES
from chalicelib.domain.commands import Cancel, CreateOrder, HandIn, MoveOrder, Supplement
from chalicelib.domain.details import Details
from chalicelib.domain.errors import Invalid
from chalicelib.domain.order import Change, Order
from chalicelib.domain.order_types import ORDER_TYPES, OrderType, order_type
from chalicelib.domain.plan import Plan, Step
from tests.domain.samples import NUMBERS, START, at

ON = Autopilot(on=True, seconds=10)
TOLL_FREE: Details = (("ListOfPhoneNumbers", (("PhoneNumber", "8005551234"),)),)


def placed(script: str | None = None, *, kind: str = "portins", setting: Autopilot = ON, **sent: Any) -> Order:  # noqa: ANN401 because the rest is CreateOrder's own
    command = CreateOrder(**{"account": "9900000", "type": kind, "details": NUMBERS, "by": "ann", **sent})
    return setting.planned(decide.create(command, order_id="1", at=START), script).order


def states(order: Order) -> list[str]:
    return [step.state for step in order.plan.steps] if order.plan else []


def moved(order: Order, status: str, by: str = "desk", seconds: float = 1) -> Order:
    return after(order, decide.move(order, MoveOrder(order=order.key, status=status, by=by), at=at(seconds)))


def after(order: Order, change: Change) -> Order:
    return autopilot.followed(order, change).order


@pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)
def test_every_life_of_every_type_is_a_way_through_its_table(kind: OrderType) -> None:
    lives = LIVES[kind.resource]
    for way in (lives.usual, *lives.others.values()):
        state = "SUBMITTED" if kind.resource == "portins" else kind.initial
        for following in way:
            state = lives.customer.get(state, state) if state != kind.initial else state
            assert following in kind.allowed(state), (state, following)
            state = following
        assert kind.is_final(state) or (kind.resource, state) == ("bulkPortins", "VALID_DRAFT_TNS"), way


@pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)
def test_what_is_left_to_the_customer_is_what_customers_can_do(kind: OrderType) -> None:
    lives, table = LIVES[kind.resource], kind.supplements
    for state, answer in lives.customer.items():
        ways = {table.takes.get(state)} | {words.get(state) for each in table.asks.values() for words in each.values()}
        ways |= {step.then for step in [kind.automatic.get(state)] if step}
        ways |= {kind.automatic[way].then for way in ways if way and way in kind.automatic}
        assert answer in ways, (state, answer)
        assert answer != state
    for state, back in lives.onward.items():
        assert back in kind.allowed(state)
        assert state not in lives.customer


def test_an_unhappy_fate_ends_as_it_says_where_the_type_has_that_state() -> None:
    for resource, lives in LIVES.items():
        for named, way in lives.others.items():
            expected = {Fate.EXCEPTION: lives.usual[-1], Fate.BACKORDERED: "COMPLETE"}.get(named, named)
            assert way[-1] == expected, (resource, named)
            assert named != Fate.BACKORDERED or named in way


@pytest.mark.parametrize(
    ("numbers", "customer_order_id", "expected"),
    [
        ("9195551234", None, "COMPLETE"),
        ("9195550101", None, "EXCEPTION"),
        ("+19195550102", None, "PARTIAL"),
        ("919-555-0103", None, "FAILED"),
        ("9195550104", "PORT 7", "CANCELLED"),
        ("9195550105", None, "BACKORDERED"),
        ("9196550101", None, "COMPLETE"),
        ("9195550101", "run-7-failed", "FAILED"),
        ("9195550101", "COMPLETE", "COMPLETE"),
        ("9195551234", "unfailed", "COMPLETE"),
    ],
)
def test_the_owners_id_says_the_fate_and_else_the_first_number(
    numbers: str, customer_order_id: str | None, expected: str
) -> None:
    details: Details = (("ListOfPhoneNumbers", (("PhoneNumber", numbers), ("PhoneNumber", "9195550103"))),)
    order = replace(placed(details=details), customer_order_id=customer_order_id)
    assert fate(order) == Fate(expected)


def test_every_fate_but_the_usual_one_has_a_number() -> None:
    assert {*OF_NUMBERS.values(), Fate.COMPLETE} == set(Fate)


def test_nothing_is_planned_unless_the_setting_says_so() -> None:
    assert placed(setting=autopilot.OFF).plan is None
    assert placed(setting=Autopilot(on=True)).plan is None
    assert placed("FOC:1", setting=Autopilot(on=True)).plan == Plan((Step("FOC", 1.0),), at(1))
    assert placed("off").plan is None
    assert placed().plan == Plan((Step("FOC", 10), Step("COMPLETE", 10)), at(10))


def test_an_order_that_ended_as_it_was_placed_has_no_plan() -> None:
    assert placed(details=()).status == "CANCELLED"
    assert placed(details=()).plan is None


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("", "step 1, '', must be STATE:seconds"),
        ("FOC", "step 1, 'FOC', must be STATE:seconds"),
        ("FOC:2,COMPLETE:-1", "step 2, 'COMPLETE:-1', must be"),
        ("FOC:2,COMPLETE:1e3", "step 2, 'COMPLETE:1e3', must be"),
        ("FOC:604801", "up to 604800 seconds"),
        ("FOC:1,FOO:1", "step 2, FOO:1, is not possible. An order in state FOC cannot go to FOO. Allowed: CANCELLED,"),
        ("COMPLETE:0.5", "step 1, COMPLETE:0.5, is not possible. An order in state SUBMITTED cannot go to COMPLETE"),
        ("EXCEPTION:1,REQUESTED_SUPP:1", "step 2, REQUESTED_SUPP:1, is not possible"),
        ("FOC:1,COMPLETE:1,FOC:1", "step 3, FOC:1, is not possible"),
        (",".join(["FOC:1"] * 33), "at most 32 steps"),
    ],
)
def test_a_script_that_cannot_be_is_refused_with_the_step_that_is_wrong(script: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        placed(script)
    (problem,) = refused.value.problems
    assert problem.field == HEADER
    assert HEADER in problem.text
    assert said in problem.text


def test_a_script_is_refused_where_the_setting_does_not_permit_it() -> None:
    with pytest.raises(Invalid, match=f"{HEADER}: .*DOCKET_AUTOPILOT") as refused:
        placed("FOC:1", setting=autopilot.OFF)
    assert refused.value.problems[0].field == HEADER


def test_a_script_may_use_small_letters_spaces_and_the_same_state_with_another_date() -> None:
    assert states(placed(" foc:1, FOC:0.25 ,complete:3")) == ["FOC", "FOC", "COMPLETE"]


def test_a_script_that_would_change_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="step 2, BACKORDERED:1, would change nothing"):
        placed("BACKORDERED:1,BACKORDERED:1", kind="orders")


def test_an_exception_waits_for_the_customer_and_then_goes_on() -> None:
    order = moved(placed("EXCEPTION:1,FOC:2"), "EXCEPTION", by=autopilot.PILOT)
    assert order.plan == Plan((Step("FOC", 2.0),), None)
    assert autopilot.due(order, at(10**6)) is None
    supplement = Supplement(order=order.key, details=(("PON", "7"),), by="ann")
    order = after(order, decide.supplement(order, supplement, at=at(5)))
    assert (order.status, order.plan) == ("REQUESTED_SUPP", Plan((Step("FOC", 2.0),), at(7)))


def test_a_note_leaves_the_plan_as_it_is() -> None:
    order = placed()
    written = replace(decide.move(order, MoveOrder(order=order.key, status="FOC", by="desk"), at=at(1)), entries=())
    assert autopilot.followed(order, written) == written


def test_a_step_that_the_desk_took_is_not_taken_again() -> None:
    order = moved(placed(), "FOC", seconds=3)
    assert order.plan == Plan((Step("COMPLETE", 10),), at(13))


def test_what_the_customer_set_back_is_led_back_to_the_plan() -> None:
    order = moved(placed(), "FOC")
    supplement = Supplement(order=order.key, details=(("PON", "7"),), by="ann")
    order = after(order, decide.supplement(order, supplement, at=at(5)))
    assert (order.status, states(order)) == ("REQUESTED_SUPP", ["FOC", "COMPLETE"])


def test_a_cancel_that_was_asked_for_is_granted_and_nothing_else_done() -> None:
    order = placed("EXCEPTION:4,FOC:1")
    order = after(order, decide.cancel(order, Cancel(order=order.key, by="ann"), at=at(2)))
    assert order.plan == Plan((Step("CANCELLED", 4.0),), at(6))
    assert moved(order, "CANCELLED").plan is None


def test_a_state_that_the_plan_cannot_be_followed_from_waits_for_the_desk() -> None:
    order = moved(moved(placed(), "FOC"), "SNAPBACK")
    assert order.plan == Plan((Step("COMPLETE", 10),), at(11))
    waiting = moved(placed("FOC:1,EXCEPTION:1"), "FOC")
    waiting = moved(waiting, "SNAPBACK")
    assert waiting.plan == Plan((Step("EXCEPTION", 1.0),), None)


def test_a_toll_free_port_in_waits_for_its_loa() -> None:
    order = placed(details=TOLL_FREE)
    assert (order.status, states(order)) == ("VALIDATE_TFNS", ["PENDING_DOCUMENTS", "FOC", "COMPLETE"])
    order = moved(order, "PENDING_DOCUMENTS", by=autopilot.PILOT)
    assert order.plan == Plan((Step("FOC", 10), Step("COMPLETE", 10)), None)
    order = after(order, decide.hand_in(order, HandIn(order=order.key, by="ann"), at=at(3)))
    assert (order.status, order.plan and order.plan.due) == ("SUBMITTED", at(13))


def test_a_draft_is_left_to_its_customer_until_it_is_submitted() -> None:
    order = placed(draft=True)
    assert (order.status, order.plan and order.plan.due) == ("DRAFT", None)
    asked = Supplement(order=order.key, details=(("ProcessingStatus", "SUBMITTED"),), by="ann")
    submitted = after(order, decide.supplement(order, asked, at=at(2)))
    assert (submitted.status, submitted.plan and submitted.plan.due) == ("SUBMITTED", at(12))
    removed = after(order, decide.cancel(order, Cancel(order=order.key, by="ann"), at=at(2)))
    assert removed.plan is None


def test_steps_say_what_the_desk_would_have_said() -> None:
    order = placed()
    foc = autopilot.command(order, Step("FOC", 1), at=START)
    assert foc.actual_foc_date is not None
    assert (foc.by, foc.if_version) == (autopilot.PILOT, order.version)
    rejected = autopilot.command(order, Step("EXCEPTION", 1), at=START)
    assert rejected.failures[0].numbers == order.numbers
    disconnect = placed(kind="disconnects")
    partial = autopilot.command(disconnect, Step("PARTIAL", 1), at=START)
    assert (partial.completed_numbers, partial.failures[0].numbers) == (disconnect.numbers[:1], disconnect.numbers[1:])
    assert order_type("disconnects").is_final(partial.status)
