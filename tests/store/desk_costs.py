"""What accounts, credentials and the audit cost on DynamoDB, after the life of everything else."""

import json
from datetime import timedelta

from chalicelib import wiring
from tests.store.costs import JSON
from tests.store.event_costs import WholeLife
from tests.store.meter import Bill

ACCOUNTS = "//desk/accounts"
NEW = {"accountId": "9900007", "name": "Acme"}
USERS = f"{ACCOUNTS}/9900007/credentials"


class DeskLife(WholeLife):
    """That of orders and events, and then this."""

    def live(self) -> dict[str, Bill]:
        """All of it."""
        super().live()
        wiring.use(self.services)
        try:
            self._accounts()
            self._credentials()
            self._clock.at += timedelta(hours=2)
            self._ask("`GET /portins/{order}`, the first request in an hour", "GET", f"/portins/{self.order}")
        finally:
            wiring.use(None)
        return self.bills

    def _accounts(self) -> None:
        self._desk("GET", ACCOUNTS)
        self._run("`POST /desk/accounts`", "POST", ACCOUNTS, NEW, status=201)
        self._run("`GET /desk/accounts`, two", "GET", ACCOUNTS)
        self._run("`GET /desk/accounts/{account}`", "GET", f"{ACCOUNTS}/9900007")
        self._run("`PUT /desk/accounts/{account}`", "PUT", f"{ACCOUNTS}/9900007", {"name": "Acme Ltd"})

    def _credentials(self) -> None:
        self._run("`POST …/credentials`, a new user", "POST", USERS, {"user": "acme"}, status=201)
        self._run("`POST …/credentials`, a second secret", "POST", USERS, {"user": "acme"}, status=201)
        self._run("`GET …/credentials`, two", "GET", USERS)
        self._run("`GET …/credentials/{user}`", "GET", f"{USERS}/acme")
        self._run("`DELETE …/credentials/{user}`, one secret", "DELETE", f"{USERS}/acme?secret=old", status=204)
        self._run("`DELETE …/credentials/{user}`", "DELETE", f"{USERS}/acme", status=204)
        self._run("`GET /desk/audit`, six lines", "GET", "//desk/audit")

    def _run(self, name: str, method: str, path: str, said: object = None, *, status: int = 200) -> None:
        body = json.dumps(said) if said else ""
        with self._bill(name):
            reply = self._desk(method, path, body, Content_Type=JSON)
        assert reply.status == status, f"{name}: {reply.status} {reply.text}"
