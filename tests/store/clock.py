"""The time that DynamoDB's adapters take for the true one in tests."""

from datetime import datetime

from tests.domain.samples import START


class Clock:
    """Stands still until a test sets it."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at
