"""Requests that bring numbers to an account or take them away: imports, removals, moves, assignments."""

from typing import Annotated

from pydantic_xml import element

from chalicelib.wire.document import Document
from chalicelib.wire.documents.asked import Address, Asked, NumbersAsked
from chalicelib.wire.documents.order_requests import TelephoneNumberList
from chalicelib.wire.fields import OneOf, Whole, one_of

_LOA = ("CARRIER", "SUBSCRIBER")


class ImportSubscriber(Document):
    """Whose numbers they are."""

    name: str | None = element("Name", default=None)
    service_address: Address | None = element("ServiceAddress", default=None)


class Import(NumbersAsked):
    """What is asked of either import."""

    site_id: Whole | None = element("SiteId", default=None)
    sip_peer_id: Whole | None = element("SipPeerId", default=None)
    sip_peer: Whole | None = element("SipPeer", default=None)
    subscriber: ImportSubscriber | None = element("Subscriber", default=None)
    loa_authorizing_person: str | None = element("LoaAuthorizingPerson", default=None)
    loa_type: Annotated[str, one_of("LoaType", *_LOA)] | None = element("LoaType", default=None)


class ImportTnOrder(Import, tag="ImportTnOrder"):
    """A request to send messages from numbers of another carrier."""


class ImportVoiceTnOrder(Import, tag="ImportVoiceTnOrder"):
    """A request to make calls from numbers of another carrier."""


class RemoveImportedTnOrder(NumbersAsked, tag="RemoveImportedTnOrder"):
    """A request to let go of imported numbers."""


class RemoveImportedVoiceTnOrder(NumbersAsked, tag="RemoveImportedVoiceTnOrder"):
    """A request to let go of imported voice numbers."""


class ImportToAccountNumberOrder(Asked, tag="ImportToAccountNumberOrder"):
    """A request to put numbers into an account."""

    site_id: Whole | None = element("SiteId", default=None)
    sip_peer_id: Whole | None = element("SipPeerId", default=None)
    telephone_number_list: TelephoneNumberList | None = element("TelephoneNumberList", default=None)


class ExternalTnsOrder(NumbersAsked, tag="ExternalTnsOrder"):
    """A request to import numbers that stay with another carrier, or to remove them."""

    site_id: Whole | None = element("SiteId", default=None)
    sip_peer_id: Whole | None = element("SipPeerId", default=None)
    action: (
        Annotated[
            str, OneOf("25000", "Action is absent or invalid. Possible values: import, remove", ("IMPORT", "REMOVE"))
        ]
        | None
    ) = element("Action", default=None)
    loa_type: (
        Annotated[str, OneOf("25110", "LoaType is absent or invalid. Possible values: carrier, subscriber", _LOA)]
        | None
    ) = element("LoaType", default=None)


class MoveTnsOrder(NumbersAsked, tag="MoveTnsOrder"):
    """A request to move numbers here from another account."""

    source_account_id: Whole | None = element("SourceAccountId", default=None)
    e911_service_action: str | None = element("E911ServiceAction", alias="e911ServiceAction", default=None)
    site_id: Whole | None = element("SiteId", default=None)
    sip_peer_id: Whole | None = element("SipPeerId", default=None)


class TelephoneNumbersAssignmentOrder(NumbersAsked, tag="TelephoneNumbersAssignmentOrder"):
    """A request to assign numbers, or to take assignments back."""

    action: (
        Annotated[
            str, OneOf("5129", "Assignment action is invalid. Valid values: ASSIGN, UNASSIGN", ("ASSIGN", "UNASSIGN"))
        ]
        | None
    ) = element("Action", default=None)
