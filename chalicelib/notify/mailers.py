"""The ways a finished mail can leave: the protocol, how it fails, and SES. One machine brings its own."""

from collections.abc import Mapping
from typing import Any, Protocol

CONNECT_SECONDS = 5
READ_SECONDS = 10


class Mailer(Protocol):
    """A way out for mail."""

    def send(self, message: bytes, *, sender: str, recipient: str) -> str:
        """Hand the message over; gives the id under which the way out knows it. Raises MailNotSent."""


class MailNotSent(Exception):
    """The mail was not taken. `reason` may be shown to the subscriber; `status` is its code."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        """Coarse words, without addresses or secrets."""
        super().__init__(reason)
        self.reason, self.status = reason, status


class SesClient(Protocol):
    """The one call of boto3's `sesv2` client that is made."""

    def send_email(self, **request: Any) -> Mapping[str, Any]:  # noqa: ANN401 because boto3's requests are nested dicts
        """SendEmail."""


class SesMailer:
    """Amazon SES, API v2, with a raw message. SES puts its own Message-ID and Date in place of ours."""

    def __init__(self, client: SesClient | None = None) -> None:
        """Without a client, one of this process's region is made at the first mail."""
        self._made = client

    def send(self, message: bytes, *, sender: str, recipient: str) -> str:
        """One call, never repeated here: SendEmail knows no idempotency token."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 because one machine needs no AWS

        try:
            answer = self._client().send_email(
                FromEmailAddress=sender,
                Destination={"ToAddresses": [recipient]},
                Content={"Raw": {"Data": message}},
            )
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            raise MailNotSent(f"SES refused it: {error.response['Error']['Code']}", status) from error
        except BotoCoreError as error:
            raise MailNotSent("SES could not be reached") from error
        return str(answer["MessageId"])

    def _client(self) -> SesClient:
        import boto3  # noqa: PLC0415 because a callback needs no SES
        from botocore.config import Config  # noqa: PLC0415 because a callback needs no SES

        if self._made is None:
            patience = Config(
                connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries={"total_max_attempts": 1}
            )
            self._made = boto3.client("sesv2", config=patience)
        return self._made
