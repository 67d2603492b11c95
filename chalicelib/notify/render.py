"""What a mail says, worked out once for its text part and its HTML part. No markup and no headers here.

Everything comes from the entry, the journal up to it, and what the order was asked for: the same each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from chalicelib.domain.entry import SYSTEM, Entry, Kind
from chalicelib.domain.order import Order
from chalicelib.domain.subscription import Subscription
from chalicelib.notify.states import tone, words
from chalicelib.notify.telling import Telling

NUMBERS_SHOWN = 5
STEPS_SHOWN = 12
LONGEST_LINE = 1000
"""Characters of a message or a name that a mail shows; a note is always shown whole."""


_ANSWER = (
    "Reply to this mail to add a note to the order. "
    "The desk that works it, and everybody who is subscribed to it, will read your note."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the timeline. `mark`: `state` or `note`; `now`: it is what this mail tells."""

    at: str
    what: str
    by: str
    mark: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The contents of a mail, in the order in which they are read. Texts are single lines, but for `note`.

    `answerable`: an answer becomes a note.
    """

    title: str
    headline: str
    byline: str
    tone: str
    message: str | None
    note: str | None
    facts: tuple[tuple[str, str], ...]
    folded: int
    steps: tuple[Step, ...]
    missed: str | None
    answer: str
    why: str
    stop: str
    answerable: bool = True


def said(telling: Telling, order: Order, *, base_url: str = "") -> Said:
    """What to tell this subscriber of the entry. `base_url` is where the API is reached."""
    subscription, entry, journal = telling.subscription, telling.entry, telling.journal
    name = _name(order, journal)
    shown = _shown(journal)
    return Said(
        title=f"[{order.key.id[:8]}] {name}",
        headline=_headline(entry, name),
        byline=byline(entry),
        tone=tone(entry.status),
        message=line(entry.message) if entry.message else None,
        note=entry.note.encode("utf-8", "replace").decode() if entry.note is not None else None,
        facts=tuple(_facts(entry, order, journal)),
        folded=len(journal) - len(shown),
        steps=tuple(_step(each, now=each.number == entry.number) for each in shown),
        missed=missed(telling.missed) if telling.missed else None,
        answer=_ANSWER,
        why=why(subscription, _what(subscription, order)),
        stop=stop(subscription, entry, base_url),
    )


def _name(order: Order, journal: Sequence[Entry]) -> str:
    """What a person calls the order. It stands in the subject: nothing in it may change with the state."""
    if order.numbers:
        first, more = line(order.numbers[0]), len(order.numbers) - 1
        which = first + (f" and {more} more" if more else "")
    else:
        which = line(journal[0].customer_order_id or "") if journal else ""
    noun = order.type.noun[0].upper() + order.type.noun[1:]
    return f"{noun} {which}".strip()[:120]


def _headline(entry: Entry, name: str) -> str:
    if entry.kind is Kind.NOTE:
        return f"New note on {name[0].lower()}{name[1:]}"
    return f"{name} is now {entry.status} ({words(entry.status)})"


def _facts(entry: Entry, order: Order, journal: Sequence[Entry]) -> list[tuple[str, str]]:
    """The key facts, each with its label."""
    facts = [("Order", order.key.id), ("Status", f"{entry.status} ({words(entry.status)})")]
    if entry.customer_order_id:
        facts.append(("Your order id", line(entry.customer_order_id)))
    if numbers := entry.completed_numbers or order.numbers:
        listed = ", ".join(map(line, numbers[:NUMBERS_SHOWN]))
        more = len(numbers) - NUMBERS_SHOWN
        facts.append(("Numbers", f"{listed} and {more} more" if more > 0 else listed))
    actual = next((each.actual_foc_date for each in reversed(journal) if each.actual_foc_date), None)
    if actual:
        facts.append(("FOC date", _when(actual)))
    elif wished := order.fact("RequestedFocDate"):
        facts.append(("FOC date asked for", line(wished)))
    return facts


def missed(count: int) -> str:
    """How many entries before this one were given up."""
    messages = "1 earlier message" if count == 1 else f"{count} earlier messages"
    return f"{messages} about this order could not be delivered to you. What happened stands below."


def _what(subscription: Subscription, order: Order) -> str:
    single = any(route.order_id == order.key.id for route in subscription.routes)
    return "this order" if single else f"every {order.type.noun} of account {subscription.account}"


def why(subscription: Subscription, what: str) -> str:
    """Why this person is told."""
    return f"You get this mail because {line(subscription.target.address)} is subscribed to {what}."


def stop(subscription: Subscription, entry: Entry, base_url: str) -> str:
    """How it ends."""
    if subscription.ends_at(entry):
        return f"This was the last step of the order: subscription {subscription.id} ends with it."
    path = f"/v1.0/accounts/{subscription.account}/subscriptions/{subscription.id}"
    return f"To stop these mails, delete subscription {subscription.id}: DELETE {base_url}{path}"


def _shown(journal: Sequence[Entry]) -> list[Entry]:
    """The journal, its middle left out where it is long."""
    if len(journal) <= STEPS_SHOWN:
        return list(journal)
    return [journal[0], *journal[1 - STEPS_SHOWN :]]


def _step(entry: Entry, *, now: bool) -> Step:
    """Notes are named by author and time, never by their text: that is for those they were told to."""
    what = {
        Kind.CREATED: f"placed: {entry.status} ({words(entry.status)})",
        Kind.STATUS: f"{entry.status} ({words(entry.status)})",
        Kind.NOTE: "note",
        Kind.NOTE_CHANGED: "note edited",
        Kind.DETAILS: "details changed",
        Kind.DOCUMENT: f"{entry.filed.type} {entry.filed.filing}" if entry.filed else "document",
        Kind.REMOVED: "draft removed",
    }[entry.kind]
    at = f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M}"
    return Step(at=at, what=what, by=_by(entry), mark="state" if entry.moves else "note", now=now)


def byline(entry: Entry) -> str:
    """Who did it, and when."""
    return f"{_by(entry)}, {_when(entry.at)}"


def _by(entry: Entry) -> str:
    return "automatically" if entry.by == SYSTEM else f"by {line(entry.by)}"


def _when(at: datetime) -> str:
    """In UTC and in English whatever the machine speaks: "Fri 04 Dec 2026, 15:30 UTC"."""
    at = at.astimezone(UTC)
    return f"{format_datetime(at)[:16].replace(',', '')}, {at:%H:%M} UTC"


def line(text: str) -> str:
    """On one line, without control characters, of bounded length."""
    joined = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return joined if len(joined) <= LONGEST_LINE else joined[: LONGEST_LINE - 1] + "…"
