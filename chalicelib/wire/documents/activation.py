"""When the numbers of a port-in become active: `ActivationStatus` in, `ActivationStatusResponse` out."""

from pydantic_xml import element

from chalicelib.domain.details import Details, every, first
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.handle import phone
from chalicelib.domain.order import Order
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.fields import Dated, TelephoneNumber, Text
from chalicelib.wire.tree import Tree

ROOT = "ActivationStatus"
FAILURE = "ActivationStatusResponse"
ACTIVATED = "ActivatedTelephoneNumbersList"
WAITING = "NotYetActivatedTelephoneNumbersList"


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


def read(tree: Tree, order: Order) -> Details:
    """What is asked for, to be kept with the order under one element, beside what was activated before.

    Raises Invalid, also for numbers that are not the order's.
    """
    request, details = reading.document(tree, ActivationRequest, ROOT)
    named = request.activated_telephone_numbers_list or Numbers()
    waiting = request.not_yet_activated_telephone_numbers_list or Numbers()
    own = {phone(number): number for number in order.numbers}
    wrong = [each for each in (*named.telephone_number, *waiting.telephone_number) if phone(each) not in own]
    if wrong:
        text = "is not a number of this port-in"
        raise Invalid(*(Problem("1008", f"'{each}' {text}", "TelephoneNumber") for each in dict.fromkeys(wrong)))
    asked = tuple(pair for pair in details if pair[0] not in (ACTIVATED, WAITING))
    active = dict.fromkeys((*_activated(order), *(own[phone(each)] for each in named.telephone_number)))
    if named.telephone_number:
        asked = (*asked, (ACTIVATED, tuple(("TelephoneNumber", number) for number in active)))
    return ((ROOT, asked),) if asked else ()


def shown(order: Order) -> ActivationResponse:
    """How far a port-in is: the desk's word on its numbers and its client's, its client's on the date."""
    done = tuple(dict.fromkeys((*order.completed_numbers, *_activated(order))))
    activation = Activation(
        auto_activation_date=first(order.details, f"{ROOT}/AutoActivationDate"),
        activated_telephone_numbers_list=NumbersShown(telephone_number=list(done)),
        not_yet_activated_telephone_numbers_list=NumbersShown(
            telephone_number=[number for number in order.numbers if number not in done]
        ),
    )
    return ActivationResponse(activation_status=activation)


def _activated(order: Order) -> tuple[str, ...]:
    """The numbers of the order that its client has activated."""
    asked = set(every(order.details, f"{ROOT}/{ACTIVATED}/TelephoneNumber"))
    return tuple(number for number in order.numbers if number in asked)
