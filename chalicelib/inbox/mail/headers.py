"""The head of a mail: its fields as text, and the addresses and ids in them. The body is mime's."""

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses

from chalicelib.inbox.mail.charsets import decoded

FIELDS_OF_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
HEAD_LIMIT = 128 * 1024
"""A head that is longer, in bytes, is read up to here."""
FIELD_LIMIT = 16 * 1024
"""So much of a field is read; longer lists of recipients are no reply's."""

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n|\r\r")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]{1,64}@[^\s@<>,;:\"()\[\]]{1,255}")
_ID = re.compile(r"<[^<>\s]{1,900}>")


def head(raw: bytes) -> Message:
    """The fields alone, unread: to look at them costs the same however long the mail is.

    Under `compat32`, for the newer policies raise from inside the parser on some malformed fields.
    """
    end = _END_OF_HEAD.search(raw, 0, HEAD_LIMIT)
    return message_from_bytes(raw[: end.start() if end else HEAD_LIMIT] + b"\n\n", policy=compat32)


def field(message: Message, name: str) -> str:
    """The topmost field of this name as one line of text, encoded words decoded (RFC 2047); "" for none."""
    return next(iter(fields(message, name)), "")


def fields(message: Message, name: str) -> list[str]:
    """All fields of this name, topmost first."""
    return [_text(value) for value in message.get_all(name, [])]


def sender(raw: bytes) -> str | None:
    """The address in From, in lower case; None when there is not exactly one."""
    values = fields(head(raw), "From")
    found = addresses(values)
    return found[0] if len(values) == 1 and len(found) == 1 else None


def sender_name(raw: bytes) -> str:
    """The name that stands beside the address in From, or ""."""
    names = [name for name, _ in _pairs(fields(head(raw), "From"))]
    return names[0].strip(" '\"") if names else ""


def addressees(raw: bytes) -> tuple[str, ...]:
    """Whom the fields name as recipients, each once, in lower case, those of To first."""
    message = head(raw)
    return tuple(dict.fromkeys(addresses([v for name in FIELDS_OF_RECIPIENTS for v in fields(message, name)])))


def message_id(raw: bytes) -> str:
    """The Message-ID with its angle brackets, or ""."""
    found = _ID.search(field(head(raw), "Message-ID"))
    return found.group() if found else ""


def addresses(values: list[str]) -> list[str]:
    """The addresses in these fields, in lower case. What has no @ is none."""
    return [address.strip().lower() for _, address in _pairs(values) if _ADDRESS.fullmatch(address.strip())]


def _pairs(values: list[str]) -> list[tuple[str, str]]:
    try:
        return getaddresses(values)
    except (IndexError, ValueError, RecursionError):  # the parser's own, on malformed fields
        return []


def _text(value: object) -> str:
    raw = str(value)[:FIELD_LIMIT].encode("utf-8", "surrogateescape")
    text = decoded(raw, "utf-8")
    if "=?" in text:
        text = _words_decoded(text)
    return " ".join(text.split())


def _words_decoded(text: str) -> str:
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces)
