"""The table of docs/http.md that says of every place and method what it answers, finds things by, and costs.

Made from what answers requests (the OpenAPI document) and from the figures of docs/tables.md, which a test counts.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.edge import entrance, openapi
from chalicelib.edge.place import OPEN, Spot
from infra.marked import filled

_ACCOUNT = "/accounts/{account}"
DOCS = Path(__file__).parent.parent / "docs"

_COSTS: dict[tuple[Spot, str], str] = {
    (Spot.ORDERS, "POST"): "`POST /portins`", (Spot.ORDERS, "GET"): "`GET /portins`, a page of 20",
    (Spot.STANDING, "GET"): "`GET /portins`, a page of 20",
    (Spot.SITE_ORDERS, "GET"): "`GET /portins`, a page of 20 by user, which has no index",
    (Spot.ORDER, "GET"): "`GET /portins/{order}`", (Spot.SITE_ORDER, "GET"): "`GET /portins/{order}`",
    (Spot.TOTALS, "GET"): "`GET /portins/totals`", (Spot.TNS, "GET"): "`GET /portins/{order}/tns`",
    (Spot.SITE_TNS, "GET"): "`GET /portins/{order}/tns`", (Spot.ORDER_TOTALS, "GET"): "`GET /portins/{order}/tns`",
    (Spot.AREA_CODES, "GET"): "`GET /portins/{order}/tns`", (Spot.NPA_NXX, "GET"): "`GET /portins/{order}/tns`",
    (Spot.NOTES, "POST"): "`POST …/notes`", (Spot.NOTES, "PUT"): "`POST …/notes`",
    (Spot.NOTES, "GET"): "`GET …/notes`", (Spot.NOTE, "GET"): "`GET …/notes`",
    (Spot.NOTE, "PUT"): "`PUT …/notes/{note}`", (Spot.NOTE, "POST"): "`PUT …/notes/{note}`",
    (Spot.HISTORY, "GET"): "`GET …/history`", (Spot.STATUS, "POST"): "`POST …/status`",
    (Spot.LOAS, "GET"): "`GET …/loas`", (Spot.LOAS, "POST"): "`POST …/loas`",
    (Spot.LOA, "GET"): "`GET …/loas/{file}`", (Spot.LOA, "PUT"): "`PUT …/loas/{file}`",
    (Spot.LOA, "DELETE"): "`DELETE …/loas/{file}`", (Spot.LOA_METADATA, "GET"): "`GET …/loas`",
    (Spot.LOA_METADATA, "PUT"): "`PUT …/loas/{file}/metadata`",
    (Spot.LOA_METADATA, "DELETE"): "`PUT …/loas/{file}/metadata`",
    (Spot.SUBSCRIPTIONS, "POST"): "`POST /subscriptions`, a whole type",
    (Spot.SUBSCRIPTIONS_V2, "POST"): "`POST /v2/subscriptions`, one type",
    (Spot.EVENTS, "POST"): "`POST /events`",
    (Spot.EVENTS, "GET"): "`GET /events`, 33",
    (Spot.EVENT, "GET"): "`GET /events/{event}`",
    (Spot.SUBSCRIPTIONS, "GET"): "`GET /subscriptions`, two",
    (Spot.SUBSCRIPTIONS_V2, "GET"): "`GET /subscriptions`, two",
    (Spot.SUBSCRIPTION, "GET"): "`GET /subscriptions/{id}`",
    (Spot.SUBSCRIPTION_V2, "GET"): "`GET /subscriptions/{id}`",
    (Spot.SUBSCRIPTION, "PUT"): "`PUT /subscriptions/{id}`",
    (Spot.SUBSCRIPTION_V2, "PUT"): "`PUT /subscriptions/{id}`",
    (Spot.SUBSCRIPTION, "DELETE"): "`DELETE /subscriptions/{id}`",
    (Spot.SUBSCRIPTION_V2, "DELETE"): "`DELETE /subscriptions/{id}`",
    (Spot.DESK_ACCOUNTS, "POST"): "`POST /desk/accounts`", (Spot.DESK_ACCOUNTS, "GET"): "`GET /desk/accounts`, two",
    (Spot.DESK_ACCOUNT, "GET"): "`GET /desk/accounts/{account}`",
    (Spot.DESK_ACCOUNT, "PUT"): "`PUT /desk/accounts/{account}`",
    (Spot.DESK_CREDENTIALS, "POST"): "`POST …/credentials`, a new user",
    (Spot.DESK_CREDENTIALS, "GET"): "`GET …/credentials`, two",
    (Spot.DESK_CREDENTIAL, "GET"): "`GET …/credentials/{user}`",
    (Spot.DESK_CREDENTIAL, "DELETE"): "`DELETE …/credentials/{user}`",
    (Spot.DESK_AUDIT, "GET"): "`GET /desk/audit`, six lines",
}  # fmt: skip
"""Which line of docs/tables.md says what it costs; of places that do the same, the same line."""

_INDEXES = {
    Spot.ORDERS: "`listing`; `standing` by state; `lookup` by what it names",
    Spot.DESK_ACCOUNTS: "`listing`", Spot.DESK_AUDIT: "`listing`",
    Spot.DESK_ACCOUNTS: "`listing` of `access`", Spot.DESK_AUDIT: "`listing` of `access`",
    Spot.STANDING: "the same", Spot.TOTALS: "the same", Spot.SITE_ORDERS: "`listing`, looked through",
}  # fmt: skip
"""The indexes that a GET asks. What is not here is found by the key of its table."""

_FIGURES = re.compile(r"^\| (?P<name>[^|]+) \| \d+ \| (?P<reads>[\d.]+) \| (?P<writes>\d+) \|$", re.MULTILINE)
_METHODS = ("get", "post", "put", "patch", "delete")


def page() -> str:
    """docs/http.md with the table as it is by now."""
    assert entrance.VIEWS  # noqa: S101 because they are registered by being imported
    text = (DOCS / "http.md").read_text(encoding="utf-8")
    head = "| method | place | of | answers | query | found by | reads | writes |\n|---|---|---|---|---|---|---|---|"
    return filled(text, "places", "\n".join([head, *_rows()]))


def _rows() -> Iterator[str]:
    figures = {found["name"]: found for found in _FIGURES.finditer((DOCS / "tables.md").read_text(encoding="utf-8"))}
    paths = json.loads(openapi.document())["paths"]
    places: dict[tuple[Spot, str], list[openapi.Known]] = {}
    for known in openapi.known():
        places.setdefault((known.place.spot, known.method), []).append(known)
    for (spot, method), ways in sorted(places.items(), key=lambda each: (list(Spot).index(each[0][0]), each[0][1])):
        operations = [paths[way.path][method.lower()] for way in ways]
        cost = figures.get(_COSTS.get((spot, method), ""))
        yield _row([
            method, f"`{_short(spot)}`", _kinds(ways), _statuses(operations), _query(operations),
            "-" if spot in OPEN else _INDEXES.get(spot, "key") if method == "GET" else "key",
            cost["reads"] if cost else "-", cost["writes"] if cost else "-",
        ])  # fmt: skip


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _short(spot: Spot) -> str:
    return f"…{spot.removeprefix(_ACCOUNT)}" if spot.startswith(_ACCOUNT) else spot.value


def _kinds(ways: list[openapi.Known]) -> str:
    kinds = [way.place.kind.resource for way in ways if way.place.kind]
    return "all" if len(kinds) == len(ORDER_TYPES) else ", ".join(kinds) or "-"


def _statuses(operations: list[dict[str, Any]]) -> str:
    found = {int(status) for operation in operations for status in operation["responses"]}
    return " ".join(map(str, sorted(found)))


def _query(operations: list[dict[str, Any]]) -> str:
    """Lists have all filters; the section on lists names them."""
    named = [each["name"] for each in operations[0].get("parameters", ()) if each["in"] == "query"]
    return "all filters" if "customerOrderId" in named else ", ".join(f"`{name}`" for name in named) or "-"
