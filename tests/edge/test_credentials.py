"""Credentials, over HTTP: given, rotated, withdrawn, refused, and when they were last used."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import StoreUnavailable
from infra.local.server import Gateway
from infra.local.store import LocalStore
from tests.edge.desk import OPERATOR, Caller
from tests.edge.requests import ORDER
from tests.edge.test_desk import ACCOUNTS, BAD, CREDENTIALS, NEVER, acts, ask

CHOSEN = "correct-horse-battery"


def test_a_credential_lets_its_user_in_and_its_secret_is_shown_once(
    operator: Caller, gateway: Gateway, logged: io.StringIO
) -> None:
    made = ask(operator, "POST", CREDENTIALS, {"user": "acme"})
    assert (made.status, made.id) == (201, "acme")
    secret = made.json["secret"]
    assert len(secret) == 32
    assert (made.json["role"], made.json["accountId"], made.json["secrets"]) == ("customer", ["9900000"], 1)
    acme = Caller(gateway, ("acme", secret))
    assert acme("POST", "/orders", ORDER).status == 201
    assert acme("GET", "//accounts/9900001/orders").status == 403
    seen = [ask(operator, "GET", path).text for path in (CREDENTIALS, f"{CREDENTIALS}/acme", "//desk/audit")]
    assert all(secret not in text and "hash" not in text.lower() for text in seen)
    assert secret not in logged.getvalue()
    listed = json.loads(seen[0])["credential"]
    assert [each["user"] for each in listed] == ["acme", "desk", "operator"]


def test_a_chosen_secret_is_not_repeated(operator: Caller, gateway: Gateway, logged: io.StringIO) -> None:
    made = ask(operator, "POST", CREDENTIALS, {"user": "acme", "secret": CHOSEN})
    assert (made.status, CHOSEN in made.text) == (201, False)
    assert Caller(gateway, ("acme", CHOSEN))("GET", "/orders").status == 200
    assert CHOSEN not in logged.getvalue()


def test_a_replay_shows_the_same_secret_and_gives_no_second_one(operator: Caller) -> None:
    made = [ask(operator, "POST", CREDENTIALS, {"user": "acme"}, Idempotency_Key="k") for _ in range(2)]
    assert made[0].json == made[1].json
    assert ask(operator, "GET", f"{CREDENTIALS}/acme").json["secrets"] == 1
    assert ask(operator, "POST", CREDENTIALS, {"user": "other2"}, Idempotency_Key="k").status == 422


def test_secrets_rotate_two_at_a_time(operator: Caller, gateway: Gateway) -> None:
    old = ask(operator, "POST", CREDENTIALS, {"user": "acme"}).json["secret"]
    new = ask(operator, "POST", CREDENTIALS, {"user": "acme"}).json["secret"]

    def answers() -> list[int]:
        return [Caller(gateway, ("acme", secret))("GET", "/orders").status for secret in (old, new)]

    assert answers() == [200, 200]
    third = ask(operator, "POST", CREDENTIALS, {"user": "acme"})
    assert (third.status, "two secrets" in third.text) == (409, True)
    shown = ask(operator, "GET", f"{CREDENTIALS}/acme").json
    assert (shown["secrets"], shown["oldSecretDate"] <= shown["secretDate"]) == (2, True)
    assert operator("DELETE", f"{CREDENTIALS}/acme?secret=old").status == 204
    assert answers() == [401, 200]
    only = ask(operator, "DELETE", f"{CREDENTIALS}/acme?secret=new")
    assert (only.status, "one secret only" in only.text) == (409, True)
    assert operator("DELETE", f"{CREDENTIALS}/acme").status == 204
    assert answers() == [401, 401]
    assert [act for _, act in acts(operator)] == [
        "credential made", "secret added", "secret removed", "credential removed"
    ]  # fmt: skip


def test_a_rotation_that_is_taken_back_leaves_the_old_secret(operator: Caller, gateway: Gateway) -> None:
    ask(operator, "POST", CREDENTIALS, {"user": "acme", "secret": CHOSEN})
    new = ask(operator, "POST", CREDENTIALS, {"user": "acme"}).json["secret"]
    assert operator("DELETE", f"{CREDENTIALS}/acme?secret=NEW").status == 204
    assert Caller(gateway, ("acme", new))("GET", "/orders").status == 401
    assert Caller(gateway, ("acme", CHOSEN))("GET", "/orders").status == 200


def test_a_credential_may_be_for_several_accounts_and_leaves_them_one_by_one(
    operator: Caller, gateway: Gateway
) -> None:
    sent = {"user": "acme", "accountId": ["9900001", "9900000"], "secret": CHOSEN}
    assert ask(operator, "POST", CREDENTIALS, sent).json["accountId"] == ["9900000", "9900001"]
    acme = Caller(gateway, ("acme", CHOSEN))
    assert acme("GET", "//accounts/9900001/orders").status == 200
    assert operator("DELETE", f"{CREDENTIALS}/acme").status == 204
    assert [acme("GET", path).status for path in ("/orders", "//accounts/9900001/orders")] == [403, 200]
    assert operator("DELETE", f"{CREDENTIALS}/acme").status == 404


@pytest.mark.parametrize(
    ("sent", "code", "names"),
    [
        ({}, "1003", "User"),
        ({"user": "a:b"}, "1008", "User"),
        ({"user": "a/b"}, "1008", "User"),
        ({"user": ".."}, "1008", "User"),
        ({"user": "x" * 101}, "1008", "User"),
        ({"user": "System"}, "1008", "User"),
        ({"user": "acme", "role": "king"}, "1008", "Role"),
        ({"user": "acme", "secret": "short-one"}, "1008", "Secret"),
        ({"user": "acme", "secret": f"{CHOSEN} x"}, "1008", "Secret"),
        ({"user": "acme", "secret": f" {CHOSEN}"}, "1008", "Secret"),
        ({"user": "acme", "secret": f"{CHOSEN}ä"}, "1008", "Secret"),
        ({"user": "acme", "secret": "x" * 201}, "1008", "Secret"),
        ({"user": "acme", "accountId": ["x"]}, "1008", "account number"),
        ({"user": "acme", "accountId": ["1"] * 21}, "1011", "AccountId"),
        ({"user": "acme", "accountId": [str(each) for each in range(1, 21)]}, "1011", "AccountId"),
        ({"user": "acme", "role": "operator", "accountId": ["9900001"]}, "1008", "AccountId"),
        ({"user": "acme", "password": "x"}, "1005", "Password"),
    ],
)
def test_what_is_wrong_with_a_credential_is_named(
    operator: Caller, logged: io.StringIO, sent: dict[str, object], code: str, names: str
) -> None:
    refused = ask(operator, "POST", CREDENTIALS, sent)
    said = refused.json["responseStatus"]
    assert (refused.status, said["errorCode"]) == (BAD, code), refused.text
    assert names in said["description"]
    if secret := str(sent.get("secret", "")):
        assert secret.strip() not in refused.text + logged.getvalue()


def test_a_user_belongs_to_who_has_it(operator: Caller) -> None:
    for sent in ({"user": "other"}, {"user": "desk", "role": "operator"}, {"user": "desk", "accountId": ["9900001"]}):
        assert ask(operator, "POST", CREDENTIALS, sent).status == 409
    assert ask(operator, "GET", f"{CREDENTIALS}/other").status == 404


def test_the_last_operator_stays_and_another_may_go(operator: Caller, gateway: Gateway) -> None:
    refused = ask(operator, "DELETE", f"{CREDENTIALS}/operator")
    assert (refused.status, "last operator" in refused.text) == (409, True)
    made = ask(operator, "POST", CREDENTIALS, {"user": "second", "role": "Operator", "secret": CHOSEN})
    assert (made.status, made.json["role"], made.json["accountId"]) == (201, "operator", [])
    second = Caller(gateway, ("second", CHOSEN))
    assert ask(second, "DELETE", f"{CREDENTIALS}/operator").status == 204
    assert ask(operator, "GET", ACCOUNTS).status == 401
    assert ask(second, "DELETE", f"{CREDENTIALS}/second").status == 409


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", NEVER, None),
        ("PUT", NEVER, {}),
        ("PUT", NEVER, {"timeZone": "!"}),
        ("GET", f"{NEVER}/credentials", None),
        ("POST", f"{NEVER}/credentials", {"user": "acme"}),
        ("POST", f"{NEVER}/credentials", {"user": "operator"}),
        ("POST", f"{NEVER}/credentials", {}),
        ("POST", CREDENTIALS, {"user": "acme", "accountId": ["9900042"]}),
        ("GET", f"{NEVER}/credentials/operator", None),
        ("DELETE", f"{NEVER}/credentials/operator", None),
        ("GET", f"{CREDENTIALS}/nobody", None),
        ("DELETE", f"{CREDENTIALS}/nobody", None),
        ("DELETE", f"{CREDENTIALS}/nobody?secret=old", None),
    ],
)
def test_what_is_not_there_is_404(operator: Caller, method: str, path: str, body: Mapping[str, object] | None) -> None:
    refused = ask(operator, method, path, body)
    assert (refused.status, refused.json["responseStatus"]["errorCode"]) == (404, "1016"), refused.text
    assert acts(operator) == []


@pytest.mark.parametrize("query", ["?secret=both", "?secrets=old", "?secret=old&secret=new"])
def test_a_withdrawal_that_is_not_understood_takes_nothing_away(operator: Caller, query: str) -> None:
    ask(operator, "POST", CREDENTIALS, {"user": "acme", "secret": CHOSEN})
    assert operator("DELETE", f"{CREDENTIALS}/acme{query}").status == BAD
    assert ask(operator, "GET", f"{CREDENTIALS}/acme").status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ACCOUNTS), ("POST", ACCOUNTS), ("GET", f"{ACCOUNTS}/9900000"), ("PUT", f"{ACCOUNTS}/9900000"),
        ("GET", CREDENTIALS), ("POST", CREDENTIALS), ("GET", f"{CREDENTIALS}/desk"), ("DELETE", f"{CREDENTIALS}/desk"),
        ("GET", "//desk/audit"),
    ],
)  # fmt: skip
def test_the_desk_is_the_operators_alone(customer: Caller, nobody: Caller, method: str, path: str) -> None:
    assert customer(method, path).status == 403
    assert nobody(method, path).status == 401


def test_an_account_that_was_never_opened_works_for_the_operator_only(
    operator: Caller, customer: Caller, gateway: Gateway
) -> None:
    """And for customers from when it is opened and their credential says so."""
    path = "//accounts/9900042/orders"
    assert operator("POST", path, ORDER).status == 201
    assert customer("GET", path).status == 403
    ask(operator, "POST", ACCOUNTS, {"accountId": "9900042"})
    assert customer("GET", path).status == 403
    ask(operator, "POST", f"{NEVER}/credentials", {"user": "acme", "secret": CHOSEN})
    assert Caller(gateway, ("acme", CHOSEN))("GET", path).status == 200


def test_the_last_use_is_noted_once_an_hour(customer: Caller, operator: Caller, store: LocalStore) -> None:
    def used() -> datetime:
        found = store.access.credential("desk")
        assert found is not None
        assert found.used_at is not None
        return found.used_at

    assert "lastUsedDate" not in ask(operator, "GET", f"{CREDENTIALS}/desk").json
    customer("GET", "/orders")
    first = used()
    customer("GET", "/orders")
    assert used() == first
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    store.access._writer.do(  # noqa: SLF001 because nothing else makes time pass in the table
        lambda connection: connection.execute("UPDATE credentials SET used_at = 0")
    )
    assert used() < long_ago
    assert customer("GET", "/orders/x").status == BAD
    assert used() > long_ago
    assert ask(operator, "GET", f"{CREDENTIALS}/desk").json["lastUsedDate"]


def test_a_wrong_secret_is_no_use(gateway: Gateway, store: LocalStore) -> None:
    assert Caller(gateway, ("desk", "wrong"))("GET", "/orders").status == 401
    found = store.access.credential("desk")
    assert found is not None
    assert found.used_at is None


def test_a_use_that_cannot_be_noted_costs_nobody_an_answer(
    customer: Caller, store: LocalStore, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(type(store.access), "note_use", broken)
    assert customer("POST", "/orders", ORDER).status == 201
    assert "http.use_not_noted" in logged.getvalue()


def test_users_whose_names_are_words_of_paths_are_found(operator: Caller) -> None:
    for user in ("Audit", "NOTES", "Desk"):
        assert ask(operator, "POST", CREDENTIALS, {"user": user}).status == 201
        assert ask(operator, "GET", f"{CREDENTIALS}/{user}").json["user"] == user
    assert ask(operator, "GET", f"//V1.0/Desk/ACCOUNTS/9900000/Credentials/{OPERATOR[0]}/").status == 200
