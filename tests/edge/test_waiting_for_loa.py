"""Toll-free port-ins, which wait for their LOA."""

from tests.edge.desk import Caller, Reply
from tests.edge.requests import JSON, PORT_IN, XML

PDF = b"%PDF-1.7\n"
TOLL_FREE = PORT_IN.replace("2015550100", "8005550100")


def said(reply: Reply) -> tuple[int, str | None]:
    return reply.status, reply.said("resultCode")


def waiting(customer: Caller, operator: Caller) -> str:
    """A toll-free port-in whose numbers were found valid, and which waits for its LOA."""
    order = customer("POST", "/portins", TOLL_FREE, Content_Type=XML).id
    state = customer("GET", f"/portins/{order}").said("ProcessingStatus")
    if state == "VALIDATE_TFNS":
        body = '{"status": "PENDING_DOCUMENTS"}'
        assert operator("POST", f"/portins/{order}/status", body, Content_Type=JSON).status == 200
    assert customer("GET", f"/portins/{order}").said("ProcessingStatus") == "PENDING_DOCUMENTS"
    return order


def test_a_toll_free_port_in_goes_on_with_its_loa_once(customer: Caller, operator: Caller) -> None:
    order = waiting(customer, operator)
    loas = f"/portins/{order}/loas"
    assert said(customer("POST", loas, b"I agree.")) == (409, "7641")
    assert customer("POST", f"{loas}?documentType=OTHER", b"I agree.").status == 201
    assert customer("GET", f"/portins/{order}").said("ProcessingStatus") == "PENDING_DOCUMENTS"
    assert [customer("POST", loas, PDF, Idempotency_Key="k").status for _ in range(2)] == [201, 201]
    journal = customer("GET", f"/portins/{order}/history", Accept=JSON).json["entries"]
    assert [(entry["kind"], entry["status"]) for entry in journal][-3:] == [
        ("document", "PENDING_DOCUMENTS"), ("document", "PENDING_DOCUMENTS"), ("status", "SUBMITTED")
    ]  # fmt: skip
    assert customer("POST", loas, PDF).status == 201
    assert customer("GET", f"/portins/{order}").said("ProcessingStatus") == "SUBMITTED"


def test_a_file_that_is_said_to_be_the_loa_later_counts_as_one(customer: Caller, operator: Caller) -> None:
    order = waiting(customer, operator)
    file = customer("POST", f"/portins/{order}/loas?documentType=OTHER", PDF).id
    assert customer("DELETE", f"/portins/{order}/loas/{file}/metadata").status == 200
    assert customer("GET", f"/portins/{order}").said("ProcessingStatus") == "SUBMITTED"
