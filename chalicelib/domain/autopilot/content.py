"""What a step of the autopilot says, beside the state: what the desk would have said."""

from datetime import datetime, timedelta

from chalicelib.domain.commands import MoveOrder
from chalicelib.domain.order import Failure, Order
from chalicelib.domain.plan import Step

PILOT = "autopilot"
"""Who takes the steps, in journals and histories."""

_CODE = "7999"
_UNTIL_FOC = timedelta(days=7)


def command(order: Order, step: Step, *, at: datetime) -> MoveOrder:
    """The desk's command for the step, on condition that the order is at the version it has here.

    FOC names a date, a later one each time; EXCEPTION and the like a reason; PARTIAL is the first half of the numbers.
    """
    done = order.numbers[: (len(order.numbers) + 1) // 2] if step.state == "PARTIAL" else ()
    return MoveOrder(
        order=order.key, status=step.state, by=PILOT, if_version=order.version, completed_numbers=done,
        failures=_failures(order, step.state, done), actual_foc_date=_foc_date(order, step.state, at),
    )  # fmt: skip


def _failures(order: Order, state: str, done: tuple[str, ...]) -> tuple[Failure, ...]:
    left = order.numbers[len(done) :]
    match state:
        case "EXCEPTION" | "ACTION_REQUIRED":
            return (Failure(_CODE, "Rejected by the autopilot. A supplement is needed.", left),)
        case "PARTIAL" | "ADJUSTED_PARTIAL" | "FAILED":
            return (Failure(_CODE, "Not done, by the autopilot.", left),)
    return ()


def _foc_date(order: Order, state: str, at: datetime) -> datetime | None:
    if state != order.type.foc:
        return None
    if order.actual_foc_date is not None:
        return order.actual_foc_date + timedelta(days=1)
    return at + _UNTIL_FOC
