"""What a mail about an event of the account says: the numbers first; there is no order to answer on."""

from chalicelib.notify.render import Said, byline, line, stop, why
from chalicelib.notify.states import words
from chalicelib.notify.telling import Telling

NUMBERS_SHOWN = 50

_ANSWER = "An answer to this mail reaches nobody: an event belongs to no order that a note could be left on."


def said_of_event(telling: Telling, *, base_url: str = "") -> Said:
    """What to tell this subscriber of the event. `base_url` is where the API is reached."""
    subscription, entry = telling.subscription, telling.entry
    account = entry.order.account
    events = f"GET {base_url}/v1.0/accounts/{account}/events"
    return Said(
        title=f"[{entry.order.id[:8]}] Events of account {account}",
        headline=f"{entry.status} ({words(entry.status)}) in account {account}",
        byline=byline(entry),
        tone="trouble",
        message=line(entry.message) if entry.message else None,
        note=None,
        facts=(
            ("Journal", entry.order.id),
            ("Entry", str(entry.number)),
            ("Numbers", _numbers(entry.completed_numbers)),
            ("All of it", f"{events}/{entry.number}"),
        ),
        folded=0,
        steps=(),
        missed=_missed(telling.missed, events) if telling.missed else None,
        answer=_ANSWER,
        why=why(subscription, f"events of account {account}"),
        stop=stop(subscription, entry, base_url),
        answerable=False,
    )


def _missed(count: int, events: str) -> str:
    """How many events before this one were given up, and where they stand: there is no journal in the mail."""
    messages = "1 earlier message" if count == 1 else f"{count} earlier messages"
    return f"{messages} about events of this account could not be delivered to you. {events} lists them."


def _numbers(numbers: tuple[str, ...]) -> str:
    listed, more = ", ".join(map(line, numbers[:NUMBERS_SHOWN])), len(numbers) - NUMBERS_SHOWN
    return f"{listed} and {more} more" if more > 0 else listed
