"""External numbers, imported or removed."""

from chalicelib.domain.order_types.order_type import OrderType, exits

EXTERNALTNS = OrderType(
    number=15,
    resource="externalTns",
    token="externalTns",
    row="external_tns",
    noun="external number order",
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
        "RECEIVED": "The external number order has been received.",
        "PROCESSING": "The external number order is being processed.",
        "COMPLETE": "The external number order is complete.",
        "PARTIAL": "The external number order is complete for some of its numbers.",
        "FAILED": "The external number order has failed.",
    },
    facts=("SiteId", "SipPeerId", "Action"),
)
