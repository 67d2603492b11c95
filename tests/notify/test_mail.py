"""The headers of a mail: for mail programs, for whoever answers, and against whoever would smuggle something in."""

import re
from dataclasses import replace
from datetime import timedelta
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.reply import unseal
from chalicelib.inbox.quoted.opening import marker
from chalicelib.notify.by_mail import Letterhead, addressee
from chalicelib.notify.parts import MARKER
from tests.notify.golden import FOC_DATE, FOLDER, MAILS, telling, written
from tests.notify.lives import ORDER_ID, REPLY_KEYS, START, SUBSCRIPTION_ID, events, placed, portin
from tests.notify.reading import content, read


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_the_one_that_was_looked_at(name: str) -> None:
    # Written anew by `python -m tests.notify.golden`.
    assert written(MAILS[name]()) == (FOLDER / f"{name}.eml").read_bytes()


def test_the_headers_keep_one_order_in_one_thread() -> None:
    life = portin()
    mails = [read(written(telling(each))) for each in (life, life.step("FOC"), life.note("hello"))]
    assert {mail["Subject"] for mail in mails} == {"[7f3c2291] Port-in 2015550119"}
    root = f"<{ORDER_ID}@docket.localhost>"
    assert {(mail["References"], mail["In-Reply-To"]) for mail in mails} == {(root, root)}
    assert [mail["X-Docket-Event"] for mail in mails] == ["status SUBMITTED", "status FOC", "note"]
    assert [mail["X-Docket-Sequence"] for mail in mails] == ["2", "3", "3"]
    assert {mail["X-Docket-Order"] for mail in mails} == {ORDER_ID}


def test_the_headers_say_that_a_machine_wrote_and_when() -> None:
    mail = read(written(telling(portin())))
    assert mail["From"] == "Docket <orders@docket.localhost>"
    assert mail["To"] == "bob@example.net"
    assert mail["Date"].datetime == START.replace(microsecond=0)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["List-Id"] == "Docket <orders.docket.localhost>"
    ids = f"msg_{SUBSCRIPTION_ID.replace('-', '')}_{ORDER_ID.replace('-', '')}_2"
    assert mail["Message-ID"] == f"<{ids}@docket.localhost>"


def test_the_reply_address_is_sealed_for_the_order_and_the_subscription_with_the_newest_key() -> None:
    address = parseaddr(read(written(telling(portin())))["Reply-To"])[1]
    local_part, _, domain = address.partition("@")
    seal = unseal(local_part, keys={2: REPLY_KEYS[2]})
    assert (domain, seal.order, seal.tag) == (
        "docket.localhost",
        OrderKey("9900000", "portins", ORDER_ID),
        "5b8e2a341f",
    )
    assert seal.last_day == (START + timedelta(days=365)).date()


@pytest.mark.parametrize("name", MAILS)
def test_no_line_is_longer_than_mail_servers_like_it_and_all_is_ascii(name: str) -> None:
    lines = written(MAILS[name]()).split(b"\r\n")
    assert max(len(line) for line in lines if not line.startswith((b"Reply-To", b"Message-ID"))) <= 78
    assert all(line.isascii() and b"\n" not in line for line in lines)


def test_long_ids_are_never_folded_apart() -> None:
    domain = f"{'orders.' * 8}example.net"
    raw = written(telling(portin()), Letterhead(domain=domain, keys=REPLY_KEYS))
    head = raw.partition(b"\r\n\r\n")[0].decode()
    assert f"References: <{ORDER_ID}@{domain}>" in head.replace("\r\n ", " ")
    assert f"In-Reply-To: <{ORDER_ID}@{domain}>" in head.replace("\r\n ", " ")
    assert re.search(rf"Reply-To: Docket\s+<[a-z2-7]{{62}}@{domain}>", head)


