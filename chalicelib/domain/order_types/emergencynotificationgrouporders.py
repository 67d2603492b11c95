"""Orders for groups that are told of emergency calls."""

from chalicelib.domain.order_types.order_type import OrderType, exits

EMERGENCYNOTIFICATIONGROUPORDERS = OrderType(
    number=20,
    resource="emergencyNotificationGroupOrders",
    token="emergencyNotificationGroup",
    row="emergencyNotificationGroup",
    noun="emergency notification group order",
    initial="PROCESSING",
    transitions=exits(
        PROCESSING="COMPLETED FAILED",
        COMPLETED="",
        FAILED="",
    ),
    notified=frozenset({"COMPLETED", "FAILED"}),
    messages={
        "PROCESSING": "The emergency notification group order is being processed.",
        "COMPLETED": "The emergency notification group order is complete.",
        "FAILED": "The emergency notification group order has failed.",
    },
    facts=(),
    complete="COMPLETED",
    numbers_at=(),
)
