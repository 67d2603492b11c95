"""Who gets a plan, and what becomes of it when the order changes: by the autopilot, the desk, or its customer."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.autopilot import script
from chalicelib.domain.autopilot.content import PILOT
from chalicelib.domain.autopilot.fate import fate
from chalicelib.domain.autopilot.lives import LIVES
from chalicelib.domain.order import Change, Order
from chalicelib.domain.plan import Plan, Step

_CANCELLING, _CANCELLED = "REQUESTED_CANCEL", "CANCELLED"


@dataclass(frozen=True, slots=True)
class Autopilot:
    """The setting. `on`: orders are walked; `seconds` between two steps, None: only orders that bring a script."""

    on: bool = False
    seconds: float | None = None

    def planned(self, change: Change, sent: str | None) -> Change:
        """A new order with its plan, where it is to have one. Raises Invalid for a script that cannot be."""
        order = change.order
        if sent is not None and not self.on:
            raise script.invalid("this Docket does not walk orders; DOCKET_AUTOPILOT of its settings is off")
        if sent is not None:
            steps = script.steps(sent, order)
        elif self.on and self.seconds is not None:
            steps = tuple(Step(state, self.seconds) for state in LIVES[order.key.type].life(fate(order)))
        else:
            return change
        return replace(change, order=replace(order, plan=_ahead(order, steps)))


OFF = Autopilot()


def due(order: Order, now: datetime) -> Step | None:
    """The step to take now, if there is one."""
    plan = order.plan
    return plan.steps[0] if plan and plan.due and plan.due <= now else None


def followed(before: Order, change: Change) -> Change:
    """The change with what it makes of the order's plan. Whoever moves the order wins; the plan goes on from there."""
    plan, order = before.plan, change.order
    entered = [entry for entry in change.entries if entry.moves]
    if plan is None or not (entered or order.removed):
        return change
    steps = plan.steps
    for entry in entered:
        if steps and steps[0].state == entry.status:
            steps = steps[1:]
    if order.status == _CANCELLING and order.modified_by != PILOT:
        steps = (Step(_CANCELLED, plan.steps[0].seconds),)
    return replace(change, order=replace(order, plan=_ahead(order, steps)))


def _ahead(order: Order, steps: tuple[Step, ...]) -> Plan | None:
    """The plan of an order that has just entered its state: due, waiting for somebody else, or over (None).

    Where the next step is not possible from here, the way back to it is put before it, if the type has one.
    """
    kind, lives = order.type, LIVES[order.key.type]
    if not steps or order.removed or kind.is_final(order.status):
        return None
    if order.status in lives.customer:
        return Plan(steps)
    if steps[0].state not in kind.allowed(order.status):
        back = lives.onward.get(order.status)
        if back is None:
            return Plan(steps)
        steps = (Step(back, steps[0].seconds), *steps)
    return Plan(steps, order.modified_at + timedelta(seconds=steps[0].seconds))
