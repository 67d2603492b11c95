"""The lives of orders of every type, by API: each step of the tables, each that is in none, each client's right."""

import pytest

from chalicelib.domain.order_types import ORDER_TYPES, OrderType, order_type
from tests.edge.desk import Caller
from tests.edge.requests import JSON, XML
from tests.edge.walks import Walker, way

STATES = [(kind, state) for kind in ORDER_TYPES for state in sorted(kind.states)]
ROOTS = {
    "orders": "Order", "portins": "LnpOrderSupp", "portouts": "PortOutRequest", "dldas": "DldaOrder",
    "lsrorders": "LsrOrder", "bulkPortins": "BulkPortin", "csrs": "Csr",
}  # fmt: skip

every_state = pytest.mark.parametrize(("kind", "state"), STATES, ids=[f"{k.resource}-{s}" for k, s in STATES])


@pytest.fixture
def walker(customer: Caller, operator: Caller) -> Walker:
    return Walker(customer, operator)


@every_state
def test_the_desk_may_take_each_step_of_the_table(walker: Walker, kind: OrderType, state: str) -> None:
    for following in sorted(kind.allowed(state)):
        order = walker.lead(kind, state)
        moved = walker.move(kind, order, following)
        assert moved.status == 200, moved.text
        if following != state:
            assert (moved.json["status"], moved.json["previousStatus"]) == (following, state)


@every_state
def test_the_desk_may_take_no_other_and_learns_which_it_may(walker: Walker, kind: OrderType, state: str) -> None:
    order = walker.lead(kind, state)
    for other in [*sorted(kind.states - kind.allowed(state)), "NO_SUCH_STATE"]:
        refused = walker.move(kind, order, other)
        assert refused.status == 409, (other, refused.text)
        assert sorted(refused.json["allowedStatus"]) == sorted(kind.allowed(state))
    assert walker.state(kind, order) == state


@pytest.mark.parametrize(
    ("kind", "state"),
    [(kind, state) for kind, state in STATES if kind.resource in ROOTS],
    ids=[f"{k.resource}-{s}" for k, s in STATES if k.resource in ROOTS],
)
def test_a_supplement_leads_where_the_table_says_or_is_refused_with_its_code(
    walker: Walker, kind: OrderType, state: str
) -> None:
    order, root, table = walker.lead(kind, state), ROOTS[kind.resource], kind.supplements
    body = f"<{root}><CustomerOrderId>other</CustomerOrderId></{root}>"
    answer = walker.customer("PUT", f"/{kind.resource}/{order}", body, content_type=XML)
    journal = walker.customer("GET", f"/{kind.resource}/{order}/history", accept=JSON).json["entries"]
    if state in table.takes:
        assert answer.status == 200, answer.text
        last = next(entry for entry in reversed(journal) if entry["by"] == "desk")
        assert last["status"] == table.takes[state]
        assert last["kind"] == ("details" if table.takes[state] == state else "status")
        assert last["changes"][0]["after"] == "other" or len(last["changes"]) > 1
    else:
        barrier = table.barred.get(state)
        assert answer.status == 400
        assert (barrier.code if barrier else "1005") in answer.text
        assert journal[-1]["status"] == state


@pytest.mark.parametrize(
    ("kind", "state"),
    [(kind, state) for kind, state in STATES if kind.supplements.cancels and kind.supplements.takes],
    ids=[f"{k.resource}-{s}" for k, s in STATES if k.supplements.cancels and k.supplements.takes],
)
def test_a_cancel_leads_where_the_table_says_or_is_refused(walker: Walker, kind: OrderType, state: str) -> None:
    order, table = walker.lead(kind, state), kind.supplements
    answer = walker.customer("DELETE", f"/{kind.resource}/{order}")
    if state in table.removes:
        assert answer.status == 200
        for path in ("", "/history", "/notes"):
            assert walker.customer("GET", f"/{kind.resource}/{order}{path}").status == 404
        assert order not in walker.customer("GET", f"/{kind.resource}?page=1&size=10&status=draft").text
        assert walker.customer("DELETE", f"/{kind.resource}/{order}").status == 404
    elif state in table.cancels:
        assert answer.status == 200, answer.text
        assert walker.state(kind, order) == table.cancels[state]
    else:
        barrier = table.uncancelled.get(state) or table.barred[state]
        assert (answer.status, barrier.code in answer.text) == (400, True)
        assert walker.state(kind, order) == state


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (kind, (state, element, word, then))
        for kind in ORDER_TYPES
        for element, words in kind.supplements.asks.items()
        for word, states in words.items()
        for state, then in states.items()
    ],
    ids=lambda value: "-".join(value[:3]) if isinstance(value, tuple) else value.resource,
)
def test_a_word_of_the_client_leads_where_the_table_says(
    walker: Walker, kind: OrderType, said: tuple[str, str, str, str]
) -> None:
    state, element, word, then = said
    order, root = walker.lead(kind, state), ROOTS[kind.resource]
    body, method = f"<{root}><{element}>{word}</{element}></{root}>", "PUT"
    if then in kind.supplements.needs:
        draft = walker.place(order_type("portins"), way(order_type("portins"), "DRAFT")[0])
        parts = f"<PortinList><PortinOrderId>{draft}</PortinOrderId></PortinList>"
        assert walker.customer("PUT", f"/{kind.resource}/{order}/portinList", parts, content_type=XML).status == 200
        method = "PATCH"
    answer = walker.customer(method, f"/{kind.resource}/{order}", body, content_type=XML)
    assert answer.status == 200, answer.text
    journal = walker.customer("GET", f"/{kind.resource}/{order}/history", accept=JSON).json["entries"]
    expected = kind.supplements.without_completed.get(then, then)
    if then == state:
        assert journal[-1]["status"] == state
    else:
        assert next(entry["status"] for entry in reversed(journal) if entry["by"] == "desk") == expected


@pytest.mark.parametrize("state", sorted(order_type("tollFreePortingValidations").states))
def test_a_patch_cancels_a_toll_free_validation(walker: Walker, state: str) -> None:
    kind = order_type("tollFreePortingValidations")
    order = walker.lead(kind, state)
    answer = walker.customer("PATCH", f"/{kind.resource}/{order}", "{}", content_type=JSON)
    if state in kind.supplements.cancels:
        assert (answer.status, walker.state(kind, order)) == (200, "CANCELLED")
    else:
        assert (answer.status, walker.state(kind, order)) == (400, state)


@pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)
def test_a_type_without_supplements_has_no_such_method(walker: Walker, kind: OrderType) -> None:
    order = walker.place(kind, way(kind, kind.initial)[0] if kind.resource != "portins" else way(kind, "SUBMITTED")[0])
    expected = {
        "PUT": bool(kind.supplements.takes),
        "DELETE": bool(kind.supplements.cancels and kind.supplements.takes),
        "PATCH": kind.resource in ("bulkPortins", "tollFreePortingValidations"),
    }
    for method, there in expected.items():
        answer = walker.customer(method, f"/{kind.resource}/{order}", "{}", content_type=JSON)
        assert (answer.status != 405) == there, (method, answer.text)
