"""What schema steps compute from what is stored already. A step that was released keeps what it needs here."""

import sqlite3

from chalicelib.domain.entry import OrderKey
from infra.local.store import access_codec, codec
from infra.local.store.listing import handle_rows

_ORDERS = """SELECT orders.account, orders.type, orders.id, orders.version, orders.head, details.body
    FROM orders JOIN details
    ON (details.account, details.type, details.order_id) = (orders.account, orders.type, orders.id)"""


def standing_and_handles(connection: sqlite3.Connection) -> None:
    """Fill the column `status` and the table `handles` from heads and details."""
    for account, kind, order_id, version, head, details in connection.execute(_ORDERS):
        key = OrderKey(account, kind, order_id)
        order = codec.order(key, version, head, details)
        connection.execute(
            "UPDATE orders SET status = ? WHERE account = ? AND type = ? AND id = ?",
            (order.status, *codec.columns(key)),
        )
        connection.executemany(
            """INSERT OR IGNORE INTO handles (account, type, kind, value, created_at, order_id)
                VALUES (?, ?, ?, ?, ?, ?)""",
            handle_rows(order),
        )


def members_and_accounts(connection: sqlite3.Connection) -> None:
    """Open the accounts of the users that there are: until now, having a user was all there was to it."""
    for user, record in connection.execute("SELECT user, record FROM credentials").fetchall():
        for number in codec.decode(record)["accounts"]:
            opened = (number, access_codec.of_account(access_codec.plain(number, None)))
            connection.execute("INSERT OR IGNORE INTO accounts (number, version, record) VALUES (?, 1, ?)", opened)
            connection.execute("INSERT OR IGNORE INTO members (account, user) VALUES (?, ?)", (number, user))
