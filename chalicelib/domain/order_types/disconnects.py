"""Disconnects: numbers that are given back."""

from chalicelib.domain.order_types.order_type import OrderType, exits

DISCONNECTS = OrderType(
    number=3,
    resource="disconnects",
    token="disconnects",
    row="disconnect",
    noun="disconnect",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING COMPLETE PARTIAL FAILED",
        PROCESSING="COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset({"COMPLETE", "PARTIAL", "FAILED"}),
    messages={
        "RECEIVED": "Order has been received by the system.",
        "PROCESSING": "Order processing has started.",
        "COMPLETE": "Order is complete.",
        "PARTIAL": "Some of the numbers could not be disconnected.",
        "FAILED": "None of the numbers could be disconnected.",
    },
    facts=("DisconnectTelephoneNumberOrderType/DisconnectMode",),
    numbers_at=("DisconnectTelephoneNumberOrderType/TelephoneNumberList",),
    numbers_told=frozenset({"COMPLETE", "PARTIAL", "FAILED"}),
)
