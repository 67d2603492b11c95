"""Queue messages → tell, go on announcing, or step. A message only wakes; what there is to do stands in the tables."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol, cast

from chalice.app import SQSEvent

from chalicelib import log
from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import OrderKey
from chalicelib.wiring import Services

Failures = dict[str, list[dict[str, str]]]


class Context(Protocol):
    """What Lambda says of the run."""

    def get_remaining_time_in_millis(self) -> float:
        """Until it is cut off."""


def ring(event: SQSEvent, services: Services) -> Failures:
    """Answer each bell of the batch; those that failed on our side come again. Without a context there is no hurry."""
    context = cast("Context | None", event.context)
    ends = services.now() + timedelta(milliseconds=context.get_remaining_time_in_millis()) if context else None
    return each(event, lambda body: _answer(body, services, ends))


def each(event: SQSEvent, act: Callable[[str], None]) -> Failures:
    """Hand over each message's body; name those whose handling failed, so that the queue brings only them again."""
    failures = []
    for record in event.to_dict()["Records"]:
        try:
            act(record["body"])
        except Exception as error:  # noqa: BLE001 because one bad message must not bring back the good ones
            log.failed("queue.message", error, message=record["messageId"])
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def _answer(body: str, services: Services, ends: datetime | None) -> None:
    message = json.loads(body)
    if "tell" in message:
        bell = message["tell"]
        services.tell(CursorRef(bell["subscription"], _order(bell)), new_work=bell["new_work"], ends=ends)
    elif "step" in message:
        services.step(_order(message["step"]))
    else:
        bell = message["announce"]
        services.announce(_order(bell), bell["number"], start=bell["start"])


def _order(bell: Mapping[str, str]) -> OrderKey:
    return OrderKey(bell["account"], bell["type"], bell["order"])
