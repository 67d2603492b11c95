"""One request of each order type, as its customers send it: shown in the OpenAPI document, and placed by tests."""

from collections.abc import Mapping

_NUMBER = "9195551234"
_ONE = f"<TelephoneNumbers><TelephoneNumber>{_NUMBER}</TelephoneNumber></TelephoneNumbers>"
_LIST = f"<TelephoneNumberList><TelephoneNumber>{_NUMBER}</TelephoneNumber></TelephoneNumberList>"
_ADDRESS = (
    "<HouseNumber>12</HouseNumber><StreetName>Sample</StreetName><City>Cary</City><StateCode>NC</StateCode>"
    "<Zip>27511</Zip>"
)
_SITE = "<SiteId>743</SiteId>"
_IMPORT = (
    f"{_SITE}<SipPeerId>500017</SipPeerId><Subscriber><Name>Example Books</Name><ServiceAddress>{_ADDRESS}"
    f"</ServiceAddress></Subscriber><LoaAuthorizingPerson>A. Person</LoaAuthorizingPerson>{_ONE}"
)
_GROUP = "63865500-0904-46b1-9b4f-7bd237a26363"

_REQUESTS = {
    "orders": (
        "Order",
        (
            f"<Name>spring numbers</Name>{_SITE}<PeerId>500017</PeerId><BackOrderRequested>true</BackOrderRequested>"
            "<PartialAllowed>true</PartialAllowed>"
            f"<ExistingTelephoneNumberOrderType>{_LIST}</ExistingTelephoneNumberOrderType>"
        ),
    ),
    "portins": (
        "LnpOrder",
        (
            f"<BillingTelephoneNumber>{_NUMBER}</BillingTelephoneNumber>{_SITE}<PeerId>500017</PeerId>"
            "<Subscriber><SubscriberType>BUSINESS</SubscriberType><BusinessName>Example Books</BusinessName>"
            f"<ServiceAddress>{_ADDRESS}</ServiceAddress></Subscriber>"
            "<LoaAuthorizingPerson>A. Person</LoaAuthorizingPerson>"
            f"<ListOfPhoneNumbers><PhoneNumber>{_NUMBER}</PhoneNumber></ListOfPhoneNumbers><Triggered>false</Triggered>"
        ),
    ),
    "portouts": (
        "PortOutRequest",
        f"<PON>P1</PON><ListOfPhoneNumbers><PhoneNumber>{_NUMBER}</PhoneNumber></ListOfPhoneNumbers>",
    ),
    "disconnects": (
        "DisconnectTelephoneNumberOrder",
        (
            f"<name>old trunks</name><DisconnectTelephoneNumberOrderType>{_LIST}<DisconnectMode>normal</DisconnectMode>"
            "<Protected>UNCHANGED</Protected></DisconnectTelephoneNumberOrderType>"
        ),
    ),
    "dldas": (
        "DldaOrder",
        (
            f"<DldaTnGroups><DldaTnGroup>{_ONE}<SubscriberType>BUSINESS</SubscriberType><ListingType>LISTED</ListingType>"
            f"<ListAddress>true</ListAddress><Address>{_ADDRESS}</Address></DldaTnGroup></DldaTnGroups>"
        ),
    ),
    "tnoptions": (
        "TnOptionOrder",
        (
            "<TnOptionGroups><TnOptionGroup><CallingNameDisplay>on</CallingNameDisplay><Sms>on</Sms>"
            f"<PortOutPasscode>a1b2c3</PortOutPasscode>{_ONE}</TnOptionGroup></TnOptionGroups>"
        ),
    ),
    "lsrorders": (
        "LsrOrder",
        (
            f"<Pon>PON 1</Pon><SPID>123C</SPID><BillingTelephoneNumber>{_NUMBER}</BillingTelephoneNumber>"
            "<RequestedFocDate>2026-11-15</RequestedFocDate><AuthorizingPerson>A. Person</AuthorizingPerson>"
            "<Subscriber><SubscriberType>BUSINESS</SubscriberType><BusinessName>Example Books</BusinessName>"
            "<AccountNumber>123463</AccountNumber><PinNumber>1231</PinNumber></Subscriber>"
            f"<ListOfTelephoneNumbers><TelephoneNumber>{_NUMBER}</TelephoneNumber></ListOfTelephoneNumbers>"
        ),
    ),
    "e911s": ("E911Order", f"{_ONE}<CallerName>Example Books</CallerName><Address>{_ADDRESS}</Address>"),
    "lidbs": (
        "LidbOrder",
        (
            f"<LidbTnGroups><LidbTnGroup>{_ONE}<SubscriberInformation>Example Books</SubscriberInformation>"
            "<UseType>BUSINESS</UseType><Visibility>PUBLIC</Visibility></LidbTnGroup></LidbTnGroups>"
        ),
    ),
    "importTnOrders": ("ImportTnOrder", _IMPORT),
    "removeImportedTnOrders": ("RemoveImportedTnOrder", _ONE),
    "importTnOrders/voice": ("ImportVoiceTnOrder", _IMPORT),
    "removeImportedTnOrders/voice": ("RemoveImportedVoiceTnOrder", _ONE),
    "importToAccount": ("ImportToAccountNumberOrder", f"{_SITE}{_LIST}"),
    "externalTns": (
        "ExternalTnsOrder",
        f"{_SITE}<SipPeerId>500017</SipPeerId><Action>IMPORT</Action><LoaType>CARRIER</LoaType>{_ONE}",
    ),
    "bulkPortins": (
        "BulkPortin",
        f"<RequestedFocDate>2026-11-15T15:00:00Z</RequestedFocDate>{_SITE}<PeerId>500017</PeerId>",
    ),
    "csrs": (
        "Csr",
        (
            f"<WorkingOrBillingTelephoneNumber>{_NUMBER}</WorkingOrBillingTelephoneNumber><EndUserName>A. Person"
            "</EndUserName><AuthorizingUserName>A. Person</AuthorizingUserName><CustomerCode>123</CustomerCode>"
        ),
    ),
    "moveTns": (
        "MoveTnsOrder",
        f"<SourceAccountId>9900001</SourceAccountId>{_SITE}<SipPeerId>500017</SipPeerId>{_ONE}",
    ),
    "numbersAssignment": ("TelephoneNumbersAssignmentOrder", f"<Action>ASSIGN</Action>{_ONE}"),
    "emergencyNotificationGroupOrders": (
        "EmergencyNotificationGroupOrder",
        (
            "<AddedEmergencyNotificationGroup><Description>building 5</Description>"
            "<AddedEmergencyNotificationRecipients><EmergencyNotificationRecipient>"
            f"<Identifier>{_GROUP}</Identifier></EmergencyNotificationRecipient>"
            "</AddedEmergencyNotificationRecipients></AddedEmergencyNotificationGroup>"
        ),
    ),
    "emergencyNotificationEndpointOrders": (
        "EmergencyNotificationEndpointOrder",
        (
            "<EmergencyNotificationEndpointAssociations><EmergencyNotificationGroup>"
            f"<Identifier>{_GROUP}</Identifier></EmergencyNotificationGroup><AddedAssociations><EepToEngAssociations>"
            f"<EepTns><TelephoneNumber>{_NUMBER}</TelephoneNumber></EepTns></EepToEngAssociations></AddedAssociations>"
            "</EmergencyNotificationEndpointAssociations>"
        ),
    ),
    "tollFreePortingValidations": (
        "TollFreePortingValidation",
        "<TollFreeNumberList><TollFreeNumber>8335551234</TollFreeNumber></TollFreeNumberList>",
    ),
}

EXAMPLES: Mapping[str, str] = {
    resource: f"<{root}><CustomerOrderId>A-{at}</CustomerOrderId>{rest}</{root}>"
    for at, (resource, (root, rest)) in enumerate(_REQUESTS.items(), start=1)
}
"""XML by resource."""
