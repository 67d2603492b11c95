"""Imports: numbers of another carrier that are used with us."""

from chalicelib.domain.order_types.order_type import OrderType, exits

IMPORTTNORDERS = OrderType(
    number=10,
    resource="importTnOrders",
    token="importtnorders",
    row="import_tn_orders",
    noun="import order",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING COMPLETE PARTIAL FAILED EXCEPTION",
        PROCESSING="COMPLETE PARTIAL FAILED EXCEPTION",
        EXCEPTION="PROCESSING COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset({"COMPLETE", "PARTIAL", "FAILED", "EXCEPTION"}),
    messages={
        "RECEIVED": "The import order is received.",
        "PROCESSING": "The import order is processing.",
        "EXCEPTION": "The import order needs to be corrected.",
        "COMPLETE": "The import order is complete.",
        "PARTIAL": "The import order is partial.",
        "FAILED": "The import order has failed.",
    },
    facts=("SiteId", "SipPeerId"),
)
