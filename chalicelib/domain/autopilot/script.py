"""The script that may come with an order: `FOC:2,EXCEPTION:5`, states with the seconds before them."""

import re
from dataclasses import replace

from chalicelib.domain import decide
from chalicelib.domain.autopilot.content import command
from chalicelib.domain.autopilot.lives import LIVES
from chalicelib.domain.errors import Invalid, Problem, StepRefused
from chalicelib.domain.order import Order
from chalicelib.domain.plan import Step

HEADER = "Docket-Autopilot"
"""The header of a request that places an order."""

ALONE = "off"
"""The script of an order that is to be left alone."""

MOST_STEPS = 32
LONGEST_WAIT = 604_800
"""Seconds: a week."""

_STEP = re.compile(r"([A-Za-z][A-Za-z0-9_]{0,39}):([0-9]{1,6}(?:\.[0-9]{1,3})?)")


def invalid(text: str) -> Invalid:
    """A problem with the header."""
    return Invalid(Problem("1008", f"{HEADER}: {text}", HEADER))


def steps(script: str, order: Order) -> tuple[Step, ...]:
    """The steps for an order as it was just made. Raises Invalid, which names the header and the wrong step."""
    if script.strip().lower() == ALONE:
        return ()
    parts = script.split(",", MOST_STEPS)
    if len(parts) > MOST_STEPS:
        raise invalid(f"a script has at most {MOST_STEPS} steps")
    read = tuple(_step(number, part.strip()) for number, part in enumerate(parts, start=1))
    _walk(order, read)
    return read


def _step(number: int, part: str) -> Step:
    found = _STEP.fullmatch(part)
    if found is None or float(found[2]) > LONGEST_WAIT:
        shown = part[:60]
        raise invalid(
            f"step {number}, {shown!r}, must be STATE:seconds with up to {LONGEST_WAIT} seconds, "
            "for example FOC:2,COMPLETE:0.5"
        )
    return Step(found[1].upper(), float(found[2]))


def _walk(order: Order, script: tuple[Step, ...]) -> None:
    """Take the steps as the desk would, with the customer's answers between them."""
    customer = LIVES[order.key.type].customer
    for number, step in enumerate(script, start=1):
        while order.status in customer:
            order = replace(order, status=customer[order.status])
        named = f"step {number}, {step.state}:{step.seconds:g},"
        try:
            change = decide.move(order, command(order, step, at=order.modified_at), at=order.modified_at)
        except StepRefused as refused:
            raise invalid(f"{named} is not possible. {refused}") from None
        if not change.entries:
            raise invalid(f"{named} would change nothing: the order is in that state already")
        order = change.order
