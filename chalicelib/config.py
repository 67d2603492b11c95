"""Every setting: one field each, with its variable, its form, an example and a sentence.

The only place that reads the environment. docs/settings.md is made from this file.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chalicelib.domain.delivery import RETRY_SCHEDULE

Networks = tuple[IPv4Network | IPv6Network, ...]

SHORTEST_SECRET = 12


class BadSetting(ValueError):
    """One line that names the variable, the form of its value, and an example."""

    def __init__(self, variable: str, value: str, form: str, example: str) -> None:
        """The value is repeated, unless the variable holds a secret."""
        shown = (
            ""
            if "PASSWORD" in variable or "KEY" in variable or "RELAY" in variable
            else f" is {value!r}, but"
        )
        super().__init__(f"{variable}{shown} must be {form}, for example {variable}={example}")


def _setting(
    variable: str, read: Callable[[str], Any], form: str, example: str, sentence: str, *,
    default: Any, on_aws: Any = ..., shown: str | None = None,
) -> Any:  # fmt: skip
    """A field that describes itself. `shown` is its default in words, where the value itself says little."""
    return field(
        default=default,
        metadata={
            "variable": variable, "read": read, "form": form, "example": example, "sentence": sentence,
            "on_aws": default if on_aws is ... else on_aws, "shown": shown,
        },
    )  # fmt: skip


def _whole(text: str, least: int = 0, most: int = 2**31) -> int:
    value = int(text)
    if not least <= value <= most:
        raise ValueError
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 10**9:  # NaN too
        raise ValueError
    return value


def _schedule(text: str) -> tuple[float, ...]:
    return tuple(_seconds(part) for part in text.split(",") if part.strip())


def _networks(text: str) -> Networks:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _account(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and text[0] != "0"):
        raise ValueError
    return text


def _user(text: str) -> str:
    if not text or ":" in text or len(text) > 100 or not text.isprintable():
        raise ValueError
    return text


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError
    return text


def _domain(text: str) -> str:
    if (
        not text.isascii()
        or not all(part and part.strip("-") == part for part in text.split("."))
        or "@" in text
    ):
        raise ValueError
    return text.lower()


def _url(text: str, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(text)
    if parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    _ = parts.port  # raises ValueError where it is no port
    return text.rstrip("/")


def _one_of(text: str, *words: str) -> str:
    if text not in words:
        raise ValueError
    return text


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) < 32:
        raise ValueError
    return key


def _keys(text: str) -> tuple[bytes, ...]:
    return tuple(_key(part.strip()) for part in text.split(",") if part.strip())[:7]


PORT_FORM = "a port number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a process. On AWS some defaults differ."""

    port: int = _setting(
        "DOCKET_PORT",
        partial(_whole, most=65535),
        PORT_FORM,
        "8000",
        "HTTP port; 0 picks a free one.",
        default=8000,
    )
    host: str = _setting(
        "DOCKET_HOST",
        str,
        "an address of this machine",
        "0.0.0.0",
        "Address that HTTP and SMTP listen on.",
        default="127.0.0.1",
    )
    base_url: str | None = _setting(
        "DOCKET_BASE_URL",
        partial(_url, schemes=("http", "https")),
        "a URL",
        "https://orders.example.net",
        "How people reach Docket from outside: links in mails, `Location`, links in lists. Without it: the scheme and host of the request.",
        default=None,
    )
    state: Path = _setting(
        "DOCKET_STATE",
        Path,
        "a folder",
        "/var/lib/docket",
        "Folder of all state: tables, outbox, inbox, generated secrets.",
        default=Path(".docket"),
    )
    account: str = _setting(
        "DOCKET_ACCOUNT",
        _account,
        "an account number of 1 to 10 digits",
        "9900000",
        "Account of the first customer credential.",
        default="9900000",
    )
    user: str = _setting(
        "DOCKET_USER",
        _user,
        "a user name without a colon",
        "desk",
        "User of the first customer credential.",
        default="desk",
    )
    password: str | None = _setting(
        "DOCKET_PASSWORD",
        _secret,
        f"at least {SHORTEST_SECRET} characters",
        "correct-horse-battery",
        "Its password; a value given replaces the stored one at the start.",
        default=None,
        shown="generated once and printed",
    )
    operator_user: str = _setting(
        "DOCKET_OPERATOR_USER",
        _user,
        "a user name without a colon",
        "operator",
        "User of the first operator credential. An operator may act for every account, and moves orders.",
        default="operator",
    )
    operator_password: str | None = _setting(
        "DOCKET_OPERATOR_PASSWORD",
        _secret,
        f"at least {SHORTEST_SECRET} characters",
        "correct-horse-battery",
        "Its password; a value given replaces the stored one at the start.",
        default=None,
        shown="generated once and printed",
    )
    smtp_port: int = _setting(
        "DOCKET_SMTP_PORT",
        partial(_whole, most=65535),
        PORT_FORM,
        "2525",
        "SMTP port for mail in; 0 picks a free one.",
        default=2525,
    )
    smtp_relay: str | None = _setting(
        "DOCKET_SMTP_RELAY",
        partial(_url, schemes=("smtp", "smtps")),
        "smtp[s]://[user:password@]host[:port]",
        "smtp://mail.example.net:587",
        "Where mail out really goes. Without it each message is one .eml file in the outbox of the state folder.",
        default=None,
    )
    mail_domain: str = _setting(
        "DOCKET_MAIL_DOMAIN",
        _domain,
        "a domain",
        "orders.example.net",
        "Domain of the sender and of reply addresses.",
        default="docket.localhost",
    )
    callback_allow: Networks = _setting(
        "DOCKET_CALLBACK_ALLOW",
        _networks,
        "networks, separated by commas",
        "10.20.0.0/16,::1",
        "Networks that callbacks may reach beside the public ones. An empty value allows none.",
        default=(ip_network("127.0.0.0/8"), ip_network("::1")),
        on_aws=(),
    )
    retry_schedule: tuple[float, ...] = _setting(
        "DOCKET_RETRY_SCHEDULE",
        _schedule,
        "seconds, separated by commas",
        "5,60,0.5",
        "Seconds to wait after each failed attempt; one attempt more than there are delays.",
        default=RETRY_SCHEDULE,
    )
    sweep_seconds: float = _setting(
        "DOCKET_SWEEP_SECONDS",
        _seconds,
        "seconds",
        "60",
        "How often the sweep runs on one machine.",
        default=60.0,
    )
    log: str | None = _setting(
        "DOCKET_LOG",
        partial(_one_of, *("text", "json")),
        "text or json",
        "json",
        "Form of the log lines.",
        default=None,
        on_aws="json",
        shown="text on a terminal, json otherwise",
    )
    senders: int = _setting(
        "DOCKET_SENDERS",
        partial(_whole, least=1, most=1024),
        "a whole number",
        "64",
        "Attempts at a time on one machine.",
        default=64,
    )
    senders_each: int = _setting(
        "DOCKET_SENDERS_EACH",
        partial(_whole, least=1, most=1024),
        "a whole number",
        "8",
        "Attempts at a time for one subscription on one machine.",
        default=8,
    )
    fsync: str = _setting(
        "DOCKET_FSYNC",
        partial(_one_of, *("full", "normal")),
        "full or normal",
        "full",
        "`normal` survives a crash of the process, but a power cut may cost the last moments.",
        default="full",
    )
    count_limit: int = _setting(
        "DOCKET_COUNT_LIMIT",
        partial(_whole, least=1),
        "a whole number",
        "10000",
        "`TotalCount` of a list counts so far and no further.",
        default=10_000,
    )
    clock_slack: float = _setting(
        "DOCKET_CLOCK_SLACK",
        float,
        "seconds",
        "5",
        "How far the clocks of the machines may disagree.",
        default=0.0,
        on_aws=5.0,
    )
    order_days: int = _setting(
        "DOCKET_ORDER_DAYS",
        partial(_whole, least=1, most=36500),
        "days",
        "400",
        "How long final orders are kept.",
        default=400,
    )
    delivery_days: int = _setting(
        "DOCKET_DELIVERY_DAYS",
        partial(_whole, least=1, most=36500),
        "days",
        "90",
        "How long delivery records are kept.",
        default=90,
    )
    service_key: bytes = _setting(
        "DOCKET_SERVICE_KEY",
        _key,
        "at least 64 hexadecimal digits",
        "0f1e… (64 digits)",
        "Key of the hashes under which secrets are kept.",
        default=b"",
        shown="generated once",
    )
    reply_keys: tuple[bytes, ...] = _setting(
        "DOCKET_REPLY_KEYS",
        _keys,
        "up to 7 keys of at least 64 hexadecimal digits, separated by commas",
        "0f1e…,77ac…",
        "Keys of the reply addresses: the last one seals, all of them open.",
        default=(),
        shown="generated once",
    )
    table_prefix: str = _setting(
        "DOCKET_TABLE_PREFIX",
        str,
        "a text",
        "docket-prod-",
        "What the names of the tables begin with, on AWS.",
        default="docket-",
    )
    queue_url: str = _setting(
        "DOCKET_QUEUE_URL",
        str,
        "the URL of a queue",
        "https://sqs.eu-west-1.amazonaws.com/111122223333/docket-bell",
        "Queue of the doorbells, on AWS.",
        default="",
    )
    mail_bucket: str = _setting(
        "DOCKET_MAIL_BUCKET",
        str,
        "the name of a bucket",
        "docket-mail",
        "Bucket that mail comes in through, on AWS.",
        default="",
    )


def read(environ: Mapping[str, str], *, on_aws: bool) -> Settings:
    """The settings of an environment. Raises BadSetting for the first value that is not of its form."""
    values = {setting.name: _value(setting, environ, on_aws=on_aws) for setting in fields(Settings)}
    return Settings(**values)


def of_process() -> Settings:
    """The settings of this process on Lambda, which sets AWS_LAMBDA_FUNCTION_NAME."""
    return read(os.environ, on_aws="AWS_LAMBDA_FUNCTION_NAME" in os.environ)


def _value(setting: "Field[Any]", environ: Mapping[str, str], *, on_aws: bool) -> Any:
    about = setting.metadata
    text = environ.get(about["variable"])
    if text is None or (text == "" and about["read"] not in (_networks, _schedule)):
        return about["on_aws"] if on_aws else setting.default
    try:
        return about["read"](text)
    except (ValueError, IndexError):
        raise BadSetting(about["variable"], text, about["form"], about["example"]) from None


def new_secret() -> str:
    """A secret for a credential: 128 bits of randomness."""
    return secrets.token_urlsafe(16)
