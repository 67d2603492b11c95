"""Bytes of a mail → what its sender newly wrote: HTML first, for it says more about what is quoted."""

from collections.abc import Iterable

from chalicelib.inbox import lines
from chalicelib.inbox.lines import Form, Line
from chalicelib.inbox.mail import headers
from chalicelib.inbox.mail.mime import Piece, pieces
from chalicelib.inbox.markup import hypertext
from chalicelib.inbox.quoted.own import own
from chalicelib.inbox.tails.person import Person
from chalicelib.inbox.trim import trim

# Of programs that send no plain text: "Your mail client does not support HTML."
_EXCUSES = ("html-capable", "html capable", "html compatible", "html-compatible", "supports html", "support html")
_EXCUSE_LONGEST = 300


def reply_text(raw: bytes) -> str:
    """What the person newly wrote, lines as they typed them; "" when nothing.

    Quotes, attributions, signatures, device footers, disclaimers and attachments are left out. The address
    replied to is read from the mail's own fields: where it stands in the text, a program quotes.
    """
    said = pieces(raw)
    sent_to = own(headers.addressees(raw))
    person = Person(headers.sender_name(raw), headers.sender(raw) or "")
    rich = trim(_rich(said), sent_to, person) if any(piece.html for piece in said) else ""
    return rich or trim(_plain(said), sent_to, person)


def _rich(said: Iterable[Piece]) -> list[Line]:
    read: list[Line] = []
    for piece in said:
        of_html = [line for html in piece.html for line in hypertext.lines(html)]
        read += of_html if piece.html else lines.split(piece.plain)
        read.append(Line("", Form.BARE))
    return read


def _plain(said: Iterable[Piece]) -> list[Line]:
    """From the plain forms, unless they only say that there is another."""
    texts = [piece.plain for piece in said if not _only_excuses(piece)]
    return lines.split("\n\n".join(text for text in texts if text))


def _only_excuses(piece: Piece) -> bool:
    short = bool(piece.html) and len(piece.plain) < _EXCUSE_LONGEST
    return short and any(words in piece.plain.lower() for words in _EXCUSES)
