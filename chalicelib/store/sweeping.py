"""What the sweep asks the bucketed indexes: the oldest of all buckets together."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.store import keys
from chalicelib.store.codec.text import time
from chalicelib.store.rows import CursorRow, OrderRow, SubscriptionRow

R = TypeVar("R", OrderRow, SubscriptionRow, CursorRow)


def oldest(index: GlobalSecondaryIndex[R], at: UnicodeAttribute, *, before: datetime, limit: int) -> Iterator[R]:
    """The rows (keys only) whose time `at` lies before another, oldest first. The index may lag."""
    found = [each for bucket in range(keys.BUCKETS) for each in index.query(bucket, at < time(before), limit=limit)]
    return islice(sorted(found, key=attrgetter(at.attr_name)), limit)
