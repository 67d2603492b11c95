"""The mail server's notices → hear. SES writes a mail to the bucket, then tells SNS, which tells the queue."""

import json
from collections.abc import Mapping
from typing import Any

from chalice.app import SQSEvent

from chalicelib.edge.doorbell import Failures, each
from chalicelib.flow.hear import Notice
from chalicelib.wiring import Services

_JUDGED = ("spamVerdict", "virusVerdict", "dmarcVerdict")


def hear(event: SQSEvent, services: Services) -> Failures:
    """Hear each mail of the batch."""
    return each(event, lambda body: services.hear(_notice(json.loads(json.loads(body)["Message"]))))


def _notice(message: Mapping[str, Any]) -> Notice:
    """A `Received` notice, as https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html."""
    receipt = message["receipt"]
    failed = [name for name in _JUDGED if receipt.get(name, {}).get("status") == "FAIL"]
    return Notice(
        name=receipt["action"]["objectKey"].rpartition("/")[2],
        recipients=tuple(receipt.get("recipients", ())),
        failed=f"the mail server judged it: {', '.join(failed)} FAIL" if failed else None,
    )
