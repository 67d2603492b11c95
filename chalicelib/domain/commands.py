"""What can be asked of an order: imperatives, checked for form by `wire`, decided by `domain.decide`."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.access import Role
from chalicelib.domain.account import Profile
from chalicelib.domain.details import Details
from chalicelib.domain.document import DocumentType, File
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.filters import Filters
from chalicelib.domain.order import Failure
from chalicelib.domain.subscription import Callback, Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOrder:
    """Place an order of type `type` with what the client sent. `script`: the steps that the autopilot is to take."""

    account: str
    type: str
    details: Details
    by: str
    draft: bool = False
    script: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOrder:
    """Move an order to `status`: the desk's own operation. `failures` replace those of the move before."""

    order: OrderKey
    status: str
    by: str
    message: str | None = None
    actual_foc_date: datetime | None = None
    completed_numbers: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    if_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """Change an order that is placed: elements of `details` replace those of the order, others stay.

    `whole`: the order has nothing but `details` afterwards. `removed`: the elements that it has no more. `leads`: the
    state that the supplement is to lead to, where that is not what the table of the type says. `inner`: Docket asks
    for it, not a client; what clients may not write is written, and a child's tie to its bulk order binds nothing.
    `part_of`: the order has to be a draft, and part of one of these bulk orders (None: of none).
    """

    order: OrderKey
    details: Details
    by: str
    whole: bool = False
    removed: tuple[str, ...] = ()
    leads: str | None = None
    inner: bool = False
    part_of: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """End an order before its time; a draft is removed."""

    order: OrderKey
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """The documents that an order may wait for have come; one that waits for none stays as it is."""

    order: OrderKey
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Leave a note; `by_mail` when it was a reply to a notification, and `by` is then the sender's address."""

    order: OrderKey
    text: str
    by: str
    by_mail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """Replace the text of a note."""

    order: OrderKey
    note_id: str
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseEvent:
    """Tell of something that happened to numbers of an account, outside of its own orders."""

    account: str
    event_type: str
    numbers: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """Ask to hear of orders, or of an event. Exactly one of `order_type` (as its owner wrote it) and `event_type`.

    Or, in version 2, `filters` and neither. A callback comes without its secret; `expiry` in seconds, None for the
    default of its kind.
    """

    account: str
    target: Callback | Mailbox
    order_type: str | None = None
    order_id: str | None = None
    event_type: str | None = None
    filters: Filters | None = None
    expiry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccount:
    """Open an account; without a number, under a free one."""

    number: str | None
    profile: Profile
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAccount:
    """Say all anew of an account."""

    number: str
    profile: Profile
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveCredential:
    """Let a user act for an account, and for those of `others`; a user who may already gets a second secret.

    Without a secret one is made. Without a role: customer, or the one the user has.
    """

    account: str
    user: str
    by: str
    role: Role | None = None
    others: tuple[str, ...] = ()
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachDocument:
    """Attach a file to an order."""

    order: OrderKey
    sent: File
    by: str
    type: DocumentType = DocumentType.LOA


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceDocument:
    """Put another file in the place of one; `type` None: it is for what it was for."""

    order: OrderKey
    file: str
    sent: File
    by: str
    type: DocumentType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeDocument:
    """Say what a document is for, and what its owner calls it."""

    order: OrderKey
    file: str
    by: str
    type: DocumentType = DocumentType.LOA
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDocument:
    """Take a document away."""

    order: OrderKey
    file: str
    by: str
