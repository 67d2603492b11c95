"""One life on DynamoDB, from HTTP to the last notification, and what each step of it costs. docs/tables.md shows it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import app
from chalicelib import wiring
from chalicelib.config import Settings
from chalicelib.domain.access import Credential, Role, secret_hash
from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import Attempt, Letter, Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.flow.ports import Telling
from chalicelib.store.adapters import Tables
from infra.local.server import Gateway
from tests.edge.desk import ACCOUNT, CUSTOMER, KEY, OPERATOR, Caller
from tests.edge.requests import NOTE, PORT_IN
from tests.store.clock import Clock
from tests.store.meter import Bill, metered

JSON = "application/json"
HOOK = (
    "<Subscription><OrderType>portins</OrderType>{order}<CallbackSubscription><URL>http://127.0.0.1:8181/{path}</URL>"
    "<Expiry>{expiry}</Expiry></CallbackSubscription></Subscription>"
)
MAIL = (
    "<Subscription><OrderType>portins</OrderType><EmailSubscription><Email>ann@example.net</Email>"
    "<DigestRequested>NONE</DigestRequested></EmailSubscription></Subscription>"
)


class Outside:
    """Bells that remember, receivers that answer as told, no mail. Stands for the queue, the network and the bucket."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.rung: list[CursorRef] = []
        self.outcome = Outcome.TOLD
        self._now = now

    def tell(self, ref: CursorRef, *, delay: float = 0, new_work: bool = False) -> None:  # noqa: ARG002 because the bell's port has them
        self.rung.append(ref)

    def compose(self, telling: Telling) -> Letter:  # noqa: ARG002 because the notifier's port has it
        return Letter(message_id="m", content_type="application/xml", body=b"x" * 600)

    def deliver(self, telling: Telling, letter: Letter, attempt: int) -> Attempt:  # noqa: ARG002 because the notifier's port has them
        reason = "200" if self.outcome is Outcome.TOLD else "503"
        return Attempt(at=self._now(), outcome=self.outcome, milliseconds=20, reason=reason, status=int(reason))

    def incoming(self, *, limit: int) -> list[str]:  # noqa: ARG002 because the port has it
        return []


class Shelf(dict[str, bytes]):
    """Bytes of documents; what S3 charges for them is told in words."""

    def put(self, blob: str, content: bytes) -> None:
        self[blob] = content

    def keep(self, blob: str) -> None:
        """It is where it was."""

    doubt = keep

    def read(self, blob: str) -> bytes | None:
        return self.get(blob)

    def remove(self, blob: str) -> None:
        self.pop(blob, None)

    def undecided(self, *, before: datetime, limit: int) -> list[str]:  # noqa: ARG002 because the port has them
        return []


