"""Doorbells over SQS. A message only wakes: losing one costs a minute, until the sweep."""

import json
import math
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import OrderKey
from chalicelib.store.conditions import reachable

LONGEST_DELAY = 900
"""Seconds that SQS can hold a message back (its DelaySeconds). What is due later, the sweep finds."""

_ANNOUNCING = "announce"
_STEPPING = "step"


class Queues(Protocol):
    """The one call of boto3's `sqs` client that is made."""

    def send_message(self, **request: Any) -> object:  # noqa: ANN401 because boto3's requests are nested dicts
        """SendMessage."""


@dataclass(frozen=True, slots=True)
class Bell:
    """Implements the flow's Bell. A queue that is no FIFO shares its readers fairly between message groups."""

    client: Queues
    queue_url: str

    def tell(self, ref: CursorRef, *, delay: float = 0, new_work: bool = False) -> None:
        """Wake a teller for this cursor, in `delay` seconds: never before, since it would come for nothing."""
        seconds = max(0, math.ceil(delay))
        if seconds <= LONGEST_DELAY:
            bell = {**_order(ref.order), "subscription": ref.subscription_id, "new_work": new_work}
            self._ring({"tell": bell}, ref.subscription_id, seconds)

    def step(self, order: OrderKey, *, delay: float = 0) -> None:
        """Wake who takes the order's next step, in `delay` seconds, rounded up."""
        seconds = max(0, math.ceil(delay))
        if seconds <= LONGEST_DELAY:
            self._ring({_STEPPING: _order(order)}, _STEPPING, seconds)

    def announce(self, order: OrderKey, number: int, *, start: str) -> None:
        """Wake an announcer to go on with the routes from `start`."""
        self._ring({_ANNOUNCING: {**_order(order), "number": number, "start": start}}, _ANNOUNCING, 0)

    @reachable()
    def _ring(self, message: object, group: str, delay: int) -> None:
        self.client.send_message(
            QueueUrl=self.queue_url, MessageBody=json.dumps(message), MessageGroupId=group, DelaySeconds=delay
        )


def _order(order: OrderKey) -> dict[str, str]:
    return {"account": order.account, "type": order.type, "order": order.id}
