"""What events of an account, and subscriptions of version 2, cost on DynamoDB, after the life of an order."""

import json

from chalicelib import wiring
from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.event import events_of
from tests.edge.desk import ACCOUNT
from tests.store.costs import JSON, Life
from tests.store.meter import Bill

EVENT = (
    "<Event><EventType>MESSAGING_LOST</EventType><ImpactedTelephoneNumbers><TelephoneNumber>2015550100"
    "</TelephoneNumber></ImpactedTelephoneNumbers></Event>"
)
MAIL = (
    "<Subscription><EventType>MESSAGING_LOST</EventType><EmailSubscription><Email>ann@example.net</Email>"
    "</EmailSubscription></Subscription>"
)


class WholeLife(Life):
    """That of an order, and then this."""

    def live(self) -> dict[str, Bill]:
        """All of it."""
        super().live()
        wiring.use(self.services)
        try:
            self._events()
            self._version_2()
        finally:
            wiring.use(None)
        return self.bills

    def _events(self) -> None:
        with self._bill("`POST /subscriptions`, events"):
            mail = self._customer("POST", "/subscriptions", MAIL, Content_Type="application/xml").id
        for name in ("`POST /events`, the first", "`POST /events`"):
            self._raise(name)
        for _ in range(30):
            self._raise()
        self._announce_events("an event announced to one subscriber")
        ref = CursorRef(mail, events_of(ACCOUNT))
        self.services.tell(ref, new_work=True)
        self._raise()
        self._announce_events()
        with self._bill("a mail about an event told, whatever was before it"):
            self.services.tell(ref, new_work=True)
        self._ask("`GET /events`, 33", "GET", "/events")
        self._ask("`GET /events/{event}`", "GET", "/events/30")

    def _version_2(self) -> None:
        for name, filters in (
            ("one type", {"orderType": ["portins"]}), ("all types", {}), ("one order", {"orderId": [self.order]})
        ):  # fmt: skip
            hook = {"url": f"http://127.0.0.1:8181/{len(self.bills)}"}
            wish = {"definition": "Bandwidth_App_Order_Update", "filters": filters, "webhook": hook}
            path = "/v2/subscriptions"
            self._ask(f"`POST {path}`, {name}", "POST", path, json.dumps(wish), status=201, Accept=JSON)

    def _raise(self, name: str | None = None) -> None:
        if name is None:
            assert self._desk("POST", "/events", EVENT, Content_Type="application/xml").status == 201
            return
        with self._bill(name):
            reply = self._desk("POST", "/events", EVENT, Content_Type="application/xml")
        assert reply.status == 201

    def _announce_events(self, name: str = "") -> None:
        key = events_of(ACCOUNT)
        version = self._tables.ledger.marked(key)
        assert version is not None
        with self._bill(name):
            self.services.announce(key, version)
        self.bills.pop("", None)
