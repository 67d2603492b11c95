"""Caller name (LIDB) orders."""

from chalicelib.domain.order_types.order_type import OrderType, exits

LIDBS = OrderType(
    number=9,
    resource="lidbs",
    token="lidb",
    row="lidb",
    noun="caller name order",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING COMPLETE PARTIAL FAILED",
        PROCESSING="COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset({"PROCESSING", "COMPLETE", "PARTIAL", "FAILED"}),
    messages={
        "RECEIVED": "The caller name order has been received.",
        "PROCESSING": "The caller name order is being processed.",
        "COMPLETE": "The caller name order is complete.",
        "PARTIAL": "The caller name order is complete for some of its numbers.",
        "FAILED": "The caller name order has failed.",
    },
    aliases=("lidbs",),
    numbers_at=("LidbTnGroups/LidbTnGroup/FullNumber", "LidbTnGroups/LidbTnGroup/TelephoneNumbers"),
)
