"""How the text of a setting is read: each form has a name for people and an example. Nothing is read from outside."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chalicelib.domain.autopilot import OFF, Autopilot

Networks = tuple[IPv4Network | IPv6Network, ...]

SHORTEST_SECRET = 12
"""Characters of a secret that an operator may choose."""

SHORTEST_KEY = 32
"""Bytes of a key."""

LONGEST_ACCOUNT = 10
"""Digits: what a reply address has room for."""

LONGEST_DOMAIN = 180
"""Characters: a reply address must stay below the 254 of RFC 5321."""

_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")

LONGEST_USER = 100
"""Characters, as the compatible API has it."""


@dataclass(frozen=True, slots=True)
class Form:
    """`read` gives the value or raises ValueError; `name` completes "must be …"; `empty_is_value`: "" counts as set."""

    read: Callable[[str], Any]
    name: str
    example: str
    empty_is_value: bool = False
    secret: bool = False


def whole(least: int, most: int, name: str, example: str) -> Form:
    """A whole number within bounds."""

    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError
        return value

    return Form(read, name, example)


def one_of(*words: str) -> Form:
    """One of a few words."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError
        return text

    return Form(read, " or ".join(words), words[0])


def url(name: str, example: str, *schemes: str, secret: bool = False) -> Form:
    """A URL with one of these schemes, without query or fragment; a closing slash is dropped."""

    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment:
            raise ValueError
        _ = parts.port  # raises ValueError where it is no port
        return text.rstrip("/")

    return Form(read, name, example, secret=secret)


def _some_seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 10**9:  # refuses NaN too
        raise ValueError
    return value


def _no_less_than_zero(text: str) -> float:
    return 0.0 if float(text) == 0 else _some_seconds(text)


def _autopilot(text: str) -> Autopilot:
    if text == "off":
        return OFF
    return Autopilot(on=True, seconds=None if text == "asked" else _no_less_than_zero(text))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _account(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ACCOUNT and text[0] != "0"):
        raise ValueError
    return text


def _user(text: str) -> str:
    if ":" in text or len(text) > LONGEST_USER or not text.isprintable():
        raise ValueError
    return text


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError
    return text


def _domain(text: str) -> str:
    if len(text) > LONGEST_DOMAIN or not all(_LABEL.fullmatch(part) for part in text.split(".")):
        raise ValueError
    return text.lower()


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) < SHORTEST_KEY:
        raise ValueError
    return key


TEXT = Form(str, "a text", "docket-prod-")
FOLDER = Form(Path, "a folder", "/var/lib/docket")
HOST = Form(str, "an address of this machine", "0.0.0.0")  # noqa: S104 because it is an example of what may be set
PORT = whole(0, 65535, "a port number", "8000")
COUNT = whole(1, 1_000_000, "a whole number from 1", "64")
DAYS = whole(1, 36_500, "a number of days from 1", "400")
SECONDS = Form(_some_seconds, "a number of seconds above 0", "60")
SLACK = Form(_no_less_than_zero, "a number of seconds", "5")
AUTOPILOT = Form(_autopilot, "`off`, `asked`, or a number of seconds", "2")
SCHEDULE = Form(
    lambda text: tuple(map(_some_seconds, _parts(text))),
    "seconds, separated by commas",
    "5,60,0.5",
    empty_is_value=True,
)
NETWORKS = Form(
    lambda text: tuple(map(ip_network, _parts(text))),
    "networks, separated by commas",
    "10.20.0.0/16,::1",
    empty_is_value=True,
)
ACCOUNT = Form(_account, "an account number of 1 to 10 digits", "9900000")
USER = Form(_user, "a user name without a colon", "desk")
SECRET = Form(_secret, f"at least {SHORTEST_SECRET} characters", "correct-horse-battery", secret=True)
DOMAIN = Form(_domain, "a domain", "orders.example.net")
BASE_URL = url("a URL", "https://orders.example.net", "http", "https")
RELAY = url("smtp[s]://[user:password@]host[:port]", "smtp://mail.example.net:587", "smtp", "smtps", secret=True)
KEY = Form(_key, "at least 64 hexadecimal digits", "5d1c…", secret=True)
KEYS = Form(
    lambda text: tuple(map(_key, _parts(text)))[:7],
    "up to 7 keys of at least 64 hexadecimal digits, separated by commas",
    "5d1c…,77ac…",
    secret=True,
)