class Life:
    """What happens, step by step, each with its name in the document."""

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._tables, self._clock, self.outside = tables, clock, Outside(clock)
        outside: Any = self.outside
        for (user, secret), role, accounts in ((CUSTOMER, Role.CUSTOMER, (ACCOUNT,)), (OPERATOR, Role.OPERATOR, ())):
            hashed = secret_hash(secret, key=KEY)
            tables.access.keep(Credential(user=user, role=role, accounts=accounts, secret_hash=hashed))
        adapters = wiring.Adapters(
            ledger=tables.ledger, receipts=tables.receipts, subscriptions=tables.subscriptions, cursors=tables.cursors,
            access=tables.access, mails=outside, documents=Shelf(), bell=outside, mailer=outside, vitals=dict,
        )  # fmt: skip
        made = wiring.compose(Settings(service_key=KEY, reply_keys=(b"r" * 32,)), adapters, clock=clock)
        self.services = replace(made, tell=replace(made.tell, notifier=outside))
        gateway = Gateway(app.app)
        self._customer, self._desk = Caller(gateway, CUSTOMER), Caller(gateway, OPERATOR)
        self.bills: dict[str, Bill] = {}

    def live(self) -> dict[str, Bill]:
        """All of it."""
        wiring.use(self.services)
        try:
            _ = [user("GET", "/subscriptions") for user in (self._customer, self._desk)]  # noted for this hour
            for step in (self._orders, self._subscriptions, self._notifications, self._end):
                step()
        finally:
            wiring.use(None)
        return self.bills

    @contextmanager
    def _bill(self, name: str) -> Iterator[None]:
        """Each step takes a second."""
        self._clock.at += timedelta(seconds=1)
        with metered(self._tables.ledger.connection) as bill:
            yield
        self.bills[name] = bill

    def _ask(self, name: str, method: str, path: str, body: str = "", *, status: int = 200, **headers: str) -> str:
        who = self._desk if path.endswith("/status") else self._customer
        with self._bill(name):
            reply = who(method, path, body, Content_Type=JSON if body.startswith("{") else "application/xml", **headers)
        assert reply.status == status, f"{name}: {reply.status} {reply.text}"
        return reply.headers.get("Location", "").rpartition("/")[2]

    def _orders(self) -> None:
        self.order = self._ask("`POST /portins`", "POST", "/portins", PORT_IN, status=201)
        self._ask(
            "`POST /portins` with an `Idempotency-Key`", "POST", "/portins", PORT_IN, status=201, Idempotency_Key="a"
        )
        self._ask("the same again", "POST", "/portins", PORT_IN, status=201, Idempotency_Key="a")
        for _ in range(18):
            assert self._customer("POST", "/portins", PORT_IN, Content_Type="application/xml").status == 201
        here = f"/portins/{self.order}"
        self._ask("`GET /portins/{order}`", "GET", here)
        self._ask("`GET /portins`, a page of 20", "GET", "/portins?page=1&size=20")
        self._lists()
        self._announce()
        note = self._ask("`POST …/notes`", "POST", f"{here}/notes", NOTE, status=201)
        self._announce()
        self._ask("`PUT …/notes/{note}`", "PUT", f"{here}/notes/{note}", NOTE.replace("Friday", "Monday"))
        self._ask("`GET …/notes`", "GET", f"{here}/notes")
        self._ask("`GET …/history`", "GET", f"{here}/history")
        self._announce()
        self._ask("`POST …/status`", "POST", f"{here}/status", '{"status": "FOC"}')
        self._files()
        self._supplements()
        with self._bill("wrong credentials"):
            wrong = Caller(Gateway(app.app), ("desk", "wrong-secret"))("GET", here)
        assert wrong.status == 401

    def _supplements(self) -> None:
        """Of orders of their own."""
        here = f"/portins/{self._customer('POST', '/portins', PORT_IN, Content_Type='application/xml').id}"
        self._ask("`PUT /portins/{order}`", "PUT", here, '{"requestedFocDate": "2026-04-01"}')
        self._ask("the same, changing nothing", "PUT", here, '{"requestedFocDate": "2026-04-01"}')
        self._ask("`DELETE /portins/{order}`", "DELETE", here)
        draft = '{"siteId": "743", "processingStatus": "DRAFT"}'
        here = f"/portins/{self._customer('POST', '/portins', draft, Content_Type=JSON).id}"
        self._ask("`DELETE /portins/{order}`, a draft", "DELETE", here)

    def _files(self) -> None:
        """Of an order of their own."""
        order = self._customer("POST", "/portins", PORT_IN, Content_Type="application/xml").id
        here = f"/portins/{order}/loas"
        file = self._ask("`POST …/loas`", "POST", here, "%PDF-1.7", status=201)
        self._ask("`GET …/loas`", "GET", here)
        self._ask("`GET …/loas/{file}`", "GET", f"{here}/{file}")
        self._ask("`PUT …/loas/{file}`", "PUT", f"{here}/{file}", "%PDF-1.8")
        name = '{"documentName": "letter", "documentType": "OTHER"}'
        self._ask("`PUT …/loas/{file}/metadata`", "PUT", f"{here}/{file}/metadata", name)
        self._ask("`DELETE …/loas/{file}`", "DELETE", f"{here}/{file}")

    def _lists(self) -> None:
        """Each filter finds all 20."""
        for name, query in (
            ("by state", "status=submitted"), ("by date", "startdate=20-01-01&enddate=2099-01-01"),
            ("by customer order id", "customerOrderId=PORT%207"), ("by number", "orderTn=2015550100"),
            ("by billing number", "tn=2015550100"), ("by user, which has no index", "userid=desk"),
            ("with what was sent", "orderDetails=true"),
        ):  # fmt: skip
            self._ask(f"`GET /portins`, a page of 20 {name}", "GET", f"/portins?page=1&size=20&{query}")
        self._ask("`GET /portins/totals`", "GET", "/portins/totals")
        self._ask("`GET /portins/totals` of one state", "GET", "/portins/totals?status=submitted")
        self._ask("`GET /portins/{order}/tns`", "GET", f"/portins/{self.order}/tns")
        many = "".join(f"<PhoneNumber>202{number:07}</PhoneNumber>" for number in range(1000))
        request = PORT_IN.replace("<PhoneNumber>2015550100</PhoneNumber>", many)
        self._ask("`POST /portins` with 1,000 numbers", "POST", "/portins", request, status=201)

    def _subscriptions(self) -> None:
        whole = HOOK.format(order="", path="all", expiry=600)
        one = HOOK.format(order=f"<OrderId>{self.order}</OrderId>", path="one", expiry=600)
        self.whole = self._ask("`POST /subscriptions`, a whole type", "POST", "/subscriptions", whole, status=201)
        self.one = self._ask("`POST /subscriptions`, one order", "POST", "/subscriptions", one, status=201)
        self._ask("`GET /subscriptions`, two", "GET", "/subscriptions")
        self._ask("`GET /subscriptions/{id}`", "GET", f"/subscriptions/{self.whole}")
        self._ask("`PUT /subscriptions/{id}`", "PUT", f"/subscriptions/{self.whole}", whole.replace("600", "900"))
        mail = self._customer("POST", "/subscriptions", MAIL, Content_Type="application/xml").id
        self._ask("`DELETE /subscriptions/{id}`", "DELETE", f"/subscriptions/{mail}")

    def _notifications(self) -> None:
        self._announce()
        self._tell("five entries passed that it does not hear of", self.whole)
        self._note()
        self._announce("an entry announced to two subscribers")
        self._tell("the first callback told", self.whole)
        self._note()
        self._announce()
        self._tell("a callback told", self.whole)
        self._note()
        self._announce()
        self.outside.outcome = Outcome.NOT_TOLD
        self._tell("a callback that failed", self.whole)
        self.outside.outcome = Outcome.TOLD
        self._tell("a bell that rings for nothing", self.whole)
        mail = self._customer("POST", "/subscriptions", MAIL, Content_Type="application/xml").id
        self._note()
        self._announce()
        self._tell("the first e-mail told", mail)
        self._note()
        self._announce()
        self._tell("an e-mail told", mail)

    def _end(self) -> None:
        ref = self._ref(self.one)
        self.services.tell(ref, new_work=True)
        moved = self._desk("POST", f"/portins/{self.order}/status", '{"status": "CANCELLED"}', Content_Type=JSON)
        assert moved.status == 200
        self._announce("the final entry announced to three; the order's 18 items learn when to go")
        self._tell("the final entry told, which ends the subscription", self.one)
        self.services.sweep()
        with self._bill("a sweep that finds nothing"):
            self.services.sweep()

    def _note(self) -> None:
        note = NOTE.replace("Friday", f"day {len(self.bills)} of {len(self.outside.rung)}")
        assert (
            self._customer("POST", f"/portins/{self.order}/notes", note, Content_Type="application/xml").status == 201
        )

    def _announce(self, name: str | None = None) -> None:
        key = OrderKey(ACCOUNT, "portins", self.order)
        version = self._tables.ledger.marked(key)
        assert version is not None
        with self._bill(name) if name else nullcontext():
            self.services.announce(key, version)

    def _tell(self, name: str, subscription_id: str) -> None:
        with self._bill(name):
            self.services.tell(self._ref(subscription_id), new_work=True)

    def _ref(self, subscription_id: str) -> CursorRef:
        return CursorRef(subscription_id, OrderKey(ACCOUNT, "portins", self.order))
