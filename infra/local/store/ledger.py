"""Orders with their journals and notes."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.domain.document import Attachment
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.errors import Conflict, OrderNotFound
from chalicelib.domain.order import Change, Note, Order
from chalicelib.domain.query import OrderQuery
from chalicelib.domain.record import OrderPage, Receipt
from infra.local.store import codec, receipts
from infra.local.store.codec import columns, stamp, time
from infra.local.store.listing import COUNTED, Listing, handle_rows, keep_handles, listed_as
from infra.local.store.reader import Reads
from infra.local.store.writer import Writer

_DETAILS = """INSERT INTO details (account, type, order_id, body) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body"""

_DOCUMENT = """INSERT INTO documents (account, type, order_id, file, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body"""

_OF = "account = ? AND type = ? AND order_id = ?"


class Ledger:
    """Implements the flow's Ledger."""

    def __init__(self, reads: Reads, writer: Writer, recorded: Callable[[], None], *, counted: int = COUNTED) -> None:
        """`recorded` is called after each commit of new entries, by the thread that brought them.

        `counted`: how far a list's total counts.
        """
        self._reads, self._writer, self._recorded = reads, writer, recorded
        self._listing = Listing(reads, counted=counted)

    def order(self, key: OrderKey) -> Order:
        """The order as it stands, details included; a consistent read. Raises OrderNotFound."""
        rows = self._reads.rows(
            """SELECT version, head, body FROM orders JOIN details
                ON (details.account, details.type, details.order_id) = (orders.account, orders.type, orders.id)
                WHERE orders.account = ? AND orders.type = ? AND orders.id = ?""",
            columns(key),
        )
        for version, head, details in rows:
            order = codec.order(key, version, head, details)
            if not order.removed:
                return order
        raise OrderNotFound(key.type, key.id)

    def record(self, change: Change, receipt: Receipt | None = None) -> None:
        """Write head, entries, notes and receipt as one. Raises Conflict, ReceiptTaken."""
        at = change.entries[-1].at if change.entries else change.order.modified_at
        written = _Written(change) if change.entries else None

        def work(connection: sqlite3.Connection) -> None:
            receipts.refuse_taken(connection, receipt, at=at)
            if written is None:
                _refuse_moved(connection, change)
            else:
                written.head(connection)
                written.journal(connection)
            receipts.keep(connection, receipt, at=at)

        self._writer.do(work)
        if written is not None:
            self._recorded()

    def entries(self, key: OrderKey, *, after: int = 0, upto: int | None = None) -> Sequence[Entry]:
        """The journal between two numbers (after < number <= upto), in order; a consistent read."""
        limit = "" if upto is None else "AND number <= ?"
        rows = self._reads.rows(
            f"SELECT number, body FROM entries WHERE {_OF} AND number > ? {limit} ORDER BY number",  # noqa: S608 because only words from above are put in
            (*columns(key), after) if upto is None else (*columns(key), after, upto),
        )
        return [codec.entry(key, number, body) for number, body in rows]

    def notes(self, key: OrderKey) -> Sequence[Note]:
        """All notes of an order, oldest first; a consistent read."""
        sql = f"SELECT id, body FROM notes WHERE {_OF} ORDER BY length(id), id"  # noqa: S608 because only words from above are put in
        return [codec.note(note_id, body) for note_id, body in self._reads.rows(sql, columns(key))]

    def documents(self, key: OrderKey) -> Sequence[Attachment]:
        """What is known of the documents of an order, oldest first; a consistent read."""
        sql = f"SELECT file, body FROM documents WHERE {_OF} ORDER BY file"  # noqa: S608 because only words from above are put in
        return [codec.document(file, body) for file, body in self._reads.rows(sql, columns(key))]

    def page(self, query: OrderQuery) -> OrderPage:
        """A page of a type's orders. Raises OrderNotFound where it is to begin with an order that is not there."""
        return self._listing.page(query)

    def total(self, query: OrderQuery) -> int:
        """How many orders it matches, counted so far and no further."""
        return self._listing.total(query)

    def announced(self, key: OrderKey, number: int) -> bool:
        """Take the mark away, on condition that the version is `number`. False when it is not (or no mark stood)."""
        sql = """UPDATE orders SET unannounced_since = NULL
            WHERE account = ? AND type = ? AND id = ? AND version = ? AND unannounced_since IS NOT NULL"""
        return self._writer.do(
            lambda connection: connection.execute(sql, (*columns(key), number)).rowcount > 0, durable=False
        )

    def unannounced(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders marked before a time, oldest first."""
        rows = self._reads.rows(
            """SELECT account, type, id FROM orders WHERE unannounced_since < ?
                ORDER BY unannounced_since LIMIT ?""",
            (stamp(before), limit),
        )
        return [OrderKey(*row) for row in rows]

    def stepping(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders whose plan is due before a time, oldest first."""
        return [key for key, _ in self.steps(before=before, limit=limit)]

    def steps(self, *, before: datetime, limit: int) -> Sequence[tuple[OrderKey, datetime]]:
        """As `stepping`, each with its time."""
        sql = "SELECT account, type, id, step_at FROM orders WHERE step_at < ? ORDER BY step_at LIMIT ?"
        return [(OrderKey(*key), time(due)) for *key, due in self._reads.rows(sql, (stamp(before), limit))]

    def marked(self, key: OrderKey) -> int | None:
        """The order's version when the mark stands, else None; a consistent read."""
        sql = """SELECT version FROM orders
            WHERE account = ? AND type = ? AND id = ? AND unannounced_since IS NOT NULL"""
        return next((version for (version,) in self._reads.rows(sql, columns(key))), None)


class _Written:
    """A change as rows. Made before the turn to write comes, so that the turn is short."""

    def __init__(self, change: Change) -> None:
        order = change.order
        self._key, self._base, self._version = columns(order.key), change.base, order.version
        self._listed, self._created_at = listed_as(order), stamp(order.created_at)
        self._since = stamp(change.entries[-1].at)
        self._step_at = stamp(order.plan.due) if order.plan and order.plan.due else None
        self._head = codec.of_order(order)
        self._details = codec.of_details(order.details) if change.rewrites else None
        self._handles = handle_rows(order) if change.rewrites or order.removed else None
        self._entries = [(*self._key, entry.number, codec.of_entry(entry)) for entry in change.entries]
        self._notes = [(*self._key, note.id, codec.of_note(note)) for note in change.notes]
        self._documents = [(*self._key, each.file, codec.of_document(each)) for each in change.documents]
        self._gone = [(*self._key, file) for file in change.removed_documents]

    def head(self, connection: sqlite3.Connection) -> None:
        """Write it on condition that the version is the base. Raises Conflict, before anything is written."""
        values: tuple[object, ...]
        if self._base == 0:
            sql = """INSERT INTO orders
                (account, type, id, version, created_at, draft, status, unannounced_since, step_at, head)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
            marks = (self._since, self._step_at)
            values = (*self._key, self._version, self._created_at, *self._listed, *marks, self._head)
        else:
            sql = """UPDATE orders SET version = ?, draft = ?, status = ?, head = ?, step_at = ?,
                unannounced_since = coalesce(unannounced_since, ?)
                WHERE account = ? AND type = ? AND id = ? AND version = ?"""
            values = (self._version, *self._listed, self._head, self._step_at, self._since, *self._key, self._base)
        if connection.execute(sql, values).rowcount == 0:
            raise Conflict
        if self._details is not None:
            connection.execute(_DETAILS, (*self._key, self._details))
        if self._handles is not None:
            keep_handles(connection, self._handles, self._key)

    def journal(self, connection: sqlite3.Connection) -> None:
        """Write entries, notes and documents."""
        connection.executemany(
            "INSERT INTO entries (account, type, order_id, number, body) VALUES (?, ?, ?, ?, ?)", self._entries
        )
        if self._notes:
            connection.executemany(
                """INSERT INTO notes (account, type, order_id, id, body) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET body = excluded.body""",
                self._notes,
            )
        if self._documents:
            connection.executemany(_DOCUMENT, self._documents)
        if self._gone:
            connection.executemany(f"DELETE FROM documents WHERE {_OF} AND file = ?", self._gone)  # noqa: S608 because only words from above are put in


def _refuse_moved(connection: sqlite3.Connection, change: Change) -> None:
    sql = "SELECT version FROM orders WHERE account = ? AND type = ? AND id = ?"
    row = connection.execute(sql, columns(change.order.key)).fetchone()
    if (row[0] if row else 0) != change.base:
        raise Conflict
