"""How the Bandwidth Phone Number API spells the documents of the types that have none of their own yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How one type is spelled.

    `inner` holds the order in answers ("" where it lies below the root itself); `bare`: GET answers with `inner` as
    the root. `list` is root and row of the list, None for the wrapper that most types share. `missing` is the root of
    an answer without a code for an id that nobody has. `capital_rows`: whether rows of the shared list say `OrderId`.
    `failure` is the shape of an error document.
    """

    request: str
    response: str
    inner: str = ""
    bare: bool = True
    list: tuple[str, str] | None = None
    linked: bool = False
    capital_rows: bool = True
    missing: str | None = None
    id: str = "OrderId"
    status: str = "ProcessingStatus"
    failure: str = "status"


def _usual(order: str, *, response: str | None = None, failure: str = "status", missing: str | None = None) -> Names:
    """XOrder in, XOrderResponse/XOrder out, XOrder from GET, XOrders/XOrderSummary as the list."""
    return Names(
        request=order, response=response or f"{order}Response", inner=order, list=(f"{order}s", f"{order}Summary"),
        missing=missing or f"{order}ReportResponse", failure=failure,
    )  # fmt: skip


NAMES = {
    "dldas": Names(
        request="DldaOrder", response="DldaOrderResponse", inner="DldaOrder", bare=False, missing="DldaOrderResponse",
        capital_rows=False,
    ),
    "tnoptions": _usual("TnOptionOrder"),
    "lsrorders": Names(
        request="LsrOrder", response="LsrOrderResponse", inner="LsrOrder", list=("LsrOrders", "LsrOrderSummary"),
        status="OrderStatus",
    ),
    "e911s": _usual("E911Order"),
    "lidbs": Names(
        request="LidbOrder", response="LidbOrderResponse", inner="LidbOrder", missing="LidbOrderReportResponse",
        id="orderId", failure="lidb", capital_rows=False,
    ),
    "importTnOrders": _usual("ImportTnOrder", failure="flat"),
    "removeImportedTnOrders": _usual(
        "RemoveImportedTnOrder", response="RemoveImportedTnOrdersResponse", failure="flat",
        missing="RemoveImportedTnOrdersReportResponse",
    ),
    "importTnOrders/voice": _usual("ImportVoiceTnOrder", failure="flat"),
    "removeImportedTnOrders/voice": _usual("RemoveImportedVoiceTnOrder", failure="flat"),
    "importToAccount": Names(
        request="ImportToAccountNumberOrder", response="ImportToAccountNumberOrderResponse", inner="orderRequest",
        bare=False, linked=True, status="OrderStatus",
    ),
    "externalTns": Names(
        request="ExternalTnsOrder", response="ExternalTnsOrderResponse", inner="ExternalTnsOrder",
        list=("ExternalTnsOrders", "ExternalTnsOrder"),
    ),
    "bulkPortins": Names(
        request="BulkPortin", response="BulkPortinResponse", inner="BulkPortin", bare=False,
        list=("BulkPortinResponses", "BulkPortinResponse"), linked=True,
    ),
    "csrs": Names(
        request="Csr", response="CsrResponse", list=("CsrResponses", "CsrResponse"), linked=True, status="Status",
        failure="csr",
    ),
    "moveTns": _usual("MoveTnsOrder", failure="flat"),
    "numbersAssignment": Names(
        request="TelephoneNumbersAssignmentOrder", response="TelephoneNumbersAssignmentOrderResponse",
    ),
    "emergencyNotificationGroupOrders": Names(
        request="EmergencyNotificationGroupOrder", response="EmergencyNotificationGroupOrderResponse",
        list=("EmergencyNotificationGroupOrders", "EmergencyNotificationGroupOrder"), linked=True,
    ),
    "emergencyNotificationEndpointOrders": Names(
        request="EmergencyNotificationEndpointOrder", response="EmergencyNotificationEndpointOrderResponse",
        inner="EmergencyNotificationEndpointOrder", bare=False, linked=True,
        list=("EmergencyNotificationEndpointOrders", "EmergencyNotificationEndpointOrder"),
    ),
    "tollFreePortingValidations": Names(
        request="TollFreePortingValidation", response="TollFreePortingValidationResponse",
        inner="TollFreePortingValidation", bare=False,
        list=("TollFreePortingValidationResponses", "TollFreePortingValidation"),
    ),
}  # fmt: skip
"""By resource."""
