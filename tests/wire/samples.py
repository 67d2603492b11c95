"""Documents of every kind, made from the same few orders. golden/ holds what each looks like in both syntaxes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote, CreateOrder, MoveOrder
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry
from chalicelib.domain.errors import Invalid, OrderNotFound, Problem, StepRefused
from chalicelib.domain.order import Failure, Note, Order
from chalicelib.domain.order_types import ORDER_TYPES, find_order_type, order_type
from chalicelib.domain.subscription import Callback, Mailbox, NumberFormat, Route, Subscription
from chalicelib.wire import reading, tree
from chalicelib.wire.document import Document
from chalicelib.wire.documents import Listing, Papers, history, notes, papers_of, subscriptions
from chalicelib.wire.documents.failures import status_failure
from chalicelib.wire.examples import EXAMPLES
from chalicelib.wire.problems import Refusal, refusal
from chalicelib.wire.tree import Syntax
from tests.edge.requests import DISCONNECT, ORDER, PORT_IN
from tests.wire import desk_samples, file_samples, other_samples, supplement_samples

AT = datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC)
ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
NEXT = "0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b11"
TN_OPTIONS = (
    "<TnOptionOrder><CustomerOrderId>OPT-1</CustomerOrderId><TnOptionGroups><TnOptionGroup><Sms>on</Sms>"
    "<TelephoneNumbers><TelephoneNumber>2015550100</TelephoneNumber></TelephoneNumbers></TnOptionGroup>"
    "</TnOptionGroups></TnOptionOrder>"
)
REQUESTS = {"orders": ORDER, "portins": PORT_IN, "disconnects": DISCONNECT, "tnoptions": TN_OPTIONS}


def papers(resource: str) -> Papers:
    """The documents of a type."""
    return papers_of(order_type(resource))


def details(resource: str, body: str | None = None) -> Details:
    """What a request says."""
    read = tree.read((body or REQUESTS[resource]).encode(), Syntax.XML)
    return reading.document(read, papers(resource).request, *papers(resource).roots)[1]


def placed(resource: str, content: Details | None = None) -> tuple[Order, list[Entry]]:
    """An order just placed, and its journal."""
    kind = find_order_type(resource)
    assert kind is not None
    sent = details(resource) if content is None else content
    command = CreateOrder(account="9900000", type=kind.resource, details=sent, by="desk")
    change = decide.create(command, order_id=ID, at=AT)
    return change.order, list(change.entries)


def moved(resource: str, *states: str) -> tuple[Order, list[Entry]]:
    """An order that went through these states, an hour each."""
    order, journal = placed(resource)
    for hours, status in enumerate(states, start=1):
        move = MoveOrder(order=order.key, status=status, by="operator", actual_foc_date=AT if status == "FOC" else None)
        change = decide.move(order, move, at=AT + timedelta(hours=hours))
        order, journal = change.order, [*journal, *change.entries]
    return order, journal


def noted(order: Order) -> tuple[Note, Entry]:
    """A note on it."""
    text = "5 < 6 & „ja“ \U0001f600\n2nd line"
    change = decide.add_note(order, AddNote(order=order.key, text=text, by="desk"), at=AT + timedelta(days=1))
    return change.notes[0], change.entries[0]


def listing(*orders: Order, last: bool = False) -> Listing:
    """A page of these."""
    url = "https://desk.example/v1.0/accounts/9900000/x?page={}&size=2"
    following = None if last else url.format(NEXT)
    return Listing(orders=orders, total=len(orders) + 1, first=url.format(1), next=following)


CALLBACK = Subscription(
    account="9900000", id=NEXT, order_type="PortIns", created_at=AT, expires_at=AT + timedelta(seconds=600),
    target=Callback(
        url="https://hooks.example.net/?a=1&b=2", secret="whsec_never-shown", username="hookuser", password="hookpass",
        number_format=NumberFormat.E164,
    ),
    routes=(Route(type="portins", order_id=ID, since=AT),),
)  # fmt: skip
MAILBOX = Subscription(
    account="9900000", id=ID, order_type="orders", created_at=AT, target=Mailbox(email="ops@example.net"),
    routes=(Route(type="orders", since=AT),),
)  # fmt: skip
TWO_PROBLEMS = Invalid(
    Problem("5022", "SiteId is a required field.", "SiteId"), Problem("1014", "'x' is not a number", "Quantity")
)


def refused(resource: str, *, handed_back: bool = True) -> Document:
    """The answer to a request with two things wrong."""
    sent = details(resource) if handed_back and resource in REQUESTS else ()
    return papers(resource).refused(refusal(TWO_PROBLEMS, sent))


def missing(resource: str) -> Document:
    """The answer for an id that nobody has."""
    return papers(resource).missing(refusal(OrderNotFound(resource, ID)))


def step_refused() -> Document:
    """The answer to a move that the lifecycle does not have."""
    error = StepRefused("SUBMITTED", "DRAFT", ["FOC", "CANCELLED"])
    return status_failure("StatusChangeResponse", refusal(error))


def simple_failure() -> Document:
    """The shortest error document."""
    return status_failure("SubscriptionsResponse", Refusal(404, (Problem("16000", "Subscription x not found"),)))


def placed_document(resource: str) -> Document:
    """The answer to a request that was taken."""
    order, journal = placed(resource)
    return papers(resource).placed(order, journal[0])


def portout() -> Document:
    """A port-out."""
    order, _ = placed("portouts", (("PON", "some-pon"), ("SPID", "1234")))
    return papers("portouts").shown(order)


def journal() -> Document:
    """Everything that happened to a port-in, a note included."""
    order, entries = moved("portins", "FOC", "COMPLETE")
    return history.journal([*entries, noted(order)[1]])


def drafted() -> Document:
    """The history of a draft."""
    order, entries = placed("portins")
    return history.of(replace(order, status="DRAFT"), entries)


SAMPLES: dict[str, Callable[[], Document]] = {
    **{f"{resource}-placed": lambda resource=resource: placed_document(resource) for resource in REQUESTS},  # type: ignore[misc] # because a default binds the loop's value
    "orders-shown": lambda: papers("orders").shown(moved("orders", "BACKORDERED", "COMPLETE")[0]),
    "orders-listed": lambda: papers("orders").listed(listing(placed("orders")[0])),
    "orders-listed-none": lambda: papers("orders").listed(listing(last=True)),
    "orders-refused": lambda: refused("orders"),
    "orders-missing": lambda: missing("orders"),
    "portins-shown": lambda: papers("portins").shown(moved("portins", "FOC")[0]),
    "portins-listed": lambda: papers("portins").listed(listing(moved("portins", "FOC")[0], placed("portins")[0])),
    "portins-refused": lambda: refused("portins"),
    "portins-missing": lambda: missing("portins"),
    "disconnects-shown": lambda: papers("disconnects").shown(moved("disconnects", "COMPLETE")[0]),
    "disconnects-listed": lambda: papers("disconnects").listed(listing(placed("disconnects")[0], last=True)),
    "disconnects-refused": lambda: refused("disconnects"),
    "disconnects-missing": lambda: missing("disconnects"),
    "tnoptions-shown": lambda: papers("tnoptions").shown(placed("tnoptions")[0]),
    "tnoptions-listed": lambda: papers("tnoptions").listed(listing(placed("tnoptions")[0])),
    "tnoptions-refused": lambda: refused("tnoptions"),
    "tnoptions-missing": lambda: missing("tnoptions"),
    "portouts-shown": portout,
    "lidbs-refused": lambda: refused("lidbs"),
    "csrs-refused": lambda: refused("csrs"),
    "importTnOrders-refused": lambda: refused("importTnOrders"),
    "notes": lambda: notes.all_of([noted(placed("orders")[0])[0]]),
    "note": lambda: notes.one(noted(placed("orders")[0])[0]),
    "history": lambda: history.of(*moved("portins", "FOC", "EXCEPTION")),
    "history-of-a-fresh-order": lambda: history.of(*placed("orders")),
    "history-of-a-draft": drafted,
    "journal": journal,
    "journal-entry": lambda: history.one(moved("portins", "FOC")[1][-1]),
    "subscriptions": lambda: subscriptions.shown([CALLBACK, MAILBOX], AT + timedelta(seconds=2)),
    "subscriptions-none": lambda: subscriptions.shown([], AT),
    "subscription-made": lambda: subscriptions.shown([CALLBACK], AT, secret="whsec_shown-once"),
    **file_samples.SAMPLES,
    **supplement_samples.SAMPLES,
    **desk_samples.samples(),
    **other_samples.samples(lambda resource: example(resource)[0], listing, CALLBACK),
    "step-refused": step_refused,
    "failure": simple_failure,
}

_FAILED = (Failure("5076", "Number does not belong to this account.", ("2015550100", "2015550101")),)
_RESOURCES = [kind.resource for kind in ORDER_TYPES]


def example(resource: str) -> tuple[Order, list[Entry]]:
    """An order of any type, just placed."""
    return placed(resource, details(resource, EXAMPLES[resource]))


def of_type(resource: str) -> dict[str, Callable[[], Document]]:
    """Every document of an order type."""
    name, theirs = f"types/{resource.replace('/', '-')}", papers(resource)
    order, journal = example(resource)
    rows = (order, replace(order, failures=_FAILED))
    refusal_ = refusal(TWO_PROBLEMS, order.details)
    return {
        f"{name}-placed": lambda: theirs.placed(order, journal[0]),
        f"{name}-shown": lambda: theirs.shown(order),
        f"{name}-failed": lambda: theirs.shown(replace(order, failures=_FAILED)),
        f"{name}-refused": lambda: theirs.refused(refusal_),
        f"{name}-missing": lambda: missing(resource),
        **{
            f"{name}-listed-{count}": lambda count=count: theirs.listed(listing(*rows[:count], last=count < len(rows)))  # type: ignore[misc] # because a default binds the loop's value
            for count in range(3)
        },
        f"{name}-detailed": lambda: theirs.listed(replace(listing(order, last=True), detailed=True)),
    }


for _resource in _RESOURCES:
    SAMPLES |= of_type(_resource)
