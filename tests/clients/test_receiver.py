"""The Python receiver that people copy. `python -m tests.clients.languages` holds the others to the same."""

import ast
from dataclasses import asdict
from typing import Any

import pytest
from docket_receiver import Memory, NotGenuine, Receiver

from tests.clients.callbacks import FOC, NOW, ORDER, REFUSED, SECRETS, Sent, deliveries
from tests.house.tree import ROOT

FILE = ROOT / "clients" / "receivers" / "python" / "docket_receiver.py"


def test_it_makes_of_each_callback_what_it_must() -> None:
    receiver = Receiver(*SECRETS)
    for number, delivery in enumerate(deliveries()):
        try:
            found = receiver.accept(delivery.headers, delivery.body, now=delivery.now)
        except NotGenuine:
            seen: Any = REFUSED
        else:
            seen = asdict(found) if found else None
        assert seen == delivery.expected, number


def test_header_names_may_be_in_any_case() -> None:
    headers = {name.title(): value for name, value in Sent(sequence=3, body=FOC).headers().items()}
    found = Receiver(*SECRETS).accept(headers, FOC, now=NOW)
    assert found is not None
    assert (found.order, found.sequence) == (ORDER.id, 3)


def test_a_document_type_is_not_read() -> None:
    bomb = b'<!DOCTYPE n [<!ENTITY a "aaaa">]><Notification><Status>&a;</Status></Notification>'
    with pytest.raises(NotGenuine):
        Receiver(*SECRETS).accept(Sent(sequence=3, body=bomb).headers(), bomb, now=NOW)


def test_memory_forgets_the_oldest_and_no_more() -> None:
    memory = Memory(2)
    assert [memory.first_time(one) for one in ("a", "b", "c", "c", "a", "c")] == [True, True, True, False, True, False]
    for order, sequence in (("x", 5), ("y", 1), ("x", 3), ("z", 1)):
        memory.seen(order, sequence)
    assert [memory.last(order) for order in "xyz"] == [5, 0, 1]


def test_it_can_be_copied_into_a_project_of_python_3_9() -> None:
    ast.parse(FILE.read_text(encoding="utf-8"), feature_version=(3, 9))
