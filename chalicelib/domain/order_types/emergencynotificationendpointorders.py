"""Orders that tie endpoints to emergency notification groups."""

from chalicelib.domain.order_types.order_type import OrderType, exits

EMERGENCYNOTIFICATIONENDPOINTORDERS = OrderType(
    number=21,
    resource="emergencyNotificationEndpointOrders",
    token="emergencyEndpointGroup",
    row="emergencyEndpointGroup",
    noun="emergency notification endpoint order",
    initial="PROCESSING",
    transitions=exits(
        PROCESSING="COMPLETED FAILED",
        COMPLETED="",
        FAILED="",
    ),
    notified=frozenset({"COMPLETED", "FAILED"}),
    messages={
        "PROCESSING": "The emergency notification endpoint order is being processed.",
        "COMPLETED": "The emergency notification endpoint order is complete.",
        "FAILED": "The emergency notification endpoint order has failed.",
    },
    facts=(),
    complete="COMPLETED",
    numbers_at=(
        "EmergencyNotificationEndpointAssociations/AddedAssociations/EepToEngAssociations/EepTns",
        "EmergencyNotificationEndpointAssociations/DeletedAssociations/EepToEngAssociations/EepTns",
    ),
)
