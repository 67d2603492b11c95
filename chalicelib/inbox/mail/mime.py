"""The body of a mail: which of its parts hold what the sender says, as text. What is quoted is trim's."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice

from chalicelib.inbox.mail.charsets import decoded
from chalicelib.inbox.mail.flowed import unflowed

TEXT_LIMIT = 256 * 1024
"""So many characters of each part are read; what a person types is shorter."""

_BOUNDARY = b"\n--"
_MOST_MULTIPARTS = 100
_MOST_CHUNKS = 500
_MOST_PIECES = 50
_TEXT_BYTES = 512 * 1024
_FILE_BYTES = 256 * 1024
_FIELDS_BYTES = 2048

_REACTION = "text/vnd.google.email-reaction+json"
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s?=\s?[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing said, in one form or in both: `plain` as text, `html` as documents, one after another."""

    plain: str = ""
    html: tuple[str, ...] = ()


def pieces(raw: bytes) -> tuple[Piece, ...]:
    """What is said, in order, without attachments and attached mails. Damaged mails give what can be read."""
    try:
        return tuple(islice(_said(message_from_bytes(shortened(raw), policy=compat32)), _MOST_PIECES))
    except RecursionError:  # parts in parts in parts
        return ()


def shortened(raw: bytes) -> bytes:
    """The mail with the middle of its files left out, which the parser would read line by line."""
    if raw.count(b"multipart/") > _MOST_MULTIPARTS:
        raise RecursionError
    chunks = raw.split(_BOUNDARY, _MOST_CHUNKS)[:_MOST_CHUNKS]
    return _BOUNDARY.join(
        chunk[: _TEXT_BYTES if not at or b"text/" in chunk[:_FIELDS_BYTES].lower() else _FILE_BYTES]
        for at, chunk in enumerate(chunks)
    )


def parts(message: Message) -> Iterator[Message]:
    """The parts without those inside attached mails."""
    yield message
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from parts(part)


def attached(part: Message) -> bool:
    """Whether this part is a file. An inline text with a file name is one too: so Apple sends logs."""
    return disposition(part) == "attachment" or bool(_parameter(part, "filename") or _parameter(part, "name"))


def disposition(part: Message) -> str:
    """`attachment`, `inline`, or ""."""
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


def _said(part: Message) -> Iterator[Piece]:
    kind = part.get_content_type()
    if part.is_multipart():
        if part.get_content_maintype() != "multipart":
            return  # an attached mail
        inner = [piece for child in part.get_payload() if isinstance(child, Message) for piece in _said(child)]
        yield from _merged(inner) if kind == "multipart/alternative" else inner
    elif attached(part):
        return
    elif kind == "text/plain" or part.get_content_maintype() == "multipart":  # a multipart without parts is damaged
        yield Piece(plain=_plain(part))
    elif kind == "text/html":
        yield Piece(html=(_decoded(part, _meta_charset(part)),))
    elif kind == _REACTION:
        yield Piece(plain=_emoji(part))


def _merged(forms: list[Piece]) -> Iterator[Piece]:
    plain = "\n".join(piece.plain for piece in forms if piece.plain)
    yield Piece(plain, tuple(document for piece in forms for document in piece.html))


def _plain(part: Message) -> str:
    text = _decoded(part, _parameter(part, "charset"))
    if _parameter(part, "format").lower() == "flowed":
        return unflowed(text, delete_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _decoded(part: Message, charset: str) -> str:
    return decoded(_bytes(part), charset)[:TEXT_LIMIT]


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    # four bytes are the longest character; a cut through one of them would make the rest unreadable
    return payload if isinstance(payload, bytes) else b""


def _meta_charset(part: Message) -> str:
    """What the Content-Type says, else what the document says of itself."""
    found = _META_CHARSET.search(_bytes(part), 0, 4096)
    return _parameter(part, "charset") or (found.group(1).decode("ascii", "replace") if found else "")


def _parameter(part: Message, name: str) -> str:
    """A parameter of Content-Type, or for `filename` of Content-Disposition; "" when there is none."""
    field = "Content-Disposition" if name == "filename" else "Content-Type"
    try:
        value = part.get_param(name, "", field)
    except (LookupError, ValueError):  # RFC 2231 with a charset that is none
        return ""
    return str(value[2] if isinstance(value, tuple) else value)


def _emoji(part: Message) -> str:
    """A reaction, as https://developers.google.com/workspace/gmail/reactions/format describes it."""
    try:
        document = json.loads(_bytes(part)[:1000])
    except ValueError:
        return ""
    emoji = document.get("emoji") if isinstance(document, dict) else None
    return emoji if isinstance(emoji, str) else ""
