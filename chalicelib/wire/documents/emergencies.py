"""Requests about emergency calls: addresses of numbers, groups to be notified, the endpoints that they are for."""

from typing import Self

from pydantic import model_validator
from pydantic_xml import element

from chalicelib.wire.document import Document
from chalicelib.wire.documents.asked import Address, Asked, TelephoneNumbers, some
from chalicelib.wire.fields import Flag, wrong


class AlternateEndUserIdentifier(Document):
    """A caller that has no telephone number."""

    identifier: str | None = element("Identifier", default=None)
    caller_name: str | None = element("CallerName", default=None)
    location_id: str | None = element("LocationId", default=None)
    callback_number: str | None = element("CallbackNumber", default=None)
    pidflo_enabled: Flag | None = element("PIDFLOEnabled", alias="pidfloEnabled", default=None)
    preferred_language: str | None = element("PreferredLanguage", default=None)


class AlternateEndUserIdentifiers(Document):
    """All of them."""

    alternate: list[AlternateEndUserIdentifier] = element(
        "AlternateEndUserIdentifier", alias="alternateEndUserIdentifier", default=[]
    )


class AdditionalAddresses(Document):
    """Further addresses."""

    address: list[Address] = element("Address", default=[])


class E911Order(Asked, tag="E911Order"):
    """A request to say where numbers, or callers without one, are."""

    telephone_numbers: TelephoneNumbers | None = element("TelephoneNumbers", default=None)
    caller_name: str | None = element("CallerName", default=None)
    address: Address | None = element("Address", default=None)
    alternates: AlternateEndUserIdentifiers | None = element(
        "AlternateEndUserIdentifiers", alias="alternateEndUserIdentifiers", default=None
    )
    additional_addresses: AdditionalAddresses | None = element("AdditionalAddresses", default=None)
    delete_address: Flag | None = element(
        "DeleteTNSpecificE911Address", alias="deleteTNSpecificE911Address", default=None
    )

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.alternates and self.alternates.alternate):
            some(self.telephone_numbers)
        if self.delete_address and (self.caller_name or self.address):
            text = (
                "Including Caller Name and/or Street Address is incompatible with deleting telephone specific address."
            )
            raise wrong("5106", text, "DeleteTNSpecificE911Address")
        return self


class Recipient(Document):
    """Who is notified."""

    identifier: str | None = element("Identifier", default=None)


class Recipients(Document):
    """All who are notified."""

    recipient: list[Recipient] = element(
        "EmergencyNotificationRecipient", alias="emergencyNotificationRecipient", default=[]
    )


class Group(Document):
    """A group of recipients, or what is to become of it."""

    identifier: str | None = element("Identifier", default=None)
    description: str | None = element("Description", default=None)
    added: Recipients | None = element(
        "AddedEmergencyNotificationRecipients", alias="addedEmergencyNotificationRecipients", default=None
    )
    deleted: Recipients | None = element(
        "DeletedEmergencyNotificationRecipients", alias="deletedEmergencyNotificationRecipients", default=None
    )


_WAYS = tuple(f"{way}EmergencyNotificationGroup" for way in ("Added", "Modified", "Deleted"))


class EmergencyNotificationGroupOrder(Asked, tag="EmergencyNotificationGroupOrder"):
    """A request to add, change or delete one group."""

    added: Group | None = element(_WAYS[0], alias="addedEmergencyNotificationGroup", default=None)
    modified: Group | None = element(_WAYS[1], alias="modifiedEmergencyNotificationGroup", default=None)
    deleted: Group | None = element(_WAYS[2], alias="deletedEmergencyNotificationGroup", default=None)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [tag for tag, way in zip(_WAYS, (self.added, self.modified, self.deleted), strict=True) if way]
        if not given:
            raise wrong("1003", f"One of these is required: {', '.join(_WAYS)}", _WAYS[0])
        if len(given) > 1:
            raise wrong("1005", f"Only one of these is allowed: {', '.join(given)}", given[1])
        return self


class GroupNamed(Document):
    """Which group is meant."""

    identifier: str | None = element("Identifier", default=None)


class Associations(Document):
    """Which endpoints a group is notified of."""

    group: GroupNamed | None = element("EmergencyNotificationGroup", alias="emergencyNotificationGroup", default=None)


class EmergencyNotificationEndpointOrder(Asked, tag="EmergencyNotificationEndpointOrder"):
    """A request to tie endpoints to a group, or to untie them."""

    associations: Associations = element(
        "EmergencyNotificationEndpointAssociations", alias="emergencyNotificationEndpointAssociations"
    )
