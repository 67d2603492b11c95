"""Line option orders: features switched on or off for numbers."""

from chalicelib.domain.order_types.order_type import OrderType, exits

TNOPTIONS = OrderType(
    number=6,
    resource="tnoptions",
    token="tnoptions",
    row="tn_option",
    noun="line option order",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING COMPLETE PARTIAL FAILED",
        PROCESSING="COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset({"RECEIVED", "PROCESSING", "COMPLETE", "PARTIAL", "FAILED"}),
    messages={
        "RECEIVED": "Order has been received by the system.",
        "PROCESSING": "Order processing has started.",
        "COMPLETE": "Order is complete.",
        "PARTIAL": "Order is complete for some of its numbers.",
        "FAILED": "Order has failed.",
    },
    numbers_at=("TnOptionGroups/TnOptionGroup/TelephoneNumbers",),
)
