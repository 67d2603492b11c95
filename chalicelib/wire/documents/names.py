"""How the Bandwidth Phone Number API spells the documents of the types that differ in little but names."""

from dataclasses import dataclass

DETAILED = ("OrderCreateDate", "AccountId", "CreatedByUser", "OrderId", "LastModifiedDate", "ProcessingStatus")
"""What most types add to a request, in the order of the API's samples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How one type is spelled.

    `model` is the module and the class of its request. `inner` holds the order in answers ("" where it lies below the
    root itself); `bare`: GET answers with `inner` as the root. What the desk adds stands in `before` and `after` the
    inner element, and in it: `own` among the client's elements, `last` behind them. `placed` is what it adds to the
    answer to a request, where that is less. `list` is root and row of the list, None for the wrapper that most types
    share; `around` an element about the rows; `whole`: rows are orders and not summaries. `missing` is the root of an
    answer without a code for an id that nobody has. `capital_rows`: whether rows of the shared list say `OrderId`.
    `failure` is the shape of an error document. `grouped`: the elements, in lower case, whose numbers GET repeats.
    """

    model: str
    response: str
    inner: str = ""
    bare: bool = True
    before: tuple[str, ...] = ()
    own: tuple[str, ...] = DETAILED
    last: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    placed: tuple[str, ...] | None = None
    list: tuple[str, str] | None = None
    around: str | None = None
    whole: bool = False
    counted: bool = True
    linked: bool = False
    capital_rows: bool = True
    missing: str | None = None
    failure: str = "status"
    grouped: tuple[str, str] | None = None

    @property
    def request(self) -> str:
        """The root of a request."""
        return self.model.partition(":")[2]


def _usual(  # noqa: PLR0913 because each is a name that some type spells otherwise
    module: str,
    order: str,
    *,
    response: str | None = None,
    failure: str = "status",
    missing: str | None = None,
    last: tuple[str, ...] = (),
    placed: tuple[str, ...] | None = None,
    own: tuple[str, ...] = DETAILED,
) -> Names:
    """XOrder in, XOrderResponse/XOrder out, XOrder from GET, XOrders/XOrderSummary as the list."""
    return Names(
        model=f"{module}:{order}", response=response or f"{order}Response", inner=order, own=own, last=last,
        placed=placed, list=(f"{order}s", f"{order}Summary"), missing=missing or f"{order}ReportResponse",
        failure=failure,
    )  # fmt: skip


_IMPORTED = DETAILED[:-1]
_STATED = ("ProcessingStatus", "Errors")
_EMERGENCY = ("OrderId", "OrderCreatedDate", "CreatedBy", "ProcessingStatus")

