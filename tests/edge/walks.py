"""Orders of any type led through the API into any state, by the shortest way that the desk has."""

from collections import deque

from chalicelib.domain.order_types import OrderType
from chalicelib.wire.examples import EXAMPLES
from tests.edge.desk import Caller, Reply
from tests.edge.requests import JSON, XML

TOLL_FREE = (
    "<LnpOrder><SiteId>743</SiteId><ListOfPhoneNumbers><PhoneNumber>8005550100</PhoneNumber></ListOfPhoneNumbers>"
    "</LnpOrder>"
)


class Walker:
    """A customer who places orders, and an operator who moves them."""

    def __init__(self, customer: Caller, operator: Caller) -> None:
        self.customer, self.operator = customer, operator

    def place(self, kind: OrderType, body: str) -> str:
        """The id of a new order."""
        placed = self.customer("POST", f"/{kind.resource}", body, content_type=XML)
        assert placed.status in (200, 201), placed.text
        return placed.id

    def move(self, kind: OrderType, order: str, status: str) -> Reply:
        """What the desk's move is answered with."""
        return self.operator("POST", f"/{kind.resource}/{order}/status", f'{{"status":"{status}"}}', content_type=JSON)

    def state(self, kind: OrderType, order: str) -> str:
        """The state of an order that is not a removed one, from the journal."""
        journal = self.customer("GET", f"/{kind.resource}/{order}/history", accept=JSON)
        assert journal.status == 200, journal.text
        return str(journal.json["entries"][-1]["status"])

    def lead(self, kind: OrderType, state: str) -> str:
        """A new order in this state."""
        body, steps = way(kind, state)
        order = self.place(kind, body)
        for step in steps:
            moved = self.move(kind, order, step)
            assert moved.status == 200, moved.text
        assert self.state(kind, order) == state
        return order


def way(kind: OrderType, state: str) -> tuple[str, tuple[str, ...]]:
    """What to place, and the moves from there."""
    body = EXAMPLES[kind.resource]
    start = kind.initial
    if kind.resource == "portins":
        if state in kind.drafts:
            body, start = body.replace("</LnpOrder>", "<ProcessingStatus>DRAFT</ProcessingStatus></LnpOrder>"), "DRAFT"
        elif state in ("VALIDATE_TFNS", "INVALID_TFNS", "PENDING_DOCUMENTS"):
            body, start = TOLL_FREE, "VALIDATE_TFNS"
        else:
            start = "SUBMITTED"
    return body, _shortest(kind, start, state)


def _shortest(kind: OrderType, start: str, goal: str) -> tuple[str, ...]:
    waiting: deque[tuple[str, tuple[str, ...]]] = deque([(start, ())])
    seen = {start}
    while waiting:
        state, steps = waiting.popleft()
        if state == goal:
            return steps
        for following in sorted(kind.allowed(state) - seen):
            if following == "PENDING_DOCUMENTS" and following != goal:
                continue  # left at once
            seen.add(following)
            waiting.append((following, (*steps, following)))
    raise AssertionError(f"{kind.resource}: no way from {start} to {goal}")
