"""Everything of one machine, put together: started in the order in which it is needed, stopped in the reverse."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

from chalicelib import __version__, log, wire, wiring
from chalicelib.config import Settings
from chalicelib.domain.access import Credential, Role, secret_hash
from chalicelib.notify.mailers import Mailer
from infra.local.doorbell import Doorbell
from infra.local.inbox import Inbox
from infra.local.mail_in import Post, Reception
from infra.local.mail_out import Outbox, Relay
from infra.local.pump import Pump
from infra.local.server import Server
from infra.local.store import LocalStore
from infra.local.timer import Timer

STOP_SECONDS = 20.0
"""How long a stop waits for the attempts under way: the longest attempt takes 15 seconds."""


class Runtime:
    """A whole Docket in this process."""

    def __init__(self, settings: Settings) -> None:
        """Opens the state and listens. Raises OSError when a port is taken, StateInUse when another process owns it."""
        import app  # noqa: PLC0415 because the triggers belong to the process that has the state

        self.settings = settings
        self._closing = threading.Event()
        self.store = LocalStore.open(settings.state, fsync=settings.fsync, counted=settings.count_limit)
        self.store.release_leases()
        self._inbox = Inbox(settings.state / "inbox")
        self.doorbell = Doorbell(app.on_doorbell, senders=settings.senders, each=settings.senders_each)
        self._pump = Pump(self.store, app.on_entry)
        self.store.on_commit = self._pump.wake
        self._timer = Timer(app.sweep, seconds=settings.sweep_seconds)
        self._mails: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._listener = threading.Thread(target=self._listen, args=(app.on_mail,), name="post", daemon=True)
        self.services = wiring.compose(settings, self._adapters(), stopping=self._closing.is_set)
        wiring.use(self.services)
        self._keep_credentials()
        with _listening(settings.host, "DOCKET_PORT", settings.port):
            self._server = Server(app.app, host=settings.host, port=settings.port)
        reception = Reception(self._inbox, self._mails.put, domain=settings.mail_domain, now=wiring.now)
        self._smtp = Post(reception, host=settings.host, port=settings.smtp_port)

    @property
    def port(self) -> int:
        """Where HTTP listens."""
        return self._server.port

    @property
    def smtp_port(self) -> int:
        """Where SMTP listens."""
        return self._smtp.port

    def start(self) -> None:
        """Everything up; only then does HTTP answer."""
        wire.load()
        self.doorbell.start()
        for ref, seconds in self.store.pending(wiring.now()):
            self.doorbell.tell(ref, delay=seconds)
        for order, seconds in self.store.steps(wiring.now()):
            self.doorbell.step(order, delay=seconds)
        self._pump.start()
        self._listener.start()
        with _listening(self.settings.host, "DOCKET_SMTP_PORT", self.settings.smtp_port):
            self._smtp.start()
        self._timer.start()
        self._server.start()
        log.tell(
            "started",
            version=__version__,
            http=self.port,
            smtp=self.smtp_port,
            state=str(self.settings.state),
        )

    def stop(self) -> None:
        """Finish what is at hand, begin nothing; what is not told stays in the tables."""
        self._closing.set()
        self._server.stop(within=STOP_SECONDS)
        self._smtp.stop()
        self._timer.stop(within=STOP_SECONDS)
        self._mails.put(None)
        self._listener.join(STOP_SECONDS)
        self._pump.stop(within=STOP_SECONDS)
        self.doorbell.stop(within=STOP_SECONDS)
        self.store.close()
        wiring.use(None)
        log.tell("stopped")

    def _adapters(self) -> wiring.Adapters:
        store = self.store
        return wiring.Adapters(
            ledger=store.ledger, receipts=store.receipts, subscriptions=store.subscriptions, cursors=store.cursors,
            access=store.access, mails=self._inbox, documents=store.documents, bell=self.doorbell,
            mailer=self._mailer(), vitals=self._vitals,
        )  # fmt: skip

    def _mailer(self) -> Mailer:
        relay = self.settings.smtp_relay
        return Relay(relay) if relay else Outbox(self.settings.state / "outbox")

    def _vitals(self) -> Mapping[str, object]:
        return {"version": __version__, **self.store.vitals(), "bells": self.doorbell.waiting()}

    def _keep_credentials(self) -> None:
        """The first customer's and the operator's, as the settings say at each start."""
        settings = self.settings
        for user, password, role, accounts in (
            (settings.user, settings.password, Role.CUSTOMER, (settings.account,)),
            (settings.operator_user, settings.operator_password, Role.OPERATOR, ()),
        ):
            hashed = secret_hash(password or "", key=settings.service_key)
            first = Credential(user=user, role=role, accounts=accounts, secret_hash=hashed, made_at=wiring.now())
            self.store.access.keep(first)

    def _listen(self, on_mail: Callable[[dict[str, Any], object], object]) -> None:
        """Mail is heard one at a time; what fails, or comes too late, stays in `incoming` and is found by the sweep."""
        while (event := self._mails.get()) is not None and not self._closing.is_set():
            try:
                on_mail(event, None)
            except Exception as error:  # noqa: BLE001 because the next mail must be heard
                log.failed("post", error)


@contextmanager
def _listening(host: str, variable: str, port: int) -> Iterator[None]:
    """Say which port it was that could not be had."""
    try:
        yield
    except OSError as error:
        raise OSError(f"cannot listen on {host}:{port} ({variable}): {error.strerror or error}") from error
