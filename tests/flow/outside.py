"""The world around the verbs, in the tests' hand: the clock, the bells, the receivers, the mail that came in."""

import email
import email.policy
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import Attempt, Letter, Outcome, message_id
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import Mailbox
from chalicelib.flow.ports import Telling


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, seconds: float) -> None:
        """So much later."""
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Ring:
    """A bell that was rung: for a cursor, for the rest of an announcement, or for the next step of an order."""

    due: datetime
    ref: CursorRef | None = None
    new_work: bool = False
    order: OrderKey | None = None
    number: int = 0
    start: str = ""
    step: bool = False


class Bells:
    """Remembers every ring; the test answers them, in any order, often, or never."""

    def __init__(self, clock: Clock) -> None:
        self.rings: list[Ring] = []
        self._clock = clock

    def tell(self, ref: CursorRef, *, delay: float = 0, new_work: bool = False) -> None:
        self.rings.append(Ring(self._clock.now + timedelta(seconds=delay), ref=ref, new_work=new_work))

    def announce(self, order: OrderKey, number: int, *, start: str) -> None:
        self.rings.append(Ring(self._clock.now, order=order, number=number, start=start))

    def step(self, order: OrderKey, *, delay: float = 0) -> None:
        self.rings.append(Ring(self._clock.now + timedelta(seconds=delay), order=order, step=True))

    def take_due(self) -> list[Ring]:
        """What is to be answered by now; no longer there afterwards."""
        due = [ring for ring in self.rings if ring.due <= self._clock.now]
        self.rings = [ring for ring in self.rings if ring.due > self._clock.now]
        return due


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One request at a receiver."""

    at: datetime
    subscription_id: str
    order: OrderKey
    number: int
    message_id: str
    content_type: str
    body: bytes
    outcome: Outcome
    attempt: int

    @property
    def missed(self) -> int:
        """What the letter says was missed before it."""
        return int(self.body.split(b" missed ")[1])


Answer = Outcome | Exception | Attempt


class Receivers:
    """Implements Notifier: every subscription's receiver answers as told, at first 200."""

    def __init__(self, clock: Clock) -> None:
        self.arrivals: list[Arrival] = []
        self.answers: defaultdict[str, Callable[[], Answer]] = defaultdict(lambda: lambda: Outcome.TOLD)
        self.watch: Callable[[Telling], None] = lambda _: None
        self._clock = clock

    def script(self, subscription_id: str, *answers: Answer) -> None:
        """Answer so, one after the other, and then 200."""
        waiting = list(answers)
        self.answers[subscription_id] = lambda: waiting.pop(0) if waiting else Outcome.TOLD

    def compose(self, telling: Telling) -> Letter:
        ref = CursorRef(telling.subscription.id, telling.entry.order)
        body = f"entry {telling.entry.number} missed {telling.missed}".encode()
        content_type = "message/rfc822" if isinstance(telling.subscription.target, Mailbox) else "application/xml"
        return Letter(message_id=message_id(ref, telling.entry.number), content_type=content_type, body=body)

    def deliver(self, telling: Telling, letter: Letter, attempt: int) -> Attempt:
        self.watch(telling)
        answer = self.answers[telling.subscription.id]()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Outcome):
            known = {Outcome.TOLD: (200, "200 OK"), Outcome.GONE: (410, "410 Gone")}
            status, reason = known.get(answer, (500, "500 Internal Server Error"))
            answer = Attempt(at=self._clock.now, outcome=answer, milliseconds=1, reason=reason, status=status)
        self.arrivals.append(
            Arrival(
                at=self._clock.now, subscription_id=telling.subscription.id, order=telling.entry.order,
                number=telling.entry.number, message_id=letter.message_id,
                content_type=letter.content_type, body=letter.body,
                outcome=answer.outcome, attempt=attempt,
            )
        )  # fmt: skip
        return replace(answer, at=self._clock.now)


@dataclass
class Mailbag:
    """Implements Mails, in two dictionaries."""

    waiting: dict[str, bytes] = field(default_factory=dict)
    filed: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def incoming(self, *, limit: int) -> Sequence[str]:
        return list(self.waiting)[:limit]

    def read(self, name: str) -> bytes | None:
        return self.waiting.get(name)

    def file(self, name: str, folder: str, *, why: Mapping[str, str]) -> None:
        if self.waiting.pop(name, None) is not None:
            self.filed[name] = (folder, dict(why))


class Reader:
    """Implements hear's Reader for the plain mails of these tests."""

    def automatic(self, raw: bytes, own_domains: Collection[str] = ()) -> str | None:
        mail = _mail(raw)
        if self.sender(raw) and (self.sender(raw) or "").rpartition("@")[2] in own_domains:
            return "a loop"
        return "an automatic answer" if mail["Auto-Submitted"] else None

    def reply_text(self, raw: bytes) -> str:
        return str(_mail(raw).get_content())

    def sender(self, raw: bytes) -> str | None:
        sender = _mail(raw)["From"]
        return None if sender is None else str(sender)

    def addressees(self, raw: bytes) -> Sequence[str]:
        return [address.addr_spec for address in _mail(raw)["To"].addresses]

    def message_id(self, raw: bytes) -> str:
        return str(_mail(raw)["Message-ID"] or "")

    def may_speak_for(self, sender: str, subscribed: str) -> bool:
        domains = {sender.rpartition("@")[2].lower(), subscribed.rpartition("@")[2].lower()}
        return sender.lower() == subscribed.lower() or (len(domains) == 1 and "gmail.com" not in domains)


def _mail(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)
