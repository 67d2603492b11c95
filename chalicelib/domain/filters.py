"""What a subscription of version 2 hears of: one definition, and filters that leave out what was not asked for."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.entry import Entry, Kind
from chalicelib.domain.order_types.events import EVENTS

ORDER_CHANGE = "order_change"
NOTE = "note"


class Definition(StrEnum):
    """What may be heard of. The first is Bandwidth's; the other is Docket's own, for what belongs to no order."""

    ORDER_UPDATE = "Bandwidth_App_Order_Update"
    ACCOUNT_EVENT = "Docket_Account_Event"

    @property
    def event_types(self) -> tuple[str, ...]:
        """Every kind of thing that is told under it."""
        return (ORDER_CHANGE, NOTE) if self is Definition.ORDER_UPDATE else tuple(sorted(EVENTS.notified))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A definition and what is left of it. Each tuple in the order it was sent; an empty one leaves out nothing.

    `order_types` are names in subscriptions ("portins"), `order_ids` lower-case UUIDs.
    """

    definition: Definition
    order_types: tuple[str, ...] = ()
    event_types: tuple[str, ...] = ()
    order_ids: tuple[str, ...] = ()

    def let_through(self, entry: Entry) -> bool:
        """Whether the entry is of a kind that is heard of. Whose it is the routes say."""
        return not self.event_types or event_type(entry) in self.event_types


def event_type(entry: Entry) -> str:
    """What version 2 calls the thing that an entry records."""
    if entry.order.type == EVENTS.resource:
        return entry.status
    return NOTE if entry.kind is Kind.NOTE else ORDER_CHANGE
