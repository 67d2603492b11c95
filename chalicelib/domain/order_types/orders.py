"""New-number orders. Some may wait for numbers (BACKORDERED) and repeat that state when only attributes change."""

from chalicelib.domain.order_types.order_type import OrderType, exits
from chalicelib.domain.order_types.supplements import Barrier, Supplements

_ONLY_BACKORDERED = Barrier("5060", "Only Backordered order can be closed.")

ORDERS = OrderType(
    number=1,
    resource="orders",
    token="orders",
    row="new_number",
    noun="new-number order",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING BACKORDERED COMPLETE PARTIAL FAILED",
        PROCESSING="BACKORDERED COMPLETE PARTIAL FAILED",
        BACKORDERED="BACKORDERED COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset({"BACKORDERED", "COMPLETE", "PARTIAL", "FAILED"}),
    messages={
        "RECEIVED": "Order has been received by the system.",
        "PROCESSING": "Order processing has started.",
        "BACKORDERED": "Order backordered - awaiting additional numbers",
        "COMPLETE": "Created a new number order for {amount} from Unknown RC, Unknown State",
        "PARTIAL": "Some of the numbers could not be ordered.",
        "FAILED": "None of the numbers could be ordered.",
    },
    numbers_at=("ExistingTelephoneNumberOrderType/TelephoneNumberList",),
    numbers_told=frozenset({"COMPLETE", "PARTIAL", "FAILED"}),
    creation_in_history=False,
    supplements=Supplements(
        takes={"BACKORDERED": "BACKORDERED"},
        asks={"CloseOrder": {"TRUE": {"BACKORDERED": "PARTIAL"}}},
        barred=dict.fromkeys(("RECEIVED", "PROCESSING", "COMPLETE", "PARTIAL", "FAILED"), _ONLY_BACKORDERED),
        only=("Name", "CustomerOrderId"),
        without_completed={"PARTIAL": "FAILED"},
    ),
)
