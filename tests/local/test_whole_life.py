"""One port-in's whole life, as the README tells it."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.local.client import DISCONNECT, PORT_IN, Client, Desk, subscription
from tests.local.mailbox import mails, reply
from tests.local.process import Docket, until
from tests.local.receiver import Receiver

ANN = "ann@books.example"


def test_a_port_in_is_told_from_its_placing_to_its_end(docket: Docket, receive: Callable[[], Receiver]) -> None:
    """By callback and by mail, in order, with a reply that becomes a note, and subscriptions that end with it."""
    customer, desk, receiver = Client(docket), Desk(docket), receive()
    everything = customer.subscribe("portins", url=f"{receiver.url}/all")
    of_disconnects = customer.subscribe("disconnects", url=f"{receiver.url}/disconnects", expiry=3_122_064_000)
    order = customer.place("portins", PORT_IN)
    until(lambda: len(receiver.at("/all")) == 2, what="the first two states")
    assert [told.fields["Status"] for told in receiver.at("/all")] == ["PENDING_DOCUMENTS", "SUBMITTED"]

    mine = customer.subscribe("portins", url=f"{receiver.url}/mine", order=order)
    my_mail = customer.subscribe("portins", email=ANN, order=order)
    entry = desk.move("portins", order, "FOC", actualFocDate="2026-12-01T15:30:00Z", message="confirmed")
    assert (entry["status"], entry["previousStatus"], entry["sequence"]) == ("FOC", "SUBMITTED", 3)
    (foc,) = until(lambda: receiver.at("/mine"), what="the FOC")
    assert foc.fields["ActualFocDate"] == "2026-12-01T15:30:00Z"

    customer.note("portins", order, "Please keep the date.")
    until(lambda: len(mails(docket, ANN)) == 2, what="two mails")
    mail = mails(docket, ANN)[-1]
    assert mail["X-Docket-Event"] == "note"
    assert mail["X-Docket-Order"] == order

    reply(docket, mail, "Thanks, Friday works.\nAnn", sender=ANN)
    heard = until(lambda: customer.notes("portins", order)[1:], what="the reply as a note")
    assert (heard[0]["Description"], heard[0]["UserId"]) == ("Thanks, Friday works.\nAnn", ANN)
    until(lambda: len(receiver.at("/mine")) == 3, what="the reply's callback")
    assert [told.fields.get("Note") for told in receiver.at("/mine")][1:] == [
        "Please keep the date.",
        heard[0]["Description"],
    ]

    desk.move("portins", order, "COMPLETE")
    until(lambda: customer.subscriptions() == {everything, of_disconnects}, what="the end of the port-in's own")
    assert {mine, my_mail}.isdisjoint(customer.subscriptions())
    assert receiver.at("/mine")[-1].fields["Status"] == "COMPLETE"
    until(lambda: len(mails(docket, ANN)) == 3, what="the last mail")
    assert [mail["X-Docket-Event"] for mail in mails(docket, ANN)] == [
        "status FOC",
        "note",
        "status COMPLETE",
    ]
    assert [told.sequence for told in receiver.at("/all")] == [1, 2, 3, 4, 5, 6]
    assert receiver.at("/disconnects") == []


def test_an_expired_a_renewed_and_a_deleted_subscription(docket: Docket, receive: Callable[[], Receiver]) -> None:
    """It ends by itself; PUT renews it in time; after DELETE, or expiry, it hears nothing."""
    customer, desk, receiver = Client(docket), Desk(docket), receive()
    short = customer.subscribe("disconnects", url=f"{receiver.url}/short", expiry=2)
    renewed = customer.subscribe("disconnects", url=f"{receiver.url}/renewed", expiry=2)
    deleted = customer.subscribe("disconnects", url=f"{receiver.url}/deleted")
    kept = customer.subscribe("disconnects", url=f"{receiver.url}/kept")
    customer.do(
        "PUT",
        f"/subscriptions/{renewed}",
        subscription("disconnects", url=f"{receiver.url}/renewed", expiry=500),
    )
    customer.do("DELETE", f"/subscriptions/{deleted}")
    until(lambda: customer.subscriptions() == {renewed, kept}, what="the expiry")
    assert customer.ask("GET", f"/subscriptions/{short}").status_code == 404
    assert customer.ask("DELETE", f"/subscriptions/{deleted}").status_code == 404
    order = customer.place("disconnects", DISCONNECT)
    desk.move("disconnects", order, "COMPLETE")
    until(lambda: receiver.at("/renewed") and receiver.at("/kept"), what="the two that live")
    assert receiver.at("/short") == receiver.at("/deleted") == []


def test_a_failing_receiver_holds_back_only_its_own_order(docket: Docket, receive: Callable[..., Receiver]) -> None:
    """Two answers of 500, then 200: told after each delay, once; other orders do not wait."""
    bad: list[str] = []

    def answer(received: object) -> int:
        order = received.order  # type: ignore[attr-defined]  # because the protocol of Receiver says object here
        return 500 if order in bad and sum(told.order == order for told in receiver.received) < 2 else 200

    receiver = receive(answer)
    customer, desk = Client(docket), Desk(docket)
    customer.subscribe("disconnects", url=f"{receiver.url}/hook")
    first, second = (customer.place("disconnects", DISCONNECT) for _ in range(2))
    bad.append(first)
    desk.move("disconnects", first, "COMPLETE")
    customer.note("disconnects", first, "after the end")
    desk.move("disconnects", second, "COMPLETE")
    until(lambda: len(receiver.at("/hook")) == 5, what="three attempts and two more")
    of_first = [told for told in receiver.at("/hook") if told.order == first]
    assert [told.sequence for told in of_first] == [2, 2, 2, 3]
    assert len({told.id for told in of_first}) == 2
    assert len({told.body for told in of_first}) == 2
    assert [told.headers["docket-attempt"] for told in of_first] == ["1", "2", "3", "1"]
    assert of_first[1].at - of_first[0].at >= 0.4
    assert of_first[2].at - of_first[1].at >= 0.8
    (of_second,) = (told for told in receiver.at("/hook") if told.order == second)
    assert of_second.at < of_first[1].at


def test_a_stop_finishes_the_attempt_at_hand_and_begins_no_other(
    docket: Docket, receive: Callable[..., Receiver]
) -> None:
    """What is left is told after the next start, in order."""
    held = threading.Event()

    def answer(_received: object) -> int:
        held.wait(10)
        return 200

    receiver = receive(answer)
    customer = Client(docket)
    customer.subscribe("disconnects", url=f"{receiver.url}/hook")
    order = customer.place("disconnects", DISCONNECT)
    for number in range(4):
        customer.note("disconnects", order, f"note {number}")
    until(lambda: receiver.begun, what="the first attempt")
    with ThreadPoolExecutor(1) as pool:
        stopped = pool.submit(docket.stop)
        until(lambda: not docket.serves(), what="the stop to begin")
        held.set()
        assert stopped.result(30) == 0
    assert [told.sequence for told in receiver.at("/hook")] == [2]
    docket.start()
    until(lambda: len(receiver.at("/hook")) == 4, what="the rest")
    assert [told.sequence for told in receiver.at("/hook")] == [2, 3, 4, 5]


def test_one_line_is_logged_for_each_unit_of_work_and_no_secret_with_it(
    docket: Docket, receive: Callable[[], Receiver]
) -> None:
    """The way of an order can be read from the log, in the order of the picture."""
    customer, receiver = Client(docket), receive()
    customer.subscribe("disconnects", url=f"{receiver.url}/hook")
    order = customer.place("disconnects", DISCONNECT)
    customer.note("disconnects", order, "hello")
    until(lambda: receiver.at("/hook"), what="the note")
    assert docket.stop() == 0
    text = docket.log.read_text()
    events = [json.loads(line)["event"] for line in text.splitlines() if line.startswith("{")]
    assert events.count("delivery.attempted") == 1
    assert events[-1] == "stopped"
    assert "customer-password" not in text
    assert "whsec_" not in text
