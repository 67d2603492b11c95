"""Removals of imported numbers."""

from chalicelib.domain.order_types.order_type import OrderType, exits

REMOVEIMPORTEDTNORDERS = OrderType(
    number=11,
    resource="removeImportedTnOrders",
    token="removeImportedTnOrders",
    row="remove_imported_tn_orders",
    noun="removal order",
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
        "RECEIVED": "The removal order has been received.",
        "PROCESSING": "The removal order is being processed.",
        "COMPLETE": "The removal order is complete.",
        "PARTIAL": "The removal order is complete for some of its numbers.",
        "FAILED": "The removal order has failed.",
    },
    facts=(),
)
