"""Hearing mail: the happy way, every refusal, the same mail again, and what a crash leaves behind."""

from datetime import timedelta

import pytest

from chalicelib.domain.entry import Kind, OrderKey
from chalicelib.domain.reply import seal
from chalicelib.domain.subscription import Subscription
from chalicelib.flow.hear import CUT, Notice
from tests.flow.world import MAIL_DOMAIN, REPLY_KEYS, World

ANN = "ann@example.net"


def mail_to(world: World, who: Subscription, order: OrderKey, text: str, **fields: str) -> bytes:
    """A reply to what the subscription was mailed about the order; `fields` as in `mail`."""
    return mail(address(world, who, order), text, **fields)


def mail(to: str, text: str, *, sender: str = ANN, head: str = "") -> bytes:
    return f"From: {sender}\r\nTo: {to}\r\nMessage-ID: <1@example.net>\r\n{head}\r\n{text}\r\n".encode()


def address(world: World, who: Subscription, order: OrderKey) -> str:
    return f"{seal(order, who.tag, at=world.clock.now, key_id=1, key=REPLY_KEYS[1])}@{MAIL_DOMAIN}"


@pytest.fixture
def order(world: World) -> OrderKey:
    return world.place()


@pytest.fixture
def who(world: World, order: OrderKey) -> Subscription:
    return world.mailbox(ANN, order)


def hear(world: World, raw: bytes, **notice: object) -> tuple[str, dict[str, str]]:
    """Where the mail was filed, and why."""
    world.mailbag.waiting["m1"] = raw
    world.hear(Notice(name="m1", **notice))  # type: ignore[arg-type]  # because the fields are Notice's own
    return world.mailbag.filed["m1"]


def notes(world: World, order: OrderKey) -> list[str]:
    return [note.text for note in world.store.ledger.notes(order)]


def test_a_reply_becomes_a_note_of_its_sender(world: World, who: Subscription, order: OrderKey) -> None:
    filed = hear(world, mail_to(world, who, order, "  The LOA follows.\n"))
    assert filed == ("heard", {"order": order.id, "note": "2", "by": ANN})
    entry = world.store.ledger.entries(order)[-1]
    assert (entry.kind, entry.note, entry.by, entry.by_mail) == (Kind.NOTE, "The LOA follows.", ANN, True)
    assert world.mailbag.waiting == {}


def test_the_envelope_names_the_address_where_the_headers_do_not(
    world: World, who: Subscription, order: OrderKey
) -> None:
    raw = mail("list@example.net", "hello")
    assert hear(world, raw, recipients=(address(world, who, order),))[0] == "heard"


def test_of_several_addresses_the_first_good_one_counts(world: World, who: Subscription, order: OrderKey) -> None:
    old = seal(order, who.tag, at=world.clock.now - timedelta(days=400), key_id=1, key=REPLY_KEYS[1])
    to = f"{old}@{MAIL_DOMAIN}, desk@{MAIL_DOMAIN}, {address(world, who, order).upper()}"
    assert hear(world, mail(to, "hello"))[0] == "heard"


def test_a_colleague_of_the_same_domain_may_answer(world: World, who: Subscription, order: OrderKey) -> None:
    raw = mail_to(world, who, order, "hello", sender="bob@example.net")
    assert hear(world, raw)[0] == "heard"
    assert world.store.ledger.notes(order)[0].by == "bob@example.net"


def test_a_stranger_with_a_good_address_is_held(world: World, who: Subscription, order: OrderKey) -> None:
    folder, why = hear(world, mail_to(world, who, order, "hello", sender="eve@example.org"))
    assert (folder, why["reason"]) == ("held", "the sender is not the one the notification was sent to")
    assert notes(world, order) == []


def test_at_a_public_provider_only_the_same_address_may_answer(world: World, order: OrderKey) -> None:
    who = world.mailbox("ann@gmail.com", order)
    assert hear(world, mail_to(world, who, order, "hi", sender="eve@gmail.com"))[0] == "held"
    assert hear(world, mail_to(world, who, order, "hi", sender="Ann@gmail.com"))[0] == "heard"


def test_what_the_mail_server_refused_is_refused(world: World, who: Subscription, order: OrderKey) -> None:
    filed = hear(world, mail_to(world, who, order, "hello"), failed="the mail server judged it: spamVerdict FAIL")
    assert filed == ("refused", {"reason": "the mail server judged it: spamVerdict FAIL"})


@pytest.mark.parametrize(
    ("sender", "head", "reason"),
    [
        (ANN, "Auto-Submitted: auto-replied\r\n", "an automatic answer"),
        (f"desk@{MAIL_DOMAIN}", "", "a loop"),
    ],
)
def test_machines_and_loops_are_refused(  # noqa: PLR0913, PLR0917 because fixtures and table columns are parameters
    world: World, who: Subscription, order: OrderKey, sender: str, head: str, reason: str
) -> None:
    assert hear(world, mail_to(world, who, order, "hi", sender=sender, head=head)) == (
        "refused",
        {"reason": reason},
    )
    assert notes(world, order) == []


