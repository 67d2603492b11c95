"""Accounts, credentials and their audit, over HTTP."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import wiring
from chalicelib.domain.errors import StoreUnavailable
from infra.local.server import Gateway
from infra.local.store import LocalStore
from tests.edge.desk import OPERATOR, Caller, Reply
from tests.edge.requests import JSON, ORDER

FULL = {
    "accountId": "9900007", "name": "Acme & Söhne", "timeZone": "Europe/Berlin", "language": "de-CH",
    "contact": "ops@example.net", "limits": {"subscriptions": 5}, "retention": {"orderDays": 30, "deliveryDays": 7},
}  # fmt: skip
ACCOUNTS = "//desk/accounts"
CREDENTIALS = f"{ACCOUNTS}/9900000/credentials"
NEVER = f"{ACCOUNTS}/9900042"
CHOSEN = "correct-horse-battery"
BAD = 400


def ask(caller: Caller, method: str, path: str, body: Mapping[str, object] | None = None, **headers: str) -> Reply:
    """A request in JSON."""
    return caller(method, path, json.dumps(body) if body is not None else "", Content_Type=JSON, Accept=JSON, **headers)


def acts(operator: Caller) -> list[tuple[str, str]]:
    """What the audit says, oldest first."""
    lines = ask(operator, "GET", "//desk/audit").json["line"]
    return [(line["by"], line["act"]) for line in reversed(lines)]


def test_an_account_is_opened_read_and_changed_and_what_is_not_said_goes_back(operator: Caller) -> None:
    made = ask(operator, "POST", ACCOUNTS, FULL)
    assert (made.status, made.headers["Location"]) == (201, "http://desk.test/desk/accounts/9900007")
    shown = {name: value for name, value in made.json.items() if not name.endswith("Date")}
    assert shown == FULL
    assert ask(operator, "GET", f"{ACCOUNTS}/9900007").json == made.json
    changed = ask(operator, "PUT", f"{ACCOUNTS}/9900007", {"name": "Acme", "contact": "ops@example.net"})
    assert changed.status == 200
    left = {name: value for name, value in changed.json.items() if not name.endswith("Date")}
    assert left == {
        "accountId": "9900007", "name": "Acme", "timeZone": "UTC", "language": "en", "contact": "ops@example.net"
    }  # fmt: skip
    assert changed.json["openedDate"] == made.json["openedDate"]
    [line] = ask(operator, "GET", "//desk/audit?size=1").json["line"]
    assert (line["by"], line["act"], line["accountId"]) == ("operator", "account changed", "9900007")
    assert set(line["field"]) == {"name", "timeZone", "language", "subscriptions", "orderDays", "deliveryDays"}


def test_what_was_read_may_be_sent_back_and_changes_nothing(operator: Caller) -> None:
    """In XML too, which has the same elements."""
    ask(operator, "POST", ACCOUNTS, FULL)
    read = operator("GET", f"{ACCOUNTS}/9900007")
    assert read.said("Retention/OrderDays") == "30"
    assert operator("PUT", f"{ACCOUNTS}/9900007", read.content).text == read.text
    assert acts(operator) == [("operator", "account opened")]


def test_an_account_without_a_number_gets_a_free_one(operator: Caller) -> None:
    made = [ask(operator, "POST", ACCOUNTS, {}, Idempotency_Key=key) for key in ("a", "a", "b")]
    assert [reply.status for reply in made] == [201] * 3
    assert made[0].id == made[1].id != made[2].id
    assert made[0].id.isdigit()
    assert len(acts(operator)) == 2


def test_an_account_is_opened_once(operator: Caller) -> None:
    refused = ask(operator, "POST", ACCOUNTS, {"accountId": "9900000"})
    assert (refused.status, refused.json["responseStatus"]["errorCode"]) == (409, "1005")
    assert ask(operator, "POST", ACCOUNTS, FULL, Idempotency_Key="k").status == 201
    assert ask(operator, "POST", ACCOUNTS, {**FULL, "name": "x"}, Idempotency_Key="k").status == 422


@pytest.mark.parametrize(
    ("sent", "code", "names"),
    [
        ({"accountId": "099"}, "1008", "AccountId"),
        ({"accountId": "12345678901"}, "1008", "AccountId"),
        ({"name": "x" * 101}, "1011", "Name"),
        ({"timeZone": "Europe/Atlantis"}, "1008", "TimeZone"),
        ({"timeZone": "Europe"}, "1008", "TimeZone"),
        ({"timeZone": "../secrets.json"}, "1008", "TimeZone"),
        ({"language": "german"}, "1008", "Language"),
        ({"contact": "ops at example.net"}, "1008", "Contact"),
        ({"limits": {"subscriptions": 0}}, "1004", "Subscriptions"),
        ({"limits": {"subscriptions": "many"}}, "1014", "Subscriptions"),
        ({"limits": {"orders": 5}}, "1005", "orders"),
        ({"retention": {"orderDays": 36501}}, "1006", "OrderDays"),
        ({"retention": {"deliveryDays": 1.5}}, "1014", "DeliveryDays"),
        ({"timezone2": "UTC"}, "1005", "imezone2"),
    ],
)
def test_what_is_wrong_with_an_account_is_named(
    operator: Caller, sent: dict[str, object], code: str, names: str
) -> None:
    for method, path in (("POST", ACCOUNTS), ("PUT", f"{ACCOUNTS}/9900000")):
        refused = ask(operator, method, path, sent)
        said = refused.json["responseStatus"]
        assert (refused.status, said["errorCode"]) == (BAD, code), refused.text
        assert names.lower() in said["description"].lower()
    assert acts(operator) == []


def test_all_that_is_wrong_is_said_at_once(operator: Caller) -> None:
    refused = ask(operator, "POST", ACCOUNTS, {"timeZone": "x", "language": "!", "contact": "y"})
    assert all(name in refused.text for name in ("TimeZone", "Language", "Contact"))


def test_an_account_keeps_its_number(operator: Caller) -> None:
    assert ask(operator, "PUT", f"{ACCOUNTS}/9900000", {"accountId": "9900001"}).status == BAD


def test_accounts_are_listed_by_number_in_pages(operator: Caller) -> None:
    for number in ("9900005", "9900003", "77"):
        ask(operator, "POST", ACCOUNTS, {"accountId": number})
    assert numbers(ask(operator, "GET", ACCOUNTS)) == ["77", "9900000", "9900001", "9900003", "9900005"]
    page = ask(operator, "GET", f"{ACCOUNTS}?size=2")
    found = numbers(page)
    while following := page.json["links"].get("next"):
        page = ask(operator, "GET", "/" + following.partition("desk.test")[2].partition(">")[0])
        assert 'rel="first"' in page.json["links"]["first"]
        found += numbers(page)
    assert found == ["77", "9900000", "9900001", "9900003", "9900005"]


def numbers(page: Reply) -> list[str]:
    return [each["accountId"] for each in page.json["account"]]


@pytest.mark.parametrize("path", [ACCOUNTS, "//desk/audit"])
@pytest.mark.parametrize("query", ["?size=0", "?size=1001", "?size=x", "?page=%C3%A4", "?pgae=1", "?page=1&page=2"])
def test_what_cannot_be_listed_is_refused(operator: Caller, path: str, query: str) -> None:
    assert ask(operator, "GET", path + query).status == BAD


def test_the_audit_is_paged_newest_first(operator: Caller) -> None:
    for number in range(5):
        ask(operator, "PUT", f"{ACCOUNTS}/9900000", {"name": f"name {number}"})
    whole = ask(operator, "GET", "//desk/audit").json
    page = ask(operator, "GET", "//desk/audit?size=2").json
    lines = page["line"]
    while following := page["links"].get("next"):
        page = ask(operator, "GET", "/" + following.partition("desk.test")[2].partition(">")[0]).json
        lines += page["line"]
    assert lines == whole["line"]
    assert [line["id"] for line in lines] == sorted((line["id"] for line in lines), reverse=True)


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


def test_new_numbers_are_ones_that_a_reply_address_can_hold() -> None:
    for _ in range(100):
        number = wiring._account_number()  # noqa: SLF001 because what it gives is a rule of others
        assert (len(number), number[0] != "0") == (7, True)
