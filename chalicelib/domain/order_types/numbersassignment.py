"""Assignments of numbers, done while the client waits."""

from chalicelib.domain.order_types.order_type import OrderType, exits

NUMBERSASSIGNMENT = OrderType(
    number=19,
    resource="numbersAssignment",
    token="numbersAssignment",
    row="NUMBERS_ASSIGNMENT_ORDER",
    noun="assignment",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset(),
    messages={
        "RECEIVED": "The assignment order has been received.",
        "COMPLETE": "The assignment order is complete.",
        "PARTIAL": "The assignment order is complete for some of its numbers.",
        "FAILED": "The assignment order has failed.",
    },
)
