"""Numbers imported into an account."""

from chalicelib.domain.order_types.order_type import OrderType, exits

IMPORTTOACCOUNT = OrderType(
    number=14,
    resource="importToAccount",
    token="importToAccounts",
    row="import_to_account",
    noun="account import",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="COMPLETE PARTIAL FAILED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset(),
    messages={
        "RECEIVED": "The account import order has been received.",
        "COMPLETE": "The account import order is complete.",
        "PARTIAL": "The account import order is complete for some of its numbers.",
        "FAILED": "The account import order has failed.",
    },
    numbers_at=("TelephoneNumberList",),
)
