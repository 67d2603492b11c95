"""Requests beside single port-ins: bulks, service records, validations, and numbers that other carriers ask for."""

from typing import Annotated, Self

from pydantic import AfterValidator, model_validator
from pydantic_xml import element

from chalicelib.domain.order import is_toll_free
from chalicelib.wire.document import Document
from chalicelib.wire.documents.asked import Address, Asked, TelephoneNumbers
from chalicelib.wire.documents.portins import Draft, Subscriber
from chalicelib.wire.fields import Dated, PortCustomerOrderId, TelephoneNumber, Whole, one_of, wrong


def _toll_free(text: str) -> str:
    if not is_toll_free(text.removeprefix("1")):
        raise wrong("1008", f"'{text[:40]}' is not a toll-free telephone number: 10 digits, or E.164")
    return text


class LsrSubscriber(Document):
    """Whose numbers another carrier asks for."""

    subscriber_type: Annotated[str, one_of("SubscriberType", "BUSINESS", "RESIDENTIAL", code="7106")] | None = element(
        "SubscriberType", default=None
    )
    business_name: str | None = element("BusinessName", default=None)
    first_name: str | None = element("FirstName", default=None)
    last_name: str | None = element("LastName", default=None)
    service_address: Address | None = element("ServiceAddress", default=None)
    account_number: str | None = element("AccountNumber", default=None)
    pin_number: str | None = element("PinNumber", default=None)


class LsrOrder(Document, tag="LsrOrder"):
    """A local service request. `OrderStatus` is sent to cancel it."""

    pon: str | None = element("Pon", default=None)
    customer_order_id: PortCustomerOrderId | None = element("CustomerOrderId", default=None)
    spid: str | None = element("SPID", alias="spid", default=None)
    billing_telephone_number: TelephoneNumber | None = element("BillingTelephoneNumber", default=None)
    requested_foc_date: Dated | None = element("RequestedFocDate", default=None)
    authorizing_person: str | None = element("AuthorizingPerson", default=None)
    subscriber: LsrSubscriber | None = element("Subscriber", default=None)
    list_of_telephone_numbers: TelephoneNumbers | None = element("ListOfTelephoneNumbers", default=None)


class BulkPortin(Asked, tag="BulkPortin"):
    """A request to work many port-ins as one; anything may come later."""

    requested_foc_date: Dated | None = element("RequestedFocDate", default=None)
    site_id: Whole | None = element("SiteId", default=None)
    peer_id: Whole | None = element("PeerId", default=None)
    subscriber: Subscriber | None = element("Subscriber", default=None)
    target_resp_org_id: str | None = element("TargetRespOrgId", default=None)
    processing_status: Draft | None = element("ProcessingStatus", default=None)


class CsrData(Document):
    """What the losing carrier has on record: the result."""

    account_number: str | None = element("AccountNumber", default=None)
    customer_name: str | None = element("CustomerName", default=None)
    service_address: Address | None = element("ServiceAddress", default=None)
    working_telephone_number: str | None = element("WorkingTelephoneNumber", default=None)
    on_account: TelephoneNumbers | None = element(
        "WorkingTelephoneNumbersOnAccount", alias="workingTelephoneNumbersOnAccount", default=None
    )


class Csr(Asked, tag="Csr"):
    """A request for a customer service record."""

    number: TelephoneNumber | None = element(
        "WorkingOrBillingTelephoneNumber", alias="workingOrBillingTelephoneNumber", default=None
    )
    account_number: str | None = element("AccountNumber", default=None)
    account_telephone_number: TelephoneNumber | None = element("AccountTelephoneNumber", default=None)
    end_user_name: str | None = element("EndUserName", default=None)
    authorizing_user_name: str | None = element("AuthorizingUserName", default=None)
    customer_code: str | None = element("CustomerCode", default=None)
    end_user_pin: str | None = element("EndUserPIN", alias="endUserPIN", default=None)
    end_user_password: str | None = element("EndUserPassword", default=None)
    type_of_service: Annotated[str, one_of("TypeOfService", "business", "residential")] | None = element(
        "TypeOfService", default=None
    )


class CsrShown(Csr):
    """The request with its result."""

    csr_data: CsrData | None = element("CsrData", default=None)


class TollFreeNumberList(Document):
    """Toll-free numbers."""

    toll_free_number: list[Annotated[TelephoneNumber, AfterValidator(_toll_free)]] = element(
        "TollFreeNumber", default=[]
    )


class TollFreePortingValidation(Asked, tag="TollFreePortingValidation"):
    """A question whether toll-free numbers can be ported."""

    toll_free_number_list: TollFreeNumberList | None = element("TollFreeNumberList", default=None)

    @model_validator(mode="after")
    def _some_numbers(self) -> Self:
        if not (self.toll_free_number_list and self.toll_free_number_list.toll_free_number):
            raise wrong("1003", "TollFreeNumber is required", "TollFreeNumber")
        return self
