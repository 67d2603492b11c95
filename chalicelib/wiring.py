"""Where the verbs meet their adapters; the only place that knows both. Inert until `services` is called.

On AWS the adapters are those of `store`; one machine brings its own and calls `compose` and `use`.
"""

import secrets
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from chalicelib import __version__, config, inbox
from chalicelib.config import Settings
from chalicelib.flow.accept import Accept
from chalicelib.flow.admit import Admit
from chalicelib.flow.announce import Announce
from chalicelib.flow.attach import Attach
from chalicelib.flow.hear import Hear
from chalicelib.flow.ports import Access, Bell, Cursors, Documents, Ledger, Mails, Receipts, Subscriptions
from chalicelib.flow.step import TakeStep
from chalicelib.flow.subscribe import Subscribe
from chalicelib.flow.sweep import Sweep
from chalicelib.flow.tell import Pace, Tell
from chalicelib.notify.by_callback import CallbackSender
from chalicelib.notify.by_mail import Letterhead
from chalicelib.notify.egress import Egress
from chalicelib.notify.guard import Guard
from chalicelib.notify.mailers import Mailer, SesMailer
from chalicelib.notify.notifier import Courier
from chalicelib.notify.signature import new_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapters:
    """What keeps the ports' promises in one world, and its way out for mail."""

    ledger: Ledger
    receipts: Receipts
    subscriptions: Subscriptions
    cursors: Cursors
    access: Access
    mails: Mails
    documents: Documents
    bell: Bell
    mailer: Mailer
    vitals: Callable[[], Mapping[str, object]]


class UrlCheck(Protocol):
    """Says whether a URL may be called."""

    def check(self, url: str) -> None:
        """Raise AddressRefused when it may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that the edge may call."""

    settings: Settings
    accept: Accept
    admit: Admit
    attach: Attach
    subscribe: Subscribe
    announce: Announce
    tell: Tell
    hear: Hear
    sweep: Sweep
    step: TakeStep
    ledger: Ledger
    access: Access
    guard: UrlCheck
    now: Callable[[], datetime]
    vitals: Callable[[], Mapping[str, object]]


def now() -> datetime:
    """The time, in UTC, to the millisecond: the precision that is stored and shown."""
    at = datetime.now(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def compose(
    settings: Settings,
    adapters: Adapters,
    *,
    clock: Callable[[], datetime] = now,
    stopping: Callable[[], bool] = lambda: False,
) -> Services:
    """The verbs over these adapters. Once `stopping` is true, no attempt begins."""
    guard = Guard(settings.callback_allow)
    courier = Courier(
        callbacks=CallbackSender(Egress(guard, connections=settings.senders), now=clock), mailer=adapters.mailer,
        letterhead=Letterhead(
            domain=settings.mail_domain, keys=reply_keys(settings), base_url=settings.base_url or ""
        ),
        now=clock,
    )  # fmt: skip
    accept = Accept(
        ledger=adapters.ledger, receipts=adapters.receipts, now=clock, new_id=uuid.uuid4,
        autopilot=settings.autopilot, wake=lambda order, delay: adapters.bell.step(order, delay=delay),
    )  # fmt: skip
    step = TakeStep(ledger=adapters.ledger, accept=accept, now=clock)
    admit = Admit(
        access=adapters.access, accept=accept, key=settings.service_key, now=clock,
        new_token=lambda: uuid.uuid4().hex, new_number=_account_number,
    )  # fmt: skip
    attach = Attach(
        accept=accept, ledger=adapters.ledger, documents=adapters.documents, now=clock,
        new_token=lambda: uuid.uuid4().hex,
    )  # fmt: skip
    announce = Announce(
        ledger=adapters.ledger, subscriptions=adapters.subscriptions, cursors=adapters.cursors, bell=adapters.bell,
        accept=accept, now=clock,
    )  # fmt: skip
    hear = Hear(
        mails=adapters.mails, subscriptions=adapters.subscriptions, accept=accept, reader=inbox,
        keys=reply_keys(settings), domain=settings.mail_domain, now=clock,
    )  # fmt: skip
    return Services(
        settings=settings, accept=accept, admit=admit, step=step, attach=attach, announce=announce, hear=hear,
        subscribe=Subscribe(
            ledger=adapters.ledger, subscriptions=adapters.subscriptions, accept=accept, now=clock,
            new_id=uuid.uuid4, new_secret=new_secret, limit=settings.subscription_limit,
        ),
        tell=Tell(
            ledger=adapters.ledger, subscriptions=adapters.subscriptions, cursors=adapters.cursors,
            notifier=courier, bell=adapters.bell, now=clock, new_token=lambda: uuid.uuid4().hex,
            stopping=stopping,
            pace=Pace(schedule=settings.retry_schedule, slack=timedelta(seconds=settings.clock_slack)),
        ),
        sweep=Sweep(
            ledger=adapters.ledger, subscriptions=adapters.subscriptions, cursors=adapters.cursors,
            mails=adapters.mails, bell=adapters.bell, announce=announce, hear=hear, attach=attach, step=step,
            now=clock,
        ),
        ledger=adapters.ledger, access=adapters.access, guard=guard, now=clock,
        vitals=adapters.vitals,
    )  # fmt: skip


def _account_number() -> str:
    """A number of seven digits, as the first account has; whether it is free shows when it is written."""
    return str(secrets.randbelow(9_000_000) + 1_000_000)


def reply_keys(settings: Settings) -> dict[int, bytes]:
    """The reply keys by the id that stands in an address: their place in the setting, from 1."""
    return dict(enumerate(settings.reply_keys, start=1))


_services: Services | None = None
_building = threading.Lock()


def use(services: Services | None) -> None:
    """Let `services` answer with these from now on; None: build anew when asked next."""
    global _services  # noqa: PLW0603 because a process has one composition, built on first use
    _services = services


def services() -> Services:
    """The process's services, built on first use."""
    with _building:
        if _services is None:
            use(_on_aws(config.of_process()))
    assert _services is not None  # noqa: S101 because mypy cannot see through `use`
    return _services


def _on_aws(settings: Settings) -> Services:
    """The adapters of AWS, imported here because one machine must not pay for PynamoDB."""
    from chalicelib.store.adapters import on_aws  # noqa: PLC0415 because of what it costs

    aws = on_aws(settings, now=now)
    tables = aws.tables
    adapters = Adapters(
        ledger=tables.ledger, receipts=tables.receipts, subscriptions=tables.subscriptions, cursors=tables.cursors,
        access=tables.access, mails=aws.mails, documents=aws.documents, bell=aws.bell, mailer=SesMailer(),
        vitals=lambda: {"version": __version__},
    )  # fmt: skip
    return compose(settings, adapters)
