"""Which tables, where: names from the settings, one client for all of them. Nothing is opened before `use`."""

from pynamodb.connection import Connection

from chalicelib.store.rows import ROWS, AccessRow, CursorRow, OrderRow, SubscriptionRow

NAMES = {OrderRow: "orders", SubscriptionRow: "subscriptions", CursorRow: "cursors", AccessRow: "access"}

_CONNECT_SECONDS = 2.0
_READ_SECONDS = 5.0
_RETRIES = 3


def use(prefix: str, *, host: str | None = None) -> Connection:
    """Let the rows stand in the tables of this prefix, at AWS or at another endpoint, from now on."""
    connection = Connection(
        host=host, connect_timeout_seconds=_CONNECT_SECONDS, read_timeout_seconds=_READ_SECONDS,
        max_retry_attempts=_RETRIES,
    )  # fmt: skip
    for row, name in NAMES.items():
        row.Meta.table_name = f"{prefix}{name}"
        row._connection = None  # noqa: SLF001 because a table of the same name at another endpoint is another one
        table = row._get_connection()  # noqa: SLF001 because PynamoDB would open a client, and read AWS's description of the service, for each table
        connection.add_meta_table(table.get_meta_table())
        table.connection = connection
    return connection


def create() -> None:
    """Make all tables, empty. On AWS they are made by the deployment."""
    for row in ROWS:
        row.create_table(wait=True)
