"""An order that walks by itself on one machine, through an exception and the customer's answer, to its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local.client import PORT_IN, Client
from tests.local.process import Docket, until

SUPPLEMENT = "<LnpOrderSupp><RequestedFocDate>2026-12-09T15:30:00Z</RequestedFocDate></LnpOrderSupp>"
REJECTED = PORT_IN.replace("PORT 7", "PORT-7-EXCEPTION")


@pytest.fixture
def walking(tmp_path: Path) -> Iterator[Docket]:
    """A Docket whose orders walk, where nothing sweeps: only bells wake them."""
    started = Docket(tmp_path / "state", {"DOCKET_AUTOPILOT": "0.05", "DOCKET_SWEEP_SECONDS": "3600"}).start()
    yield started
    started.kill()


def states(client: Client, order: str) -> list[str]:
    return [entry["status"] for entry in client.journal("portins", order)]


def test_a_port_in_walks_through_an_exception_and_a_supplement_to_its_end(walking: Docket) -> None:
    customer = Client(walking)
    order = customer.place("portins", REJECTED)
    until(lambda: "EXCEPTION" in states(customer, order), what="the exception")
    customer.do("PUT", f"/portins/{order}", SUPPLEMENT)
    until(lambda: "COMPLETE" in states(customer, order), what="the end")
    assert states(customer, order) == [
        "PENDING_DOCUMENTS", "SUBMITTED", "EXCEPTION", "REQUESTED_SUPP", "FOC", "COMPLETE",
    ]  # fmt: skip
    taken = [entry["status"] for entry in customer.journal("portins", order) if entry["by"] == "autopilot"]
    assert taken == ["EXCEPTION", "FOC", "COMPLETE"]


def test_an_order_brings_its_script_and_a_wrong_one_is_refused(walking: Docket) -> None:
    customer = Client(walking)
    answer = customer.do("POST", "/portins", PORT_IN, **{"Docket-Autopilot": "FOC:0.1,CANCELLED:0.2"})
    order = answer.headers["Location"].rpartition("/")[2]
    until(lambda: states(customer, order)[-1] == "CANCELLED", what="the end of the script")
    refused = customer.ask("POST", "/portins", PORT_IN, **{"Docket-Autopilot": "FOC:0.1,DONE:1"})
    assert refused.status_code == 400
    assert "Docket-Autopilot: step 2, DONE:1," in refused.text


def test_what_was_to_come_comes_after_a_kill(walking: Docket) -> None:
    customer = Client(walking)
    answer = customer.do("POST", "/portins", PORT_IN, **{"Docket-Autopilot": "FOC:1,COMPLETE:0.1"})
    order = answer.headers["Location"].rpartition("/")[2]
    walking.kill()
    walking.start()
    until(lambda: states(customer, order)[-1] == "COMPLETE", what="the end")


def test_without_the_setting_the_header_is_refused_and_nothing_walks(docket: Docket) -> None:
    customer = Client(docket)
    refused = customer.ask("POST", "/portins", PORT_IN, **{"Docket-Autopilot": "FOC:1"})
    assert refused.status_code == 400
    assert "Docket-Autopilot" in refused.text
    assert customer.ask("GET", "/portins").text.count("<OrderId>") == 0
