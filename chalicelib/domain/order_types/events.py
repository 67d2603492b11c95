"""Events of an account that belong to no order: they are journaled under one pseudo-order for each account.

Its state is the event that was raised last, and each may follow each. No path and no subscription calls it an order
type; so it stands in no list of them.
"""

from chalicelib.domain.order_types.order_type import OrderType, exits

EVENTS = OrderType(
    number=0,
    resource="events",
    token="events",
    row="events",
    noun="account event",
    initial="MESSAGING_LOST",
    transitions=exits(MESSAGING_LOST="MESSAGING_LOST"),
    notified=frozenset({"MESSAGING_LOST"}),
    messages={"MESSAGING_LOST": "Messaging was lost on {amount}."},
    facts=(),
)
