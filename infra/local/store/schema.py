"""The tables, as steps from each schema version to the next. A step that was released is never changed.

Times are whole microseconds since 1970, UTC. What is only read back whole is JSON (codec.py); what is searched or
conditioned on has a column of its own.
"""

import sqlite3
from collections.abc import Callable

from infra.local.store import backfill

Statement = str | Callable[[sqlite3.Connection], None]
"""SQL, or what SQL cannot say."""

MIGRATIONS: tuple[tuple[Statement, ...], ...] = (
    (
        # ------------------------------------------------------------------ orders, journals, notes
        """CREATE TABLE orders (
            account TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
            version INTEGER NOT NULL, created_at INTEGER NOT NULL, draft INTEGER NOT NULL,
            unannounced_since INTEGER, head TEXT NOT NULL,
            PRIMARY KEY (account, type, id))""",
        "CREATE INDEX orders_listed ON orders (account, type, draft, created_at, id)",
        """CREATE INDEX orders_unannounced ON orders (unannounced_since)
            WHERE unannounced_since IS NOT NULL""",
        # Apart from the head, which each change writes anew: they may be a megabyte.
        """CREATE TABLE details (
            account TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL, body TEXT NOT NULL,
            PRIMARY KEY (account, type, order_id))""",
        # The journals are the feed too: with one writer, the order of `seq` is the order of commits, without
        # gaps that fill later; AUTOINCREMENT keeps a number from being given twice.
        """CREATE TABLE entries (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL, number INTEGER NOT NULL,
            body TEXT NOT NULL,
            UNIQUE (account, type, order_id, number))""",
        """CREATE TABLE notes (
            account TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL, id TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (account, type, order_id, id))""",
        """CREATE TABLE receipts (
            id TEXT PRIMARY KEY, body_hash TEXT NOT NULL, result TEXT NOT NULL, expires_at INTEGER NOT NULL
            )""",
        "CREATE INDEX receipts_expiring ON receipts (expires_at)",
        # ------------------------------------------------------------------ subscriptions
        """CREATE TABLE subscriptions (
            account TEXT NOT NULL, id TEXT NOT NULL, tag TEXT NOT NULL, version INTEGER NOT NULL,
            created_at INTEGER NOT NULL, expires_at INTEGER, ended_at INTEGER,
            status TEXT NOT NULL, status_at INTEGER, revision INTEGER NOT NULL, health TEXT NOT NULL,
            definition TEXT NOT NULL,
            PRIMARY KEY (account, id))""",
        "CREATE INDEX subscriptions_listed ON subscriptions (account, created_at, id)",
        "CREATE INDEX subscriptions_tagged ON subscriptions (account, tag)",
        """CREATE INDEX subscriptions_expiring ON subscriptions (expires_at)
            WHERE expires_at IS NOT NULL""",
        """CREATE TABLE routes (
            account TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL, subscription_id TEXT NOT NULL,
            after INTEGER NOT NULL,
            PRIMARY KEY (account, type, order_id, subscription_id)) WITHOUT ROWID""",
        "CREATE INDEX routes_of ON routes (account, subscription_id)",
        """CREATE TABLE claims (
            account TEXT NOT NULL, subject TEXT NOT NULL, order_id TEXT NOT NULL, address TEXT NOT NULL,
            subscription_id TEXT NOT NULL,
            PRIMARY KEY (account, subject, order_id, address)) WITHOUT ROWID""",
        # ------------------------------------------------------------------ telling
        """CREATE TABLE cursors (
            account TEXT NOT NULL, subscription_id TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL,
            told INTEGER NOT NULL, wanted INTEGER NOT NULL, due INTEGER,
            lease TEXT, leased_until INTEGER,
            attempt INTEGER NOT NULL, lost INTEGER NOT NULL, missed INTEGER NOT NULL,
            PRIMARY KEY (account, subscription_id, type, order_id)) WITHOUT ROWID""",
        "CREATE INDEX cursors_due ON cursors (due) WHERE due IS NOT NULL",
        """CREATE TABLE deliveries (
            account TEXT NOT NULL, subscription_id TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL,
            number INTEGER NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL, record TEXT NOT NULL,
            letter BLOB,
            PRIMARY KEY (account, subscription_id, type, order_id, number))""",
        # ------------------------------------------------------------------ the rest
        "CREATE TABLE credentials (user TEXT PRIMARY KEY, role TEXT NOT NULL, record TEXT NOT NULL)",
        "CREATE TABLE checkpoints (reader TEXT PRIMARY KEY, seq INTEGER NOT NULL)",
        "INSERT INTO checkpoints (reader, seq) VALUES ('pump', 0)",
    ),
    (
        # ------------------------------------------------------------------ lists by state, and by what orders name
        "ALTER TABLE orders ADD COLUMN status TEXT NOT NULL DEFAULT ''",
        """CREATE TABLE handles (
            account TEXT NOT NULL, type TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
            created_at INTEGER NOT NULL, order_id TEXT NOT NULL,
            PRIMARY KEY (account, type, kind, value, created_at, order_id)) WITHOUT ROWID""",
        backfill.standing_and_handles,
        "CREATE INDEX orders_standing ON orders (account, type, status, created_at, id)",
        "CREATE INDEX handles_of ON handles (account, type, order_id)",
    ),
    (
        """CREATE TABLE documents (
            account TEXT NOT NULL, type TEXT NOT NULL, order_id TEXT NOT NULL, file TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (account, type, order_id, file))""",
    ),
    (
        # ------------------------------------------------------------------ accounts, rotation, the audit
        "ALTER TABLE credentials ADD COLUMN used_at INTEGER",
        "ALTER TABLE credentials ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        "CREATE TABLE accounts (number TEXT PRIMARY KEY, version INTEGER NOT NULL, record TEXT NOT NULL)",
        """CREATE TABLE members (
            account TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (account, user)) WITHOUT ROWID""",
        "CREATE INDEX members_of ON members (user)",
        "CREATE TABLE audit (id TEXT PRIMARY KEY, record TEXT NOT NULL)",
        backfill.members_and_accounts,
    ),
    (
        # ------------------------------------------------------------------ the autopilot
        "ALTER TABLE orders ADD COLUMN step_at INTEGER",
        "CREATE INDEX orders_stepping ON orders (step_at) WHERE step_at IS NOT NULL",
    ),
)


class NewerSchema(Exception):
    """The file was written by a later version of the program."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file forward to the newest schema, each step whole or not at all. Raises NewerSchema."""
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
    row = connection.execute("SELECT max(version) FROM schema_version").fetchone()
    version = row[0] or 0
    if version > len(MIGRATIONS):
        raise NewerSchema(f"it has schema version {version}, this program knows {len(MIGRATIONS)}")
    for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements:
                _carry_out(connection, statement)
            connection.execute("INSERT INTO schema_version (version) VALUES (?)", (number,))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _carry_out(connection: sqlite3.Connection, statement: Statement) -> None:
    if isinstance(statement, str):
        connection.execute(statement)
    else:
        statement(connection)