NAMES = {
    "dldas": Names(
        model="features:DldaOrder", response="DldaOrderResponse", inner="DldaOrder", bare=False,
        own=(*_IMPORTED, "ErrorList", "ProcessingStatus"), missing="DldaOrderResponse", capital_rows=False,
        failure="echoing",
    ),
    "tnoptions": _usual("features", "TnOptionOrder", last=("ErrorList",)),
    "lsrorders": Names(
        model="porting:LsrOrder", response="LsrOrderResponse", inner="LsrOrder",
        own=(
            "OrderId", "LastModifiedBy", "OrderCreateDate", "AccountId", "LastModifiedDate", "CreatedByUser",
            "OrderStatus", "ActualFocDate",
        ),
        last=("CountOfTNs", "PonVersion", "LsrOrderErrors"), list=("LsrOrders", "LsrOrderSummary"), failure="lsr",
    ),
    "e911s": _usual(
        "emergencies", "E911Order", own=(*DETAILED, "OrderType"), last=("ErrorListOfNumbers",),
        placed=("orderId", "ProcessingStatus"),
    ),
    "lidbs": Names(
        model="features:LidbOrder", response="LidbOrderResponse", inner="LidbOrder",
        own=(
            "orderId", "OrderCreateDate", "AccountId", "CreatedByUser", "LastModifiedDate", "OrderCompleteDate",
            "ProcessingStatus", "ErrorList",
        ),
        placed=("orderId", "ProcessingStatus", "ErrorList"), missing="LidbOrderReportResponse", failure="lidb",
        capital_rows=False, grouped=("lidbtngroups", "lidbtngroup"),
    ),
    "importTnOrders": _usual("transfers", "ImportTnOrder", own=_IMPORTED, last=_STATED, failure="flat"),
    "removeImportedTnOrders": _usual(
        "transfers", "RemoveImportedTnOrder", response="RemoveImportedTnOrdersResponse", failure="flat",
        missing="RemoveImportedTnOrdersReportResponse", own=_IMPORTED, last=_STATED,
    ),
    "importTnOrders/voice": _usual("transfers", "ImportVoiceTnOrder", own=_IMPORTED, last=_STATED, failure="flat"),
    "removeImportedTnOrders/voice": _usual(
        "transfers", "RemoveImportedVoiceTnOrder", own=_IMPORTED, last=_STATED, failure="flat"
    ),
    "importToAccount": Names(
        model="transfers:ImportToAccountNumberOrder", response="ImportToAccountNumberOrderResponse",
        inner="orderRequest", bare=False, before=("ErrorList", "ImportedTelephoneNumberList"),
        own=("OrderCreateDate", "AccountId", "CreatedByUser", "OrderId", "LastModifiedDate"), after=("OrderStatus",),
        linked=True, capital_rows=False,
    ),
    "externalTns": Names(
        model="transfers:ExternalTnsOrder", response="ExternalTnsOrderResponse", inner="ExternalTnsOrder",
        last=("Errors",), list=("ExternalTnsOrders", "ExternalTnsOrder"), whole=True,
    ),
    "bulkPortins": Names(
        model="porting:BulkPortin", response="BulkPortinResponse", inner="BulkPortin", bare=False,
        own=(
            "ProcessingStatus", "AccountId", "CreatedByUser", "LastModifiedBy", "LastModifiedDate", "OrderCreateDate",
            "OrderId",
        ),
        last=("Errors",), list=("BulkPortinResponses", "BulkPortinResponse"), whole=True, linked=True,
    ),
    "csrs": Names(
        model="porting:Csr", response="CsrResponse",
        own=("LastModifiedBy", "OrderCreateDate", "AccountId", "OrderId", "LastModifiedDate", "Status"),
        last=("Errors",), placed=("OrderId", "Status"), list=("CsrResponses", "CsrResponse"), whole=True, linked=True,
        failure="csr",
    ),
    "moveTns": _usual("transfers", "MoveTnsOrder", own=_IMPORTED, last=_STATED, failure="flat"),
    "numbersAssignment": Names(
        model="transfers:TelephoneNumbersAssignmentOrder", response="TelephoneNumbersAssignmentOrderResponse",
        inner="TelephoneNumbersAssignmentOrder", bare=False,
        before=(
            "OrderCreateDate", "AccountId", "CreatedByUser", "OrderId", "ProcessingStatus", "TotalQuantity",
            "FailedQuantity",
        ),
        own=(), after=("Errors",),
        list=("TelephoneNumbersAssignmentOrders", "TelephoneNumbersAssignmentOrderSummary"),
    ),
    "emergencyNotificationGroupOrders": Names(
        model="emergencies:EmergencyNotificationGroupOrder", response="EmergencyNotificationGroupOrderResponse",
        own=_EMERGENCY, last=("ErrorList",), whole=True, counted=False, linked=True,
        list=("EmergencyNotificationGroupOrderResponse", "EmergencyNotificationGroupOrder"),
        around="EmergencyNotificationGroupOrders",
    ),
    "emergencyNotificationEndpointOrders": Names(
        model="emergencies:EmergencyNotificationEndpointOrder", response="EmergencyNotificationEndpointOrderResponse",
        inner="EmergencyNotificationEndpointOrder", bare=False, own=_EMERGENCY, last=("ErrorList",), whole=True,
        counted=False, linked=True, around="EmergencyNotificationEndpointOrders",
        list=("EmergencyNotificationEndpointOrderResponse", "EmergencyNotificationEndpointOrder"),
    ),
    "tollFreePortingValidations": Names(
        model="porting:TollFreePortingValidation", response="TollFreePortingValidationResponse",
        inner="TollFreePortingValidation", bare=False, whole=True,
        own=(
            "ProcessingStatus", "AccountId", "CreatedByUser", "OrderCreateDate", "OrderId", "LastModifiedDate",
        ),
        last=("Errors",), list=("TollFreePortingValidationResponses", "TollFreePortingValidation"),
    ),
}  # fmt: skip
"""By resource."""
