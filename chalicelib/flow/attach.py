"""Documents on orders: attach, replace, describe, remove, read. Bytes first, then the entry, then what is left over.

The tables alone say which bytes count. Bytes whose fate is open are undecided (ports/documents.py); whoever is
interrupted between bytes and entry leaves them so, and the sweep asks the tables.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.domain import attachment
from chalicelib.domain.commands import AttachDocument, Cancel, DescribeDocument, RemoveDocument, ReplaceDocument
from chalicelib.domain.document import Attachment
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Fault, Refused, StoreUnavailable
from chalicelib.domain.order import Change, Order
from chalicelib.flow.accept import Accept, Keyed, Rearranged
from chalicelib.flow.ports import Documents, Ledger

DECIDED_WITHIN = timedelta(minutes=15)
"""After this a request is over, whatever became of it; none may take longer than half a minute."""

_READS = 3
"""Reads of one document until its bytes are there: they are, unless it is replaced at that moment."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be decided, and the bytes whose fate that decides."""

    order: OrderKey
    decision: Rearranged
    blobs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """The verb, with what it needs. All but `tidy` raise OrderNotFound, OrderBusy."""

    accept: Accept
    ledger: Ledger
    documents: Documents
    now: Callable[[], datetime]
    new_token: Callable[[], str]

    def attach(self, command: AttachDocument, keyed: Keyed | None = None) -> str:
        """Attach a file; gives its name. Raises Invalid, TooManyDocuments, WrongForm, KeyReused."""
        done = self.accept.result(keyed)
        if done is not None:
            return done
        blob = attachment.blob_of(command.order, self.new_token())

        def decision(order: Order, held: Sequence[Attachment], at: datetime) -> Change:
            return attachment.attach(order, held, command, blob=blob, at=at)

        return self._upload(_Plan(command.order, decision, [blob]), command.sent.content, keyed)

    def replace(self, command: ReplaceDocument) -> None:
        """Put another file in the place of one. Raises DocumentNotFound, Invalid, WrongForm."""
        blob = attachment.blob_of(command.order, self.new_token())

        def decision(order: Order, held: Sequence[Attachment], at: datetime) -> Change:
            return attachment.replace(order, held, command, blob=blob, at=at)

        self._upload(_Plan(command.order, decision, [blob]), command.sent.content)

    def describe(self, command: DescribeDocument) -> None:
        """Say what a document is for and how it is called. Raises DocumentNotFound, Invalid, WrongForm."""
        self.accept.file(
            command.order, lambda order, held, at: attachment.describe(order, held, command, at=at)
        )  # fmt: skip

    def remove(self, command: RemoveDocument) -> None:
        """Take a document away. Raises DocumentNotFound."""

        def decision(order: Order, held: Sequence[Attachment], at: datetime) -> Change:
            return attachment.remove(order, held, command, at=at)

        self._carry_out(_Plan(command.order, decision))

    def cancel(self, command: Cancel, keyed: Keyed | None = None) -> None:
        """End an order for its client; a draft is removed with its documents. Raises Invalid, Barred, KeyReused."""

        def decision(order: Order, held: Sequence[Attachment], at: datetime) -> Change:
            return attachment.cancel(order, held, command, at=at)

        self._carry_out(_Plan(command.order, decision), keyed)

    def read(self, key: OrderKey, file: str) -> tuple[Attachment, bytes]:
        """A document and its bytes. Raises DocumentNotFound."""
        self.ledger.order(key)
        for _ in range(_READS):
            document = attachment.one(self.ledger.documents(key), file)
            content = self.documents.read(document.blob)
            if content is not None:
                return document, content
        raise StoreUnavailable(f"the bytes of {file} are not there")

    def undecided(self, *, limit: int) -> Sequence[str]:
        """Bytes that an interrupted request has left behind."""
        return self.documents.undecided(before=self.now() - DECIDED_WITHIN, limit=limit)

    def tidy(self, blob: str) -> None:
        """Keep these bytes, or remove them, as the tables say. Repeating it is harmless."""
        self._tidy(attachment.order_of(blob), [blob])

    def _upload(self, plan: _Plan, content: bytes, keyed: Keyed | None = None) -> str:
        """Nothing is kept of what would be refused."""
        plan.decision(self.ledger.order(plan.order), self.ledger.documents(plan.order), self.now())
        for blob in plan.blobs:
            self.documents.put(blob, content)
        return self._carry_out(plan, keyed)

    def _carry_out(self, plan: _Plan, keyed: Keyed | None = None) -> str:
        """Write the entry; after that, or a refusal, settle what becomes of the bytes. After a fault nobody knows."""

        def decided(order: Order, held: Sequence[Attachment], at: datetime) -> Change:
            change = plan.decision(order, held, at)
            for blob in _given_up(held, change):
                self.documents.doubt(blob)
                plan.blobs.append(blob)
            return change

        try:
            file = self.accept.file(plan.order, decided, keyed)
        except Refused:
            self._tidy_or_leave(plan)
            raise
        self._tidy_or_leave(plan)
        return file

    def _tidy_or_leave(self, plan: _Plan) -> None:
        """What was asked for is done, or refused: trouble with the bytes left over is not the client's."""
        try:
            self._tidy(plan.order, plan.blobs)
        except Fault as error:
            log.failed("attach", error, order=plan.order.id)

    def _tidy(self, order: OrderKey, blobs: Iterable[str]) -> None:
        named = {document.blob for document in self.ledger.documents(order)}
        for blob in blobs:
            if blob in named:
                self.documents.keep(blob)
            else:
                self.documents.remove(blob)


def _given_up(held: Sequence[Attachment], change: Change) -> Iterator[str]:
    """The bytes that no document names any more after a change."""
    after = {document.file: document.blob for document in change.documents}
    for document in held:
        if document.file in change.removed_documents or after.get(document.file, document.blob) != document.blob:
            yield document.blob
