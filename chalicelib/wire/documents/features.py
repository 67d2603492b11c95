"""Requests about what numbers have: directory listings, line options, emergency addresses, caller names."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator
from pydantic_xml import element

from chalicelib.wire.document import Document
from chalicelib.wire.documents.asked import Address, Asked, TelephoneNumbers, some
from chalicelib.wire.fields import Flag, OneOf, TelephoneNumber, Whole, one_of, wrong

_PASSCODE = re.compile(r"[A-Za-z0-9]{4,10}|unchanged|systemdefault", re.IGNORECASE)
_LONGEST_CALLER = 15


def _passcode(text: str) -> str:
    if not _PASSCODE.fullmatch(text):
        raise wrong(
            "5193",
            "Port-Out Passcode is invalid. Passcode should has between 4 and 10 alpha-numeric characters | unchanged "
            "| systemDefault",
        )
    return text


def _caller(text: str) -> str:
    if len(text) > _LONGEST_CALLER:
        raise wrong("11005", "Subscriber Information cannot be longer than 15 characters")
    return text


class ListingName(Document):
    """Under which name a number is listed."""

    first_name: str | None = element("FirstName", default=None)
    last_name: str | None = element("LastName", default=None)


class DldaTnGroup(Document):
    """Numbers to be listed alike."""

    telephone_numbers: TelephoneNumbers | None = element("TelephoneNumbers", default=None)
    subscriber_type: (
        Annotated[
            str,
            OneOf(
                "16109",
                "SubscriberType '{value}' is invalid. Valid values are: BUSINESS, RESIDENTIAL",
                ("BUSINESS", "RESIDENTIAL"),
            ),
        ]
        | None
    ) = element("SubscriberType", default=None)
    account_type: Annotated[str, one_of("AccountType", "RESIDENCE", "BUSINESS")] | None = element(
        "AccountType", default=None
    )
    listing_type: (
        Annotated[
            str,
            OneOf(
                "16110",
                "ListingType '{value}' is invalid. Valid values are: LISTED, NON_LISTED, NON_PUBLISHED",
                ("LISTED", "NON_LISTED", "NON_PUBLISHED"),
            ),
        ]
        | None
    ) = element("ListingType", default=None)
    listing_name: ListingName | None = element("ListingName", default=None)
    list_address: Flag | None = element("ListAddress", default=None)
    address: Address | None = element("Address", default=None)

    @model_validator(mode="after")
    def _some_numbers(self) -> Self:
        some(self.telephone_numbers, "16104", "No numbers for processing")
        return self


class DldaTnGroups(Document):
    """All groups of numbers."""

    dlda_tn_group: list[DldaTnGroup] = element("DldaTnGroup", default=[])


class DldaOrder(Asked, tag="DldaOrder"):
    """A request to list numbers in directories."""

    dlda_tn_groups: DldaTnGroups | None = element("DldaTnGroups", default=None)

    @model_validator(mode="after")
    def _some_groups(self) -> Self:
        if not (self.dlda_tn_groups and self.dlda_tn_groups.dlda_tn_group):
            raise wrong("16104", "No numbers for processing", "DldaTnGroup")
        return self


class A2pSettings(Document):
    """How a number takes part in messages from applications to persons."""

    message_class: str | None = element("MessageClass", default=None)
    campaign_id: str | None = element("CampaignId", default=None)
    action: (
        Annotated[
            str,
            OneOf(
                "5138",
                "Action value is invalid. Valid values are: 'unchanged', 'systemDefault', 'off', 'asSpecified'.",
                ("unchanged", "systemDefault", "off", "asSpecified", "delete"),
            ),
        ]
        | None
    ) = element("Action", default=None)


class Route(Document):
    """Where calls go, and which share of them."""

    endpoint: str | None = element("Endpoint", default=None)
    priority: Whole | None = element("Priority", default=None)
    weight: Whole | None = element("Weight", default=None)


class OriginationRoutePlan(Document):
    """Where calls to a number go."""

    route: list[Route] = element("Route", default=[])
    action: (
        Annotated[
            str,
            OneOf(
                "5207",
                "Specified Route Plan Action was invalid, must be one of 'asSpecified', 'unchanged' or 'off'",
                ("asSpecified", "unchanged", "off"),
            ),
        ]
        | None
    ) = element("Action", default=None)


_FORMATS = ("10digit", "11digit", "e164", "systemdefault")


class TnOptionGroup(Document):
    """Numbers that are to have the same options."""

    telephone_numbers: TelephoneNumbers | None = element("TelephoneNumbers", default=None)
    number_format: Annotated[str, OneOf("5081", "Number Format '{value}' is invalid.", _FORMATS)] | None = element(
        "NumberFormat", default=None
    )
    rpid_format: Annotated[str, OneOf("5089", "RPID Format '{value}' is invalid.", _FORMATS)] | None = element(
        "RPIDFormat", alias="rpidFormat", default=None
    )
    rewrite_user: str | None = element("RewriteUser", default=None)
    call_forward: str | None = element("CallForward", default=None)
    calling_name_display: (
        Annotated[str, one_of("CallingNameDisplay", "on", "off", "systemdefault", code="5079")] | None
    ) = element("CallingNameDisplay", default=None)
    sms: Annotated[str, one_of("Sms", "on", "off", code="5113")] | None = element("Sms", default=None)
    protected: Annotated[str, one_of("Protected", "TRUE", "FALSE", "UNCHANGED", code="5107")] | None = element(
        "Protected", default=None
    )
    port_out_passcode: Annotated[str, AfterValidator(_passcode)] | None = element("PortOutPasscode", default=None)
    final_destination_uri: str | None = element("FinalDestinationURI", alias="finalDestinationURI", default=None)
    a2p_settings: A2pSettings | None = element("A2pSettings", alias="a2pSettings", default=None)
    origination_route_plan: OriginationRoutePlan | None = element("OriginationRoutePlan", default=None)
    pindrop_enabled: Flag | None = element("PindropEnabled", default=None)
    call_verification_enabled: Flag | None = element("CallVerificationEnabled", default=None)

    @model_validator(mode="after")
    def _some_numbers(self) -> Self:
        some(self.telephone_numbers)
        return self


class TnOptionGroups(Document):
    """All groups of numbers."""

    tn_option_group: list[TnOptionGroup] = element("TnOptionGroup", default=[])


class TnOptionOrder(Asked, tag="TnOptionOrder"):
    """A request to change options of numbers."""

    tn_option_groups: TnOptionGroups | None = element("TnOptionGroups", default=None)

    @model_validator(mode="after")
    def _some_groups(self) -> Self:
        if not (self.tn_option_groups and self.tn_option_groups.tn_option_group):
            raise wrong("5077", "There are no valid telephone numbers.", "TnOptionGroup")
        return self


class LidbTnGroup(Document):
    """Numbers of one caller."""

    full_number: list[TelephoneNumber] = element("FullNumber", default=[])
    telephone_numbers: TelephoneNumbers | None = element("TelephoneNumbers", default=None)
    subscriber_information: Annotated[str, AfterValidator(_caller)] | None = element(
        "SubscriberInformation", default=None
    )
    use_type: (
        Annotated[
            str,
            OneOf(
                "11006",
                "UseType '{value}' is invalid. Valid values are: BUSINESS, RESIDENTIAL",
                ("BUSINESS", "RESIDENTIAL"),
            ),
        ]
        | None
    ) = element("UseType", default=None)
    visibility: (
        Annotated[
            str,
            OneOf("11007", "Visibility '{value}' is invalid. Valid values are: PUBLIC, PRIVATE", ("PUBLIC", "PRIVATE")),
        ]
        | None
    ) = element("Visibility", default=None)

    @model_validator(mode="after")
    def _some_numbers(self) -> Self:
        if not self.full_number:
            some(self.telephone_numbers)
        return self


class LidbTnGroups(Document):
    """All groups of numbers."""

    lidb_tn_group: list[LidbTnGroup] = element("LidbTnGroup", default=[])


class LidbOrder(Asked, tag="LidbOrder"):
    """A request to say who calls from numbers."""

    lidb_tn_groups: LidbTnGroups | None = element("LidbTnGroups", default=None)

    @model_validator(mode="after")
    def _some_groups(self) -> Self:
        if not (self.lidb_tn_groups and self.lidb_tn_groups.lidb_tn_group):
            raise wrong("5077", "There are no valid telephone numbers.", "LidbTnGroup")
        return self
