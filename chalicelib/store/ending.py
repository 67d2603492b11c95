"""Taking a subscription's routes and claim away, within a transaction that removes or ends it."""

from typing import Protocol

from chalicelib.domain.subscription import Subscription
from chalicelib.store import keys
from chalicelib.store.rows import SubscriptionRow
from chalicelib.store.transaction import Transaction


class Write(Protocol):
    """A transaction that takes the claim along, or leaves it."""

    def __call__(self, *, with_claim: bool) -> None:
        """Commit it."""


class ClaimLost(Exception):
    """The claim is another's by now: it took it over when this subscription had expired."""


def release(subscription: Subscription, transaction: Transaction) -> None:
    """Add the removal of the claim, if it is this subscription's. The transaction raises ClaimLost."""
    row = SubscriptionRow(keys.account(subscription.account), keys.claim(subscription))
    ours = SubscriptionRow.pk.does_not_exist() | (SubscriptionRow.holder == subscription.id)
    transaction.delete(row, ours, ClaimLost)


def silence(subscription: Subscription, transaction: Transaction) -> None:
    """Add the removal of all routes."""
    for pk in routes(subscription):
        transaction.delete(SubscriptionRow(pk, subscription.id))


def routes(subscription: Subscription) -> dict[str, int]:
    """The partitions that its routes stand in, each with the entry number after which it hears."""
    return {keys.routes(subscription.account, route.type, route.order_id): route.after for route in subscription.routes}


def with_claim_or_without(write: Write) -> None:
    """Write and take the claim along; without it where it is another's by now, for good."""
    try:
        write(with_claim=True)
    except ClaimLost:
        write(with_claim=False)
