"""The secrets that a first start makes, kept in one file that only its owner may read."""

import json
import secrets
from dataclasses import dataclass, field, replace

from chalicelib.config import Settings
from infra.local.inbox import write_whole


@dataclass(frozen=True, slots=True)
class Prepared:
    """The settings with every secret in place. `made`: passwords that nobody chose, by user."""

    settings: Settings
    made: dict[str, str] = field(repr=False)


def prepare(settings: Settings) -> Prepared:
    """Take the secrets that are set, those of earlier starts, and make the ones that are missing."""
    path = settings.state / "secrets.json"
    kept: dict[str, str] = json.loads(path.read_bytes()) if path.exists() else {}
    new = {
        "service_key": secrets.token_hex(32),
        "reply_key": secrets.token_hex(32),
        "password": secrets.token_urlsafe(16),
        "operator_password": secrets.token_urlsafe(16),
    }
    now = {**new, **kept}
    if now != kept:
        settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, json.dumps(now, indent=1).encode())
    path.chmod(0o600)  # an earlier hand, or a copy back from a backup, may have opened it to all
    made = {}
    if settings.password is None:
        made[settings.user] = now["password"]
    if settings.operator_password is None:
        made[settings.operator_user] = now["operator_password"]
    whole = replace(
        settings,
        service_key=settings.service_key or bytes.fromhex(now["service_key"]),
        reply_keys=settings.reply_keys or (bytes.fromhex(now["reply_key"]),),
        password=settings.password or now["password"],
        operator_password=settings.operator_password or now["operator_password"],
    )
    return Prepared(whole, made)
