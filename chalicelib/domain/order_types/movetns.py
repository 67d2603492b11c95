"""Moves of numbers between sites and accounts."""

from chalicelib.domain.order_types.order_type import OrderType, exits

MOVETNS = OrderType(
    number=18,
    resource="moveTns",
    token="moveTns",
    row="move_tn_orders",
    noun="move order",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING COMPLETE PARTIAL FAILED",
        PROCESSING="COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset(),
    messages={
        "RECEIVED": "The move order is received by the system.",
        "PROCESSING": "The move order processing has started.",
        "COMPLETE": "The move order is complete.",
        "PARTIAL": "The move order is complete for some of its numbers.",
        "FAILED": "The move order has failed.",
    },
    facts=("SiteId", "SipPeerId", "SourceAccountId"),
)
