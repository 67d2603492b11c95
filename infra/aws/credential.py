"""`python -m infra.aws.credential USER [ACCOUNT …]`: gives a user of the deployed API a new secret, and prints it once.

Without accounts the user is an operator. The tables and the key come from DOCKET_TABLE_PREFIX and DOCKET_SERVICE_KEY.
"""

import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from chalicelib import config, wiring
from chalicelib.domain.access import Credential, Role, secret_hash
from chalicelib.store.adapters import in_tables


def main(user: str, accounts: Sequence[str]) -> None:
    """Write the credential in place of the user's former one. Ends the process where there is no key."""
    settings = config.of_process()
    if not settings.service_key:
        sys.exit("DOCKET_SERVICE_KEY must be the key of the deployment: see docs/operations.md")
    secret = secrets.token_urlsafe(24)
    role = Role.CUSTOMER if accounts else Role.OPERATOR
    hashed = secret_hash(secret, key=settings.service_key)
    access = in_tables(settings, now=wiring.now).access
    access.keep(Credential(user=user, role=role, accounts=tuple(accounts), secret_hash=hashed, made_at=wiring.now()))
    print(f"{user} ({role}): {secret}")  # noqa: T201 because a command speaks on the terminal


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m infra.aws.credential", description="A new secret for a user of the API.")
    parser.add_argument("user")
    parser.add_argument("account", nargs="*", help="which the user acts for; without any: an operator")
    asked = parser.parse_args()
    main(asked.user, asked.account)
