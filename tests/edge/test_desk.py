"""Accounts and the audit, over HTTP."""

import json
from collections.abc import Mapping

import pytest

from chalicelib import wiring
from tests.edge.desk import OPERATOR, Caller, Reply
from tests.edge.requests import JSON

FULL = {
    "accountId": "9900007", "name": "Acme & Söhne", "timeZone": "Europe/Berlin", "language": "de-CH",
    "contact": "ops@example.net", "limits": {"subscriptions": 5}, "retention": {"orderDays": 30, "deliveryDays": 7},
}  # fmt: skip
ACCOUNTS = "//desk/accounts"
CREDENTIALS = f"{ACCOUNTS}/9900000/credentials"
NEVER = f"{ACCOUNTS}/9900042"
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


def test_new_numbers_are_ones_that_a_reply_address_can_hold() -> None:
    for _ in range(100):
        number = wiring._account_number()  # noqa: SLF001 because what it gives is a rule of others
        assert (len(number), number[0] != "0") == (7, True)


def test_an_operators_secret_is_not_given_by_leaving_out_its_role(operator: Caller) -> None:
    wish = {"user": OPERATOR[0], "secret": "long-enough-to-choose"}
    assert ask(operator, "POST", CREDENTIALS, wish).status == 409
    assert ask(operator, "POST", CREDENTIALS, {**wish, "role": "operator"}).status == 201
