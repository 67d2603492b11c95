"""The users of the API."""

import sqlite3

from chalicelib.domain.access import Credential, Role
from infra.local.store.codec import decode, encode
from infra.local.store.reader import Reads
from infra.local.store.writer import Writer


class Access:
    """Implements the flow's Access."""

    def __init__(self, reads: Reads, writer: Writer) -> None:
        self._reads, self._writer = reads, writer

    def credential(self, user: str) -> Credential | None:
        """The user's credential, or None."""
        for role, record in self._reads.rows("SELECT role, record FROM credentials WHERE user = ?", (user,)):
            read = decode(record)
            return Credential(
                user=user, role=Role(role), accounts=tuple(read["accounts"]), secret_hash=read["secret_hash"]
            )
        return None

    def keep(self, credential: Credential) -> None:
        """Write it in place of whatever the user had."""
        record = encode({"accounts": credential.accounts, "secret_hash": credential.secret_hash})

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                """INSERT INTO credentials (user, role, record) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET role = excluded.role, record = excluded.record
                    WHERE (role, record) IS NOT (excluded.role, excluded.record)""",
                (credential.user, credential.role.value, record),
            )

        self._writer.do(work)
