"""The documents of port-ins: `LnpOrder` in, `LnpOrderResponse` out; the id stands directly below the root."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_xml import element

from chalicelib.domain.details import Details, first
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.domain.order_types import order_type
from chalicelib.wire.document import Document, Echo, Echoed
from chalicelib.wire.documents import failures, lists
from chalicelib.wire.documents.echoes import without
from chalicelib.wire.documents.order_requests import TnAttributes
from chalicelib.wire.documents.papers import Listing, Papers
from chalicelib.wire.documents.port_additions import PortError, addressed, errors, validation
from chalicelib.wire.fields import Dated, Flag, Moment, PortCustomerOrderId, TelephoneNumber, Text, one_of, wrong
from chalicelib.wire.problems import Refusal

DRAFT = "DRAFT"
PHASE = "PHASE_1_TOLLFREE"
SUPPLEMENTED = "Supp request received. Please use the order id to check the status of your order later."
RECEIVED = "Order request received. Please use the order id to check the status of your order later."

_STATES = tuple(order_type("portins").transitions)

_OWN = (
    "OrderId", "Status", "ProcessingStatus", "ActualFocDate", "AccountId", "OrderCreateDate", "LastModifiedDate",
    "userId", "LastModifiedBy", "Errors", "PortType", "TollFreeValidationStatus", "TollFreePortType",
    "RetryValidation", "ActivationStatus",
)  # fmt: skip


def _numbered(code: str, text: str) -> AfterValidator:
    def check(value: str) -> str:
        if not (value.isascii() and value.isdigit()):
            raise wrong(code, text)
        return value

    return AfterValidator(check)


def _billing(value: str) -> str:
    digits = value.removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and 10 <= len(digits) <= 15):  # noqa: PLR2004 because E.164 says so
        raise wrong("7203", f"The billing telephone number '{value[:40]}' is invalid.")
    return value


def _subscriber_type(value: str) -> str:
    if value.upper() not in ("BUSINESS", "RESIDENTIAL"):
        raise wrong("7106", f"The subscriber type must be BUSINESS or RESIDENTIAL, not '{value[:40]}'")
    return value


def _draft(value: str) -> str:
    if value.upper() != DRAFT:
        raise wrong("1008", f"ProcessingStatus may only be {DRAFT} when an order is created")
    return value


Draft = Annotated[str, AfterValidator(_draft)]
"""The only state in which a client can have an order begin."""


class Address(Document):
    """Where the service is; any of the compatible API's parts."""

    house_number: str | None = element("HouseNumber", default=None)
    street_name: str | None = element("StreetName", default=None)
    city: str | None = element("City", default=None)
    state_code: str | None = element("StateCode", default=None)
    zip: str | None = element("Zip", default=None)
    country: str | None = element("Country", default=None)


class Subscriber(Document):
    """Whose numbers they are."""

    subscriber_type: Annotated[str, AfterValidator(_subscriber_type)] | None = element("SubscriberType", default=None)
    business_name: str | None = element("BusinessName", default=None)
    first_name: str | None = element("FirstName", default=None)
    last_name: str | None = element("LastName", default=None)
    service_address: Address | None = element("ServiceAddress", default=None)


class WirelessInfo(Document):
    """The account at a wireless carrier."""

    account_number: str | None = element("AccountNumber", default=None)
    pin_number: str | None = element("PinNumber", default=None)


class PhoneNumbers(Document):
    """The numbers to be ported."""

    phone_number: list[TelephoneNumber] = element("PhoneNumber", default=[])


class LnpOrder(Document, tag="LnpOrder"):
    """What is asked for; a draft may leave out anything."""

    customer_order_id: PortCustomerOrderId | None = element("CustomerOrderId", default=None)
    requested_foc_date: Dated | None = element("RequestedFocDate", default=None)
    alternate_spid: str | None = element("AlternateSpid", default=None)
    billing_telephone_number: Annotated[str, AfterValidator(_billing)] | None = element(
        "BillingTelephoneNumber", default=None
    )
    new_billing_telephone_number: Annotated[str, AfterValidator(_billing)] | None = element(
        "NewBillingTelephoneNumber", default=None
    )
    site_id: Annotated[str, _numbered("7309", "The site id was not supplied or is invalid.")] | None = element(
        "SiteId", default=None
    )
    peer_id: Annotated[str, _numbered("7312", "The sippeer id is invalid.")] | None = element("PeerId", default=None)
    subscriber: Subscriber | None = element("Subscriber", default=None)
    loa_authorizing_person: str | None = element("LoaAuthorizingPerson", default=None)
    wireless_info: WirelessInfo | None = element("WirelessInfo", default=None)
    tn_attributes: TnAttributes | None = element("TnAttributes", default=None)
    list_of_phone_numbers: PhoneNumbers | None = element("ListOfPhoneNumbers", default=None)
    partial_port: Flag | None = element("PartialPort", default=None)
    triggered: Flag | None = element("Triggered", default=None)
    processing_status: Draft | None = element("ProcessingStatus", default=None)


