"""How writes go wrong: a condition that does not hold, two transactions that met, an AWS that does not answer.

Conditions become answers; meetings are tried again at once and are nobody's conflict; the rest is StoreUnavailable.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import DeleteError, PutError, PynamoDBException, TransactWriteError, UpdateError

from chalicelib.domain.errors import Invalid, Problem, StoreUnavailable

T = TypeVar("T")

TRIES = 20
"""Writes that met another's transaction, before we say that the store is too busy."""

_LONGEST_PAUSE = 0.05
_CONDITION = "ConditionalCheckFailedException"
_MEETING = "TransactionConflictException"
_TOO_LARGE = Problem("1100", "The request is too large to be kept")


@contextmanager
def reachable() -> Iterator[None]:
    """Around whatever asks AWS. Raises StoreUnavailable with AWS's own words, Invalid for what no item can hold."""
    try:
        yield
    except (PynamoDBException, BotoCoreError, ClientError) as error:
        said = _said(error)
        if "exceeded the maximum allowed size" in said:
            raise Invalid(_TOO_LARGE) from error
        raise StoreUnavailable(said) from error


def conditional(write: Callable[[], T]) -> T | None:
    """One write of one item; None when its condition does not hold."""
    for pause in pauses():
        try:
            return write()
        except (PutError, UpdateError, DeleteError) as error:
            if code(error) == _CONDITION:
                return None
            if code(error) != _MEETING:
                raise
            pause()
    raise StoreUnavailable("the item is being written by others all the time")


def code(error: PynamoDBException) -> str | None:
    """AWS's code of what went wrong; None where AWS was not reached, which PynamoDB's own property does not survive."""
    cause = error.cause
    return cause.response.get("Error", {}).get("Code") if isinstance(cause, ClientError) else None


def _said(error: Exception) -> str:
    """AWS's own words: PynamoDB hides them in the cause, and those about one item of a transaction deeper still."""
    cause = error.cause if isinstance(error, PynamoDBException) else None
    reasons = error.cancellation_reasons if isinstance(error, TransactWriteError) else ()
    return "; ".join(
        [str(cause or error), *(f"{each.code}: {each.message}" for each in reasons if each and each.message)]
    )


def pauses() -> Iterator[Callable[[], None]]:
    """One for each try: a moment's wait, longer each time, so that those who met do not meet again."""
    for tried in range(TRIES):
        yield partial(_pause, min(_LONGEST_PAUSE, 0.002 * 2**tried))


def _pause(longest: float) -> None:
    time.sleep(random.uniform(0, longest))  # noqa: S311 because it spreads load, it hides nothing
