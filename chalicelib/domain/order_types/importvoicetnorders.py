"""Imports of numbers for voice."""

from chalicelib.domain.order_types.order_type import OrderType, exits

IMPORTVOICETNORDERS = OrderType(
    number=12,
    resource="importTnOrders/voice",
    token="importVoiceTnOrders",
    row="import_voice_tn_orders",
    noun="voice import order",
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
        "RECEIVED": "The voice import order is received.",
        "PROCESSING": "The voice import order is processing.",
        "EXCEPTION": "The voice import order needs to be corrected.",
        "COMPLETE": "The voice import order is complete.",
        "PARTIAL": "The voice import order is partial.",
        "FAILED": "The voice import order has failed.",
    },
    facts=("SiteId", "SipPeerId"),
)
