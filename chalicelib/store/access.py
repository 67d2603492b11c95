"""The users of the API."""

import json

from chalicelib.domain.access import Credential, Role
from chalicelib.store import keys
from chalicelib.store.codec.text import written
from chalicelib.store.conditions import reachable
from chalicelib.store.rows import AccessRow


class Access:
    """Implements the flow's Access."""

    @reachable()
    def credential(self, user: str) -> Credential | None:
        """The user's credential, or None."""
        pk = keys.user(user)
        if not keys.possible(pk):
            return None
        try:
            read = json.loads(AccessRow.get(pk, consistent_read=True).body or "{}")
        except AccessRow.DoesNotExist:
            return None
        return Credential(
            user=user,
            role=Role(read["role"]),
            accounts=tuple(read.get("accounts", ())),
            secret_hash=read["secret_hash"],
        )

    @reachable()
    def keep(self, credential: Credential) -> None:
        """Write it in place of whatever the user had."""
        AccessRow(
            keys.user(credential.user),
            body=written(role=credential.role, accounts=credential.accounts, secret_hash=credential.secret_hash),
        ).save()
