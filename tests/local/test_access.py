"""An account's life on one machine: opened, let in, secrets changed under way, through a kill, shut out."""

import requests

from tests.local.client import DISCONNECT
from tests.local.process import OPERATOR, Docket

JSON = {"Accept": "application/json"}
Auth = tuple[str, str]


def ask(docket: Docket, auth: Auth, method: str, path: str, **said: object) -> requests.Response:
    """One request of the desk, or of a customer, in JSON."""
    site = docket.accounts.rpartition("/accounts/")[0]
    body = said or None
    return requests.request(method, f"{site}{path}", auth=auth, json=body, headers=JSON, timeout=30)


def place(docket: Docket, auth: Auth) -> requests.Response:
    """An order in the new account."""
    site = docket.accounts.rpartition("/accounts/")[0]
    return requests.post(
        f"{site}/accounts/9900007/disconnects", auth=auth, data=DISCONNECT, timeout=30,
        headers={"Content-Type": "application/xml"},
    )  # fmt: skip


def test_an_account_from_its_opening_to_the_end_of_a_secret(docket: Docket) -> None:
    """Nothing of it is lost with the process, and what was taken away stays so."""
    opened = ask(docket, OPERATOR, "POST", "/desk/accounts", accountId="9900007", name="Acme", timeZone="Europe/Berlin")
    assert opened.status_code == 201, opened.text
    assert opened.headers["Location"].endswith("/v1.0/desk/accounts/9900007")
    credentials = "/desk/accounts/9900007/credentials"
    made = ask(docket, OPERATOR, "POST", credentials, user="acme")
    assert made.status_code == 201, made.text
    old = made.json()["secret"]

    placed = place(docket, ("acme", old))
    assert placed.status_code == 201, placed.text
    path = placed.headers["Location"].partition("/accounts/")[2]
    assert ask(docket, ("acme", old), "GET", "/accounts/9900000/disconnects").status_code == 403
    assert ask(docket, ("acme", old), "GET", "/desk/accounts").status_code == 403

    new = ask(docket, OPERATOR, "POST", credentials, user="acme").json()["secret"]
    docket.kill()
    docket.start()
    for secret in (old, new):
        assert ask(docket, ("acme", secret), "GET", f"/accounts/{path}").status_code == 200
    assert ask(docket, OPERATOR, "POST", credentials, user="acme").status_code == 409

    assert ask(docket, OPERATOR, "DELETE", f"{credentials}/acme?secret=old").status_code == 204
    assert place(docket, ("acme", old)).status_code == 401
    assert place(docket, ("acme", new)).status_code == 201
    assert "lastUsedDate" in ask(docket, OPERATOR, "GET", f"{credentials}/acme").json()

    assert ask(docket, OPERATOR, "DELETE", f"{credentials}/acme").status_code == 204
    docket.kill()
    docket.start()
    assert place(docket, ("acme", new)).status_code == 401
    acts = [line["act"] for line in ask(docket, OPERATOR, "GET", "/desk/audit").json()["line"]]
    assert acts == ["credential removed", "secret removed", "secret added", "credential made", "account opened"]
    assert not [secret for secret in (old, new) if secret in docket.log.read_text()]
