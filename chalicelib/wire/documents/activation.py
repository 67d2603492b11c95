"""When the numbers of a port-in become active: `ActivationStatus` in, `ActivationStatusResponse` out."""

from pydantic_xml import element

from chalicelib.domain.details import Details, first
from chalicelib.domain.order import Order
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.fields import Dated, TelephoneNumber, Text
from chalicelib.wire.tree import Tree

ROOT = "ActivationStatus"
FAILURE = "ActivationStatusResponse"


class Numbers(Document):
    """Telephone numbers."""

    telephone_number: list[TelephoneNumber] = element("TelephoneNumber", default=[])


class ActivationRequest(Document, tag=ROOT):
    """When the rest shall become active by itself, and which numbers shall be active now."""

    auto_activation_date: Dated | None = element("AutoActivationDate", default=None)
    activated_telephone_numbers_list: Numbers | None = element("ActivatedTelephoneNumbersList", default=None)
    not_yet_activated_telephone_numbers_list: Numbers | None = element(
        "NotYetActivatedTelephoneNumbersList", default=None
    )


class NumbersShown(Document):
    """Telephone numbers, as they were sent."""

    telephone_number: list[Text] = element("TelephoneNumber", default=[])


class Activation(Document, tag=ROOT):
    """How far it is."""

    auto_activation_date: Text | None = element("AutoActivationDate", default=None)
    activated_telephone_numbers_list: NumbersShown = element("ActivatedTelephoneNumbersList")
    not_yet_activated_telephone_numbers_list: NumbersShown = element("NotYetActivatedTelephoneNumbersList")


class ActivationResponse(Document, tag=FAILURE):
    """The same, in its wrapper."""

    activation_status: Activation = element("ActivationStatus")


def read(tree: Tree) -> Details:
    """What is asked for, to be kept with the order under one element. Raises Invalid."""
    _, details = reading.document(tree, ActivationRequest, ROOT)
    return ((ROOT, details),) if details else ()


def shown(order: Order) -> ActivationResponse:
    """How far a port-in is: the desk's word on its numbers, its client's on the date."""
    done = order.completed_numbers
    activation = Activation(
        auto_activation_date=first(order.details, f"{ROOT}/AutoActivationDate"),
        activated_telephone_numbers_list=NumbersShown(telephone_number=list(done)),
        not_yet_activated_telephone_numbers_list=NumbersShown(
            telephone_number=[number for number in order.numbers if number not in done]
        ),
    )
    return ActivationResponse(activation_status=activation)
