"""Doorbells over SQS."""

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from chalicelib.domain.errors import StoreUnavailable
from chalicelib.store.bell import Bell
from tests.domain.samples import key
from tests.store.worlds import ref

ORDER = {"account": "9900000", "type": "portins", "order": key().id}


class Queue:
    """A queue of moto's, as its readers see it."""

    def __init__(self) -> None:
        self.client = boto3.client("sqs")
        self.url = self.client.create_queue(QueueName="doorbell")["QueueUrl"]

    def read(self) -> list[tuple[object, str | None]]:
        """The messages that may be read now, each with its group."""
        found = self.client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["MessageGroupId"]
        ).get("Messages", [])
        return [(json.loads(each["Body"]), each.get("Attributes", {}).get("MessageGroupId")) for each in found]

    def waiting(self) -> tuple[int, int]:
        """How many may be read now, and how many later."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed"]
        read = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)["Attributes"]
        return int(read[names[0]]), int(read[names[1]])


@pytest.fixture
def queue() -> Iterator[Queue]:
    with mock_aws():
        yield Queue()


@pytest.fixture
def bell(queue: Queue) -> Bell:
    return Bell(queue.client, queue.url)


def test_a_bell_names_the_cursor_and_shares_the_queue_by_subscription(queue: Queue, bell: Bell) -> None:
    bell.tell(ref(), new_work=True)
    bell.tell(ref())
    subscription = ref().subscription_id
    assert queue.read() == [
        ({"tell": {**ORDER, "subscription": subscription, "new_work": new_work}}, subscription)
        for new_work in (True, False)
    ]


def test_an_announcement_goes_on_where_the_page_ended(queue: Queue, bell: Bell) -> None:
    bell.announce(key(), 7, start="0abc")
    assert queue.read() == [({"announce": {**ORDER, "number": 7, "start": "0abc"}}, "announce")]


@pytest.mark.parametrize(
    ("delay", "waiting"), [(0, (1, 0)), (-3, (1, 0)), (0.2, (0, 1)), (899.1, (0, 1)), (900, (0, 1))]
)
def test_a_bell_rings_when_it_is_time_and_not_before(
    queue: Queue, bell: Bell, delay: float, waiting: tuple[int, int]
) -> None:
    bell.tell(ref(), delay=delay)
    assert queue.waiting() == waiting


@pytest.mark.parametrize("delay", [900.1, 86_400])
def test_what_is_due_later_than_a_queue_can_hold_is_left_to_the_sweep(queue: Queue, bell: Bell, delay: float) -> None:
    bell.tell(ref(), delay=delay)
    assert queue.waiting() == (0, 0)


def test_a_queue_that_is_not_there_is_a_store_that_cannot_be_reached(queue: Queue) -> None:
    lost = Bell(queue.client, f"{queue.url}-gone")
    with pytest.raises(StoreUnavailable):
        lost.tell(ref())
