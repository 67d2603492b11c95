"""What a million notifications cost on AWS: counted units and calls, times list prices. docs/costs.md shows both.

Prices are those of us-east-1, in USD, without free tiers; docs/costs.md says when each was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.store.meter import Bill

PRICES: Mapping[str, float] = {
    "DynamoDB write units": 0.625,
    "DynamoDB read units": 0.125,
    "API Gateway requests (REST)": 3.50,
    "Lambda requests": 0.20,
    "Lambda GB-seconds": 16.6667,
    "SQS requests": 0.40,
    "log bytes": 0.0005,
}
"""USD for a million of each."""

RECEIVER_SECONDS = 0.2
"""How long the receiver takes to answer."""

API_SECONDS, API_GB = 0.06, 0.5
STREAM_SECONDS, STREAM_GB = 0.05, 0.5
SENDER_SECONDS, SENDER_GB = 0.06, 0.25
"""What the functions take beside waiting for the receiver, and the memory that .chalice/config.json gives them.

One entry in each stream batch is the dearest case: under load a batch holds many.
"""

SECOND_SUBSCRIBER = 2
"""Write units of the second one of the two subscribers for whom announcing is counted."""

QUEUE_REQUESTS = 3
"""A bell is sent, received and deleted."""

LOG_BYTES = 1200
"""Three lines: the request, the announcement, the attempt."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is paid for: how many of it for one notification, and USD for a million notifications."""

    name: str
    count: float

    @property
    def usd(self) -> float:
        """For a million notifications."""
        return self.count * PRICES[self.name]


def callback(bills: Mapping[str, Bill], *, receiver: float = RECEIVER_SECONDS) -> list[Line]:
    """One change made over the API and told to one callback: `bills` as tests/store/costs.py counts them."""
    work = [bills["`POST …/status`"], bills["an entry announced to two subscribers"], bills["a callback told"]]
    lambda_time = API_SECONDS * API_GB + STREAM_SECONDS * STREAM_GB + (SENDER_SECONDS + receiver) * SENDER_GB
    return [
        Line("API Gateway requests (REST)", 1),
        Line("Lambda requests", 3),
        Line("Lambda GB-seconds", lambda_time),
        Line("DynamoDB write units", sum(bill.writes for bill in work) - SECOND_SUBSCRIBER),
        Line("DynamoDB read units", sum(bill.reads for bill in work)),
        Line("SQS requests", QUEUE_REQUESTS),
        Line("log bytes", LOG_BYTES),
    ]


def total(lines: list[Line]) -> float:
    """USD for a million notifications."""
    return sum(line.usd for line in lines)
