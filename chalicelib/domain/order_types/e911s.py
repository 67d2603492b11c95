"""Emergency address orders. ADJUSTED means that the address was corrected on the way."""

from chalicelib.domain.order_types.order_type import OrderType, exits

E911S = OrderType(
    number=8,
    resource="e911s",
    token="e911s",
    row="e911",
    noun="emergency address order",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING COMPLETE ADJUSTED_COMPLETE PARTIAL ADJUSTED_PARTIAL FAILED",
        PROCESSING="COMPLETE ADJUSTED_COMPLETE PARTIAL ADJUSTED_PARTIAL FAILED",
        COMPLETE="",
        ADJUSTED_COMPLETE="",
        PARTIAL="",
        ADJUSTED_PARTIAL="",
        FAILED="",
    ),
    notified=frozenset(
        {"RECEIVED", "PROCESSING", "COMPLETE", "ADJUSTED_COMPLETE", "PARTIAL", "ADJUSTED_PARTIAL", "FAILED"}
    ),
    messages={
        "RECEIVED": "The emergency address order has been received.",
        "PROCESSING": "The emergency address order is being processed.",
        "COMPLETE": "The emergency address order is complete.",
        "ADJUSTED_COMPLETE": "The emergency address order is complete, with a corrected address.",
        "PARTIAL": "The emergency address order is complete for some of its numbers.",
        "ADJUSTED_PARTIAL": "The emergency address order is complete for some numbers, with a corrected address.",
        "FAILED": "The emergency address order has failed.",
    },
)
