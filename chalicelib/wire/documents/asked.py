"""What requests of several order types have in common."""

from typing import Self

from pydantic import model_validator
from pydantic_xml import element

from chalicelib.wire.document import Document
from chalicelib.wire.fields import CustomerOrderId, TelephoneNumber, wrong


class TelephoneNumbers(Document):
    """Telephone numbers."""

    telephone_number: list[TelephoneNumber] = element("TelephoneNumber", default=[])


def some(numbers: TelephoneNumbers | None, code: str = "5073", text: str = "Telephone number is required.") -> None:
    """Raise what the compatible API says where no telephone number is named."""
    if numbers is None or not numbers.telephone_number:
        raise wrong(code, text, "TelephoneNumber")


class Asked(Document):
    """What is known of any request: the name that its sender gave it."""

    customer_order_id: CustomerOrderId | None = element("CustomerOrderId", default=None)


class NumbersAsked(Asked):
    """A request about telephone numbers, at least one."""

    telephone_numbers: TelephoneNumbers | None = element("TelephoneNumbers", default=None)

    @model_validator(mode="after")
    def _some_numbers(self) -> Self:
        some(self.telephone_numbers)
        return self


class Address(Document):
    """Where somebody is; any of the compatible API's parts."""

    house_number: str | None = element("HouseNumber", default=None)
    street_name: str | None = element("StreetName", default=None)
    address_line2: str | None = element("AddressLine2", default=None)
    city: str | None = element("City", default=None)
    state_code: str | None = element("StateCode", default=None)
    zip: str | None = element("Zip", default=None)
    country: str | None = element("Country", default=None)
