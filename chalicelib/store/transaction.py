"""Writes of several items as one, each with what it means when its condition does not hold."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.domain.errors import StoreUnavailable
from chalicelib.store.conditions import code, pauses
from chalicelib.store.rows import Row

_CHECK, _DELETE, _PUT, _UPDATE = range(4)
"""The order in which PynamoDB sends the writes, and AWS therefore names the failed ones."""

MOST_ITEMS = 100
"""Of one transaction: DynamoDB's limit."""

Failure = Callable[[], Exception]


def _never() -> Exception:
    return StoreUnavailable("a write without a condition was refused")


@dataclass(frozen=True, slots=True)
class _Write:
    kind: int
    stage: Callable[[TransactWrite], None]
    otherwise: Failure


@dataclass(slots=True)
class Transaction:
    """Collects writes; `commit` makes them all, or none of them.

    `otherwise` makes the exception to raise when the write's condition fails; of several, that of the first write
    that was added counts.
    """

    connection: Connection
    writes: list[_Write] = field(default_factory=list)

    def check(self, row: Row, condition: Condition, otherwise: Failure) -> None:
        """Only a condition."""
        kind, keys = type(row), (row.pk, getattr(row, "sk", None))
        self._add(_CHECK, lambda it: it.condition_check(kind, *keys, condition=condition), otherwise)

    def delete(self, row: Row, condition: Condition | None = None, otherwise: Failure = _never) -> None:
        """Also fine where there is no such item, unless the condition says otherwise."""
        self._add(_DELETE, lambda it: it.delete(row, condition=condition), otherwise)

    def put(self, row: Row, condition: Condition | None = None, otherwise: Failure = _never) -> None:
        """The whole item, in place of any other."""
        self._add(_PUT, lambda it: it.save(row, condition=condition), otherwise)

    def update(self, row: Row, actions: list[Action], condition: Condition, otherwise: Failure) -> None:
        """Some attributes."""
        self._add(_UPDATE, lambda it: it.update(row, actions=actions, condition=condition), otherwise)

    def commit(self) -> None:
        """Write. Raises what the first failed write says."""
        sent = sorted(self.writes, key=lambda write: write.kind)
        for pause in pauses():
            try:
                with TransactWrite(connection=self.connection) as together:
                    for write in sent:
                        write.stage(together)
            except TransactWriteError as error:
                self._judge(sent, error)
                pause()
            else:
                return
        raise StoreUnavailable("the items are being written by others all the time")

    def _add(self, kind: int, stage: Callable[[TransactWrite], None], otherwise: Failure) -> None:
        self.writes.append(_Write(kind, stage, otherwise))

    def _judge(self, sent: list[_Write], error: TransactWriteError) -> None:
        """Raise what went wrong; return when others' transactions were in the way, and nothing else."""
        if code(error) != "TransactionCanceledException":
            raise error
        failed = _named(sent, error.cancellation_reasons, "ConditionalCheckFailed")
        if failed:
            raise min(failed, key=self.writes.index).otherwise() from None
        if not _named(sent, error.cancellation_reasons, "TransactionConflict"):
            raise error


def _named(sent: list[_Write], reasons: list[CancellationReason | None], code: str) -> list[_Write]:
    return [write for write, reason in zip(sent, reasons, strict=True) if reason and reason.code == code]
