"""Mail through SES, against moto in this process."""

from collections.abc import Iterator
from typing import Protocol

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.notify.mailers import MailNotSent, SesClient, SesMailer
from tests.notify.golden import MAILS, written


class Ses(SesClient, Protocol):
    """What the tests call beside."""

    def create_email_identity(self, *, EmailIdentity: str) -> object: ...  # noqa: N803 because boto3 calls it so


SENDER = "orders@docket.localhost"


@pytest.fixture
def ses() -> Iterator[Ses]:
    with mock_aws():
        yield boto3.client("sesv2", region_name="us-east-1")


def test_a_mail_is_handed_over_byte_for_byte_and_known_by_the_id_that_ses_gave(ses: Ses) -> None:
    ses.create_email_identity(EmailIdentity=SENDER)
    message = written(MAILS["portin-note"]())
    given = SesMailer().send(message, sender=SENDER, recipient="bob@example.net")
    (sent,) = ses_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    assert given == sent.id
    # moto adds those of the header to those of the call
    assert (sent.source, set(sent.destinations)) == (SENDER, {"bob@example.net"})
    assert sent.raw_data.encode() == message


def test_what_ses_refuses_says_why_in_its_own_word(ses: Ses) -> None:
    with pytest.raises(MailNotSent) as refused:
        SesMailer(ses).send(b"x", sender=SENDER, recipient="bob@example.net")
    assert refused.value.reason == "SES refused it: MessageRejected"
    assert refused.value.status == 400


def test_an_ses_that_cannot_be_reached_is_no_exception_of_botocore() -> None:
    once = Config(retries={"total_max_attempts": 1}, connect_timeout=1)
    nobody = boto3.client("sesv2", region_name="us-east-1", endpoint_url="http://127.0.0.1:9", config=once)
    with pytest.raises(MailNotSent, match="could not be reached"):
        SesMailer(nobody).send(b"x", sender=SENDER, recipient="bob@example.net")