@given(text=st.text())
def test_whatever_an_order_is_called_no_header_is_added_and_no_part(text: str) -> None:
    told = telling(placed("orders", (("CustomerOrderId", text),), by=text or "desk"))
    mail = read(written(told))
    assert mail.keys() == read(written(telling(portin()))).keys()
    assert len(list(mail.walk())) == 3
    assert mail["Subject"].startswith("[7f3c2291] New-number order")
    assert ORDER_ID in content(mail, "plain")


def test_a_note_that_knows_the_boundary_adds_no_part() -> None:
    boundary = read(written(telling(portin().note("hello")))).get_boundary()
    note = f"hello\n--{boundary}\nContent-Type: text/html\n\n<b>believe me</b>\n--{boundary}--"
    mail = read(written(telling(portin().note(note))))
    assert mail.get_boundary() == boundary
    assert len(list(mail.walk())) == 3
    assert note in content(mail, "plain")


def test_what_cannot_be_printed_becomes_a_space() -> None:
    told = telling(placed("orders", (("CustomerOrderId", "PO\x00 1\u202e2\x1b[2J"),)))
    assert read(written(told))["Subject"] == "[7f3c2291] New-number order PO 1 2 [2J"


def test_a_line_break_in_a_name_becomes_a_space() -> None:
    told = telling(placed("orders", (("CustomerOrderId", "PO 1\r\nBcc: eve@example.net"),)))
    mail = read(written(told))
    assert mail["Subject"] == "[7f3c2291] New-number order PO 1 Bcc: eve@example.net"
    assert mail["Bcc"] is None


def test_the_same_entry_gives_the_same_mail_when_the_order_has_moved_on() -> None:
    before = portin("2015550119", "2015550120").step("FOC", foc=FOC_DATE)
    after = before.note("later").step("COMPLETE", numbers=("2015550119",))
    assert written(replace(telling(before), order=after.order)) == written(telling(before))


@pytest.mark.parametrize(
    ("email", "taken"),
    [
        ("Bob@Example.net", "Bob@Example.net"),
        ("bob@example.net", "bob@example.net"),
        ("bob@bücher.example", "bob@xn--bcher-kva.example"),
        ("bob", None),
        ("bob@", None),
        ("@example.net", None),
        ("", None),
        ("jörg@example.net", None),
        ("a b@example.net", None),
        ("bob@example.net, eve@example.net", None),
        ("bob@example.net\r\nBcc: eve@example.net", None),
        ("bob@exa\x00mple.net", None),
        (f"{'b' * 65}@example.net", None),
        (f"bob@{'e' * 64}.net", None),
        (f"bob@{'e.' * 130}net", None),
    ],
)
def test_an_address_is_taken_as_a_mail_server_takes_it(email: str, taken: str | None) -> None:
    assert addressee(email) == taken


@given(email=st.text() | st.text(alphabet='ab@.,;<>()[]" \r\n\\:'))
def test_no_address_can_break_a_mail(email: str) -> None:
    mail = read(written(telling(portin(), email=email)))
    assert mail.keys() == read(written(telling(portin()))).keys()
    assert str(mail["To"]) in (addressee(email), "undisclosed-recipients:;")


@pytest.mark.parametrize("name", [name for name in MAILS if not name.startswith("event")])
def test_a_reader_of_replies_knows_our_marker(name: str) -> None:
    lines = content(read(written(MAILS[name]())), "plain").splitlines()
    assert [line for line in lines if marker(line)] == [MARKER]


def test_a_mail_about_an_event_asks_for_no_answer_and_keeps_the_accounts_events_in_one_thread() -> None:
    life = events("2015550100", "2015550101")
    mails = [read(written(replace(telling(life, one=False), entry=each))) for each in life.journal]
    assert {(mail["Reply-To"], mail["X-Docket-Event"]) for mail in mails} == {(None, "event MESSAGING_LOST")}
    assert len({mail["Subject"] for mail in mails} | {mail["References"] for mail in mails}) == 2
    assert len({mail["Message-ID"] for mail in mails}) == 2
    for mail, number in zip(mails, ("2015550100", "2015550101"), strict=True):
        plain = content(mail, "plain")
        assert number in plain
        assert MARKER not in plain