class LnpOrderSupp(LnpOrder, tag="LnpOrderSupp"):
    """What is to be changed; whatever it leaves out stays. Clients send back states that they have read."""

    processing_status: Annotated[str, one_of("ProcessingStatus", *_STATES)] | None = element(
        "ProcessingStatus", default=None
    )


class LnpOrderResponse(Document, tag="LnpOrderResponse"):
    """A port-in: `Status` in answers to requests, the other fields as it stands."""

    order_id: str = element("OrderId")
    status: failures.PortStatus | None = element("Status", default=None)
    errors: list[PortError] | None = element("Errors", default=None)
    processing_status: str = element("ProcessingStatus")
    actual_foc_date: Moment | None = element("ActualFocDate", default=None)
    echo: Echoed = element("Echo")
    account_id: str | None = element("AccountId", default=None)
    order_create_date: Moment | None = element("OrderCreateDate", default=None)
    last_modified_date: Moment | None = element("LastModifiedDate", default=None)
    user_id: Text | None = element("userId", default=None)
    last_modified_by: Text | None = element("LastModifiedBy", default=None)
    port_type: str | None = element("PortType", default=None)
    toll_free_validation_status: str | None = element("TollFreeValidationStatus", default=None)
    toll_free_port_type: str | None = element("TollFreePortType", default=None)


class PortRow(lists.AnyRow):
    """A port-in in a list."""

    id: str = element("OrderId", alias="orderId")
    actual_foc_date: Moment | None = element("ActualFOCDate", alias="actualFOCDate", default=None)
    billing_telephone_number: str | None = element("BillingTelephoneNumber", default=None)
    company_name: str | None = element("CompanyName", default=None)
    processing_status: str = element("ProcessingStatus")
    requested_foc_date: str | None = element("RequestedFOCDate", alias="requestedFOCDate", default=None)


class PortRows(Document, tag="LNPResponseWrapper"):
    """A page of port-ins."""

    total_count: int = element("TotalCount")
    links: lists.Links | None = element("Links", default=None)
    rows: list[PortRow] = element("lnpPortInfoForGivenStatus", alias="lnpPortInfoForGivenStatus", default=[])


def _placed(order: Order, entry: Entry) -> LnpOrderResponse:
    return LnpOrderResponse(
        order_id=order.key.id, status=failures.PortStatus(code="201", description=RECEIVED),
        processing_status=entry.status, echo=_echo(order.details),
        toll_free_validation_status=validation(order, entry.status),
        toll_free_port_type=PHASE if order.toll_free else None,
    )  # fmt: skip


def _supplemented(order: Order, sent: Details) -> LnpOrderResponse:
    return LnpOrderResponse(
        order_id=order.key.id, status=failures.PortStatus(code="200", description=SUPPLEMENTED),
        processing_status=order.status, echo=_echo(sent),
    )  # fmt: skip


def _echo(details: Details, *more: tuple[str, str]) -> Echo:
    """What the client sent; to an address the country is added, and more."""
    return Echo.of(addressed(without(details, _OWN), (("Country", "United States"), *more)), LnpOrder)


def _shown(order: Order) -> LnpOrderResponse:
    return LnpOrderResponse(
        order_id=order.key.id, errors=errors(order), processing_status=order.status,
        actual_foc_date=order.actual_foc_date, echo=_echo(order.details, ("AddressType", "Service")),
        account_id=order.key.account, order_create_date=order.created_at, last_modified_date=order.modified_at,
        user_id=order.created_by, last_modified_by=order.modified_by, port_type="AUTOMATED",
        toll_free_validation_status=validation(order, order.status),
        toll_free_port_type=PHASE if order.toll_free else None,
    )  # fmt: skip


def listed(listing: Listing) -> PortRows:
    """Port-ins and port-outs alike."""
    rows = [
        PortRow(
            **lists.row(order, listing.included), id=order.key.id, actual_foc_date=order.actual_foc_date,
            billing_telephone_number=order.fact("BillingTelephoneNumber"), company_name=order.fact("BusinessName"),
            processing_status=order.status, requested_foc_date=order.fact("RequestedFocDate"),
        )
        for order in listing.orders
    ]  # fmt: skip
    return PortRows(total_count=listing.total, links=lists.links(listing), rows=rows)


def _refused(refusal: Refusal) -> Document:
    return failures.PortFailure(
        status=failures.PortStatus(code=str(refusal.status), description="The request was refused."),
        errors=failures.errors(refusal), processing_status="EXCEPTION" if refusal.details else None,
        echo=Echo.of(without(refusal.details, _OWN), LnpOrder),
    )  # fmt: skip


def missing(_refusal: Refusal) -> Document:
    """There is no such port-in or port-out."""
    status = failures.PortStatus(code="404", description="Order id not found.")
    return failures.PortFailure(status=status, echo=Echo.of(()))


def _wants_draft(details: Details) -> bool:
    return first(details, "ProcessingStatus") is not None


PORTINS = Papers(
    request=LnpOrder, roots=("LnpOrder",), placed=_placed, shown=_shown, listed=listed, refused=_refused,
    missing=missing, wants_draft=_wants_draft, supplement=LnpOrderSupp, supplement_roots=("LnpOrderSupp",),
    supplemented=_supplemented,
)  # fmt: skip
