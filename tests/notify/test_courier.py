"""The courier: which way a letter goes, what goes with it, and how a failing way out becomes an attempt."""

import base64
import hmac
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.delivery import Attempt, CallbackRequest, Letter, Outcome
from chalicelib.domain.subscription import Callback
from chalicelib.notify.mailers import MailNotSent
from chalicelib.notify.notifier import Courier
from tests.notify.golden import LETTERHEAD, ORDERS, Telling, telling, written
from tests.notify.lives import ORDER_ID, SUBSCRIPTION_ID, Life, callback_subscription, json_subscription, portin

NOW = datetime(2026, 12, 4, tzinfo=UTC)
MESSAGE_ID = f"msg_{SUBSCRIPTION_ID.replace('-', '')}_{ORDER_ID.replace('-', '')}_2"


@dataclass
class Callbacks:
    """Takes every callback."""

    requests: list[CallbackRequest] = field(default_factory=list)

    def send(self, request: CallbackRequest) -> Attempt:
        self.requests.append(request)
        return Attempt(at=NOW, outcome=Outcome.TOLD, milliseconds=3, reason="200 OK", status=200)


@dataclass
class Postbox:
    """Takes every mail, or fails as it is told to."""

    failure: MailNotSent | None = None
    mails: list[tuple[bytes, str, str]] = field(default_factory=list)

    def send(self, message: bytes, *, sender: str, recipient: str) -> str:
        if self.failure:
            raise self.failure
        self.mails.append((message, sender, recipient))
        return "taken"


def courier(callbacks: Callbacks | None = None, mailer: Postbox | None = None) -> Courier:
    return Courier(
        callbacks=callbacks or Callbacks(), mailer=mailer or Postbox(), letterhead=LETTERHEAD, now=lambda: NOW
    )


def by_callback(life: Life, *, missed: int = 0) -> Telling:
    return replace(telling(life, missed=missed), subscription=callback_subscription(life))


def test_a_callback_carries_its_letter_and_what_docket_says_beside_it() -> None:
    callbacks = Callbacks()
    sender, told = courier(callbacks), by_callback(portin())
    letter = sender.compose(told)
    attempt = sender.deliver(told, letter, 3)
    assert attempt.outcome is Outcome.TOLD
    assert letter.message_id == MESSAGE_ID
    (request,) = callbacks.requests
    assert request == CallbackRequest(
        url="https://receiver.example.net/hook", body=letter.body, secret="whsec_c2VjcmV0",
        content_type="application/xml; charset=utf-8", message_id=MESSAGE_ID,
        headers=(("docket-order", ORDER_ID), ("docket-sequence", "2"), ("docket-attempt", "3")),
    )  # fmt: skip


def test_a_callback_says_how_many_before_it_were_given_up() -> None:
    callbacks = Callbacks()
    sender, told = courier(callbacks), by_callback(portin(), missed=2)
    sender.deliver(told, sender.compose(told), 1)
    assert callbacks.requests[0].headers[-1] == ("docket-missed", "2")


def test_version_2_goes_as_json_with_the_receivers_own_signature_over_the_bytes_sent() -> None:
    callbacks, life = Callbacks(), portin().note("Déjà vu")
    told = replace(telling(life), subscription=json_subscription(life, ORDERS, username="u", password="p"))
    sender = courier(callbacks)
    letter = sender.compose(told)
    sender.deliver(told, letter, 1)
    sender.deliver(told, replace(letter, body=b"kept"), 2)
    first, second = callbacks.requests
    assert (letter.content_type, json.loads(first.body)["note"]) == ("application/json; charset=utf-8", "Déjà vu")
    assert (first.username, first.password, first.secret) == ("u", "p", "whsec_c2VjcmV0")
    for sent in (first, second):
        signature = base64.b64encode(hmac.digest(b"shared", sent.body, "sha256")).decode()
        assert dict(sent.headers)["X-Bandwidth-Signature-SHA-256"] == signature


def test_who_gave_no_key_is_sent_no_signature_of_version_2_but_always_that_of_docket() -> None:
    callbacks, life = Callbacks(), portin()
    without = json_subscription(life, ORDERS)
    assert isinstance(without.target, Callback)
    told = replace(
        telling(life), subscription=replace(without, target=replace(without.target, shared_key=None, public_key="MII"))
    )
    sender = courier(callbacks)
    sender.deliver(told, sender.compose(told), 1)
    (request,) = callbacks.requests
    assert "X-Bandwidth-Signature-SHA-256" not in dict(request.headers)
    assert (request.secret, request.certificate) == ("whsec_c2VjcmV0", "MII")


def test_a_letter_kept_from_an_earlier_attempt_goes_as_it_was() -> None:
    callbacks, mailer = Callbacks(), Postbox()
    kept = Letter(message_id="msg_kept", content_type="application/xml", body=b"kept")
    courier(callbacks, mailer).deliver(by_callback(portin()), kept, 2)
    courier(callbacks, mailer).deliver(telling(portin()), kept, 2)
    assert (callbacks.requests[0].body, callbacks.requests[0].message_id) == (b"kept", "msg_kept")
    assert mailer.mails[0][0] == b"kept"


def test_a_mail_goes_from_the_desk_to_the_subscriber() -> None:
    mailer = Postbox()
    sender, told = courier(mailer=mailer), telling(portin())
    letter = sender.compose(told)
    attempt = sender.deliver(told, letter, 1)
    assert (letter.message_id, letter.content_type, letter.body) == (
        MESSAGE_ID,
        "message/rfc822",
        written(told),
    )
    assert mailer.mails == [(letter.body, "orders@docket.localhost", "bob@example.net")]
    assert (attempt.at, attempt.outcome, attempt.reason, attempt.status) == (NOW, Outcome.TOLD, "sent", None)


def test_a_way_out_that_fails_is_an_attempt_with_its_reason() -> None:
    refused = Postbox(MailNotSent("the mail server refused it for now (451)", 451))
    sender, told = courier(mailer=refused), telling(portin())
    attempt = sender.deliver(told, sender.compose(told), 1)
    assert (attempt.outcome, attempt.status) == (Outcome.NOT_TOLD, 451)
    assert attempt.reason == "the mail server refused it for now (451)"


def test_an_address_that_nobody_can_be_written_to_under_is_refused_without_trying() -> None:
    mailer = Postbox()
    sender, told = courier(mailer=mailer), telling(portin(), email="bob@example.net\r\nBcc: eve@example.net")
    attempt = sender.deliver(told, sender.compose(told), 1)
    assert (attempt.outcome, mailer.mails) == (Outcome.REFUSED, [])


def test_a_mail_without_its_order_is_a_fault_of_ours() -> None:
    told = telling(portin())

    @dataclass(frozen=True)
    class Bare:
        subscription, entry, missed, order, journal = told.subscription, told.entry, 0, None, ()

    with pytest.raises(ValueError, match="tells of an order"):
        courier().compose(Bare())
