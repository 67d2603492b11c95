"""Removals of numbers imported for voice."""

from chalicelib.domain.order_types.order_type import OrderType, exits

REMOVEIMPORTEDVOICETNORDERS = OrderType(
    number=13,
    resource="removeImportedTnOrders/voice",
    token="removeImportedVoiceTnOrders",
    row="remove_imported_voice_tn_orders",
    noun="voice removal order",
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
        "RECEIVED": "The voice removal order has been received.",
        "PROCESSING": "The voice removal order is being processed.",
        "COMPLETE": "The voice removal order is complete.",
        "PARTIAL": "The voice removal order is complete for some of its numbers.",
        "FAILED": "The voice removal order has failed.",
    },
    facts=(),
)
