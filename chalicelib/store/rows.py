"""The tables as PynamoDB sees them: attributes and indexes, no behaviour. docs/tables.md says what stands where.

What is searched or conditioned on is an attribute; what is only read back whole is JSON text in `body`, or, where
that is long, `packed` (see codec/text.py). An item of one kind leaves the attributes of the others out.
"""

from pynamodb.attributes import BinaryAttribute, NumberAttribute, TTLAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.constants import PAY_PER_REQUEST_BILLING_MODE, STREAM_NEW_IMAGE
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model


class Listing(GlobalSecondaryIndex["OrderRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Heads by account, type and date. Keys only: a head's changes do not touch it, and counting it is cheap."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "listing"
        projection = KeysOnlyProjection()

    listing = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class Standing(GlobalSecondaryIndex["OrderRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Heads by account, type, state and date."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "standing"
        projection = KeysOnlyProjection()

    standing = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class Lookup(GlobalSecondaryIndex["OrderRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Heads and handles by account, type, what they name, and date; orders that name nothing are not in it."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "lookup"
        projection = KeysOnlyProjection()

    lookup = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class Unannounced(GlobalSecondaryIndex["OrderRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Heads with an entry that is not announced; the others are not in it."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "unannounced"
        projection = KeysOnlyProjection()

    bucket = NumberAttribute(hash_key=True)
    unannounced_since = UnicodeAttribute(range_key=True)


class Steps(GlobalSecondaryIndex["OrderRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Heads with a step of the autopilot to come; the others are not in it."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "steps"
        projection = KeysOnlyProjection()

    bucket = NumberAttribute(hash_key=True)
    step_at = UnicodeAttribute(range_key=True)


class OrderRow(Model):
    """Table `orders`: heads, pieces of details, entries, notes, handles."""

    class Meta:
        """What PynamoDB asks for; `tables.use` gives the name."""

        table_name = "orders"
        billing_mode = PAY_PER_REQUEST_BILLING_MODE
        stream_view_type = STREAM_NEW_IMAGE

    by_listing = Listing()
    by_standing = Standing()
    by_lookup = Lookup()
    by_mark = Unannounced()
    by_step = Steps()

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    packed = BinaryAttribute(null=True, legacy_encoding=False)
    version = NumberAttribute(null=True)
    pieces = NumberAttribute(null=True)
    details_version = NumberAttribute(null=True)
    listing = UnicodeAttribute(null=True)
    listed_at = UnicodeAttribute(null=True)
    standing = UnicodeAttribute(null=True)
    lookup = UnicodeAttribute(null=True)
    void = NumberAttribute(null=True)
    mended = NumberAttribute(null=True)
    bucket = NumberAttribute(null=True)
    unannounced_since = UnicodeAttribute(null=True)
    step_at = UnicodeAttribute(null=True)
    retire_at = UnicodeAttribute(null=True)
    ttl = TTLAttribute(null=True)


class Expiry(GlobalSecondaryIndex["SubscriptionRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Subscriptions that expire, by time; those that do not, or have ended, are not in it."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "expiry"
        projection = KeysOnlyProjection()

    bucket = NumberAttribute(hash_key=True)
    expires_at = UnicodeAttribute(range_key=True)


class SubscriptionRow(Model):
    """Table `subscriptions`: subscriptions, claims, routes."""

    class Meta:
        """What PynamoDB asks for; `tables.use` gives the name."""

        table_name = "subscriptions"
        billing_mode = PAY_PER_REQUEST_BILLING_MODE

    by_expiry = Expiry()

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute(null=True)
    ended_at = UnicodeAttribute(null=True)
    status = UnicodeAttribute(null=True)
    status_at = UnicodeAttribute(null=True)
    revision = NumberAttribute(null=True)
    health = UnicodeAttribute(null=True)
    bucket = NumberAttribute(null=True)
    holder = UnicodeAttribute(null=True)
    after = NumberAttribute(null=True)
    ttl = TTLAttribute(null=True)


class Due(GlobalSecondaryIndex["CursorRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Cursors that have something to tell, by time; the others are not in it."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "due"
        projection = KeysOnlyProjection()

    bucket = NumberAttribute(hash_key=True)
    due = UnicodeAttribute(range_key=True)


class CursorRow(Model):
    """Table `cursors`: cursors and deliveries."""

    class Meta:
        """What PynamoDB asks for; `tables.use` gives the name."""

        table_name = "cursors"
        billing_mode = PAY_PER_REQUEST_BILLING_MODE

    by_due = Due()

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    told = NumberAttribute(null=True)
    wanted = NumberAttribute(null=True)
    due = UnicodeAttribute(null=True)
    bucket = NumberAttribute(null=True)
    lease_token = UnicodeAttribute(null=True)
    lease_until = UnicodeAttribute(null=True)
    attempt = NumberAttribute(null=True)
    lost = NumberAttribute(null=True)
    missed = NumberAttribute(null=True)
    body = UnicodeAttribute(null=True)
    letter = BinaryAttribute(null=True, legacy_encoding=False)
    ttl = TTLAttribute(null=True)


class Listed(GlobalSecondaryIndex["AccessRow"]):  # type: ignore[no-untyped-call]  # because PynamoDB gives no types to how an index is declared
    """Accounts by number, and lines of the audit by time; users and receipts are not in it."""

    class Meta:
        """What PynamoDB asks for."""

        index_name = "listing"
        projection = KeysOnlyProjection()

    listing = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class AccessRow(Model):
    """Table `access`: credentials, accounts, the audit, and receipts."""

    class Meta:
        """What PynamoDB asks for; `tables.use` gives the name."""

        table_name = "access"
        billing_mode = PAY_PER_REQUEST_BILLING_MODE

    by_listing = Listed()

    pk = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    users = UnicodeSetAttribute(null=True)
    used_at = UnicodeAttribute(null=True)
    listing = UnicodeAttribute(null=True)
    listed_at = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute(null=True)
    ttl = TTLAttribute(null=True)


Row = OrderRow | SubscriptionRow | CursorRow | AccessRow
ROWS = (OrderRow, SubscriptionRow, CursorRow, AccessRow)