def test_a_forged_address_is_refused(world: World, who: Subscription, order: OrderKey) -> None:
    forged = f"{seal(order, who.tag, at=world.clock.now, key_id=1, key=b'x' * 32)}@{MAIL_DOMAIN}"
    assert hear(world, mail(forged, "hello"))[1] == {"reason": "the reply address was not made by us"}


def test_an_expired_address_is_refused(world: World, who: Subscription, order: OrderKey) -> None:
    raw = mail_to(world, who, order, "hello")
    world.clock.on(366 * 86_400)
    assert hear(world, raw) == ("refused", {"reason": "the reply address has expired"})


@pytest.mark.parametrize("to", ["desk@example.org", f"{'a' * 62}@example.org"])
def test_mail_to_other_domains_addresses_no_order(world: World, to: str) -> None:
    assert hear(world, mail(to, "hello")) == ("refused", {"reason": "no order is addressed"})


def test_nothing_newly_written_is_refused(world: World, who: Subscription, order: OrderKey) -> None:
    assert hear(world, mail_to(world, who, order, " \n"))[1] == {"reason": "nothing newly written was found"}


GONE = ("refused", {"reason": "the subscription that the mail was sent for is gone"})


def test_a_deleted_subscription_hears_no_reply(world: World, who: Subscription, order: OrderKey) -> None:
    world.subscribe.remove(who.account, who.id)
    assert hear(world, mail_to(world, who, order, "hello")) == GONE


def test_an_expired_subscription_hears_no_reply(world: World, order: OrderKey) -> None:
    who = world.mailbox(ANN, order, expiry=60)
    world.clock.on(60)
    assert hear(world, mail_to(world, who, order, "hello")) == GONE


def test_a_subscription_that_became_a_callback_hears_no_reply(world: World, who: Subscription, order: OrderKey) -> None:
    raw = mail_to(world, who, order, "hello")
    world.subscribe.change(world.wish(order), who.id)
    assert hear(world, raw) == GONE


def test_a_seal_is_good_only_for_orders_of_its_subscription(world: World, who: Subscription) -> None:
    assert hear(world, mail_to(world, who, world.place(), "hello")) == GONE


def test_an_order_that_is_gone_takes_no_note(world: World) -> None:
    who = world.mailbox(ANN)
    unknown = OrderKey(who.account, "lsrorders", "00000000-0000-4000-8000-000000000000")
    assert hear(world, mail_to(world, who, unknown, "hi"))[1] == {"reason": "the order is not there any more"}


def test_thanks_for_a_finished_order_are_still_heard(world: World, who: Subscription, order: OrderKey) -> None:
    world.move(order, "COMPLETE")
    world.announced(order)
    assert world.subscribe.of(order.account) == []
    assert hear(world, mail_to(world, who, order, "Thanks!"))[0] == "heard"


def test_the_same_mail_twice_is_one_note(world: World, who: Subscription, order: OrderKey) -> None:
    raw = mail_to(world, who, order, "hello")
    first = hear(world, raw)
    world.mailbag.filed.clear()
    assert hear(world, raw) == first
    world.hear(Notice(name="m1"))
    assert notes(world, order) == ["hello"]


def test_two_mails_under_one_id_are_told_apart_by_what_they_say(
    world: World, who: Subscription, order: OrderKey
) -> None:
    """Some programs give all their mails one id."""
    for text in ("one", "two", "one"):
        hear(world, mail_to(world, who, order, text))
    assert notes(world, order) == ["one", "two"]


def test_two_mails_without_an_id_are_told_apart_by_what_they_say(
    world: World, who: Subscription, order: OrderKey
) -> None:
    for text in ("one", "two", "one"):
        raw = mail_to(world, who, order, text).replace(b"Message-ID: <1@example.net>\r\n", b"")
        hear(world, raw)
        world.mailbag.filed.clear()
    assert notes(world, order) == ["one", "two"]


@pytest.mark.parametrize("call", ["mails.read", "subscriptions.tagged", "ledger.record", "mails.file"])
def test_a_crash_at_any_step_costs_neither_the_mail_nor_a_second_note(
    world: World, who: Subscription, order: OrderKey, call: str
) -> None:
    world.mailbag.waiting["m1"] = mail_to(world, who, order, "hello")
    world.process(world.hear, Notice(name="m1")).until(call).kill()
    assert "m1" in world.mailbag.waiting
    world.swept()
    assert notes(world, order) == ["hello"]
    assert world.mailbag.filed["m1"][0] == "heard"


@pytest.mark.parametrize("length", [499, 500, 501, 5000])
def test_a_long_reply_is_cut_at_five_hundred_characters_with_a_mark(
    world: World, who: Subscription, order: OrderKey, length: int
) -> None:
    hear(world, mail_to(world, who, order, "x" * length))
    expected = "x" * length if length <= 500 else "x" * (500 - len(CUT)) + CUT
    assert notes(world, order) == [expected]
    assert len(expected) <= 500
