"""Every key of the tables, and the only place that spells one. docs/tables.md says which question each of them answers.

Parts are joined by #; a part that holds one itself is escaped, so that no account and no id can spell another's key.
"""

from hashlib import sha256
from zlib import crc32

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.handle import Handled
from chalicelib.domain.subscription import Subscription

BUCKETS = 8
"""Partitions of each index that the sweep reads, so that none of them is hot."""

LONGEST = 1024
"""Bytes of a sort key (DynamoDB's limit; a partition key may have 2048)."""

HEAD = "HEAD"
CURSOR = "CURSOR"
NOTES = "N#"
DOCUMENTS = "F#"
SUBSCRIPTIONS = "S#"
HANDLES = "L#"
PLANS = "PLAN#"

ACCOUNTS = "ACCOUNTS"
AUDIT = "AUDIT"
OPERATORS = "operators"

_LONGEST_VALUE = 64
_LAST = 999_999_999_999


def order(key: OrderKey) -> str:
    """Partition of an order: head, details, entries, notes."""
    return _joined(key.account, key.type, key.id)


def order_of(pk: str) -> OrderKey:
    """The order whose partition this is."""
    return OrderKey(*_parted(pk))


def details(part: int) -> str:
    """One piece of what the client sent, from 1; sorts behind the head."""
    return f"{HEAD}#{part:02d}"


def entry(number: int) -> str:
    """An entry; sorts by number."""
    return f"E#{number:012d}"


def entry_number(sk: str) -> int | None:
    """The number of the entry whose key this is; None for another item's."""
    mark, _, number = sk.partition("#")
    return int(number) if mark == "E" else None


def entries(after: int, upto: int | None) -> tuple[str, str]:
    """First and last sort key of after < number <= upto."""
    return entry(after + 1), entry(_LAST if upto is None else upto)


def note(note_id: str) -> str:
    """A note; sorts by the number of the entry that added it."""
    return f"{NOTES}{int(note_id):012d}"


def note_id(sk: str) -> str:
    """The id of the note whose key this is."""
    return str(int(sk.removeprefix(NOTES)))


def document(file: str) -> str:
    """A document; sorts by the time in its name."""
    return f"{DOCUMENTS}{file}"


def document_file(sk: str) -> str:
    """The name of the document whose key this is."""
    return sk.removeprefix(DOCUMENTS)


def listing(account: str, order_type: str, *, drafts: bool) -> str:
    """Partition of the listing: a type's orders, its drafts apart."""
    return _joined(account, order_type, *(("DRAFT",) if drafts else ()))


def standing(account: str, order_type: str, status: str) -> str:
    """Partition of a type's orders in one state."""
    return _joined(account, order_type, status)


def lookup(account: str, order_type: str, handled: Handled) -> str:
    """Partition of a type's orders that have this handle."""
    return _joined(account, order_type, handled.kind, _short(handled.value))


def handle(handled: Handled) -> str:
    """The item by which an order is found."""
    return f"{HANDLES}{_joined(handled.kind, _short(handled.value))}"


def plan(token: str) -> str:
    """The note that an order's handles are being changed."""
    return f"{PLANS}{token}"


def listed_at(created_at: str, order_id: str) -> str:
    """Place in the listing: by time, then id."""
    return _joined(created_at, order_id)


def account(number: str) -> str:
    """Partition of an account's subscriptions and claims."""
    return _joined(number)


def account_of(pk: str) -> str:
    """The account whose partition this is."""
    return _parted(pk)[0]


def subscription(subscription_id: str) -> str:
    """A subscription, within its account."""
    return f"{SUBSCRIPTIONS}{subscription_id}"


def subscription_id(sk: str) -> str:
    """The id of the subscription whose key this is."""
    return sk.removeprefix(SUBSCRIPTIONS)


def tagged(tag: str) -> str:
    """What the keys of subscriptions with this tag begin with: the id has a dash behind its eighth digit."""
    return f"{SUBSCRIPTIONS}{tag[:8]}-{tag[8:]}"


def claim(subscription: Subscription) -> str:
    """What no two live subscriptions of an account may share: what they hear of, and where they are told."""
    first = subscription.routes[0]
    about = subscription.heard or (first.type, subscription.event_type or "", first.order_id)
    spelled = _joined(*about, subscription.target.address)
    return f"C#{sha256(spelled.encode(errors='surrogatepass')).hexdigest()}"


def routes(account_number: str, order_type: str, order_id: str) -> str:
    """Partition of those who hear of an order, or of all orders (`ANY_ORDER`) of a type."""
    return _joined(account_number, order_type, order_id)


def cursor(ref: CursorRef) -> str:
    """Partition of a cursor and its deliveries."""
    return _joined(ref.account, ref.subscription_id, ref.order.type, ref.order.id)


def cursor_of(pk: str) -> CursorRef:
    """The cursor whose partition this is."""
    number, subscriber, order_type, order_id = _parted(pk)
    return CursorRef(subscriber, OrderKey(number, order_type, order_id))


def delivery(number: int) -> str:
    """The record of one entry's telling."""
    return f"D#{number:012d}"


def user(name: str) -> str:
    """A user's credential."""
    return _joined("user", name)


def opened(number: str) -> str:
    """An account that was opened, in the table of those who may ask."""
    return _joined("account", number)


def audit(line_id: str) -> str:
    """A line of the audit."""
    return _joined("audit", line_id)


def receipt(receipt_id: str) -> str:
    """A receipt. Hashed, since what clients send may be longer than a key."""
    return _joined("receipt", sha256(receipt_id.encode(errors="surrogatepass")).hexdigest())


def bucket(key: str) -> int:
    """The bucket of a thing in the sweep's indexes."""
    return crc32(key.encode()) % BUCKETS


def possible(*keys: str) -> bool:
    """Whether there can be such items at all: DynamoDB would refuse to look for others, and nothing has such a name."""
    try:
        return all(0 < len(key.encode()) <= LONGEST for key in keys)
    except UnicodeEncodeError:
        return False


def _short(value: str) -> str:
    """A value that fits into any key: hashed where it is long, or no plain text."""
    return (
        value
        if value.isascii() and len(value) <= _LONGEST_VALUE
        else sha256(value.encode(errors="surrogatepass")).hexdigest()
    )


def _joined(*parts: str) -> str:
    return "#".join(part.replace("%", "%25").replace("#", "%23") for part in parts)


def _parted(key: str) -> list[str]:
    return [part.replace("%23", "#").replace("%25", "%") for part in key.split("#")]
