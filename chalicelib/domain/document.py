"""A document on an order: a file that somebody attached, and what is known of it. The bytes lie elsewhere.

What a file is, its first bytes say; what the client calls it counts only among texts, which all look alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_NAME = 50
"""Characters of a document's name, as the compatible API has it."""


class DocumentType(StrEnum):
    """What a document is for."""

    LOA = "LOA"
    INVOICE = "INVOICE"
    CSR = "CSR"
    OTHER = "OTHER"


class Form(StrEnum):
    """What a file is; the value is the ending of its name."""

    PDF = "pdf"
    TIFF = "tif"
    JPEG = "jpg"
    PNG = "png"
    TEXT = "txt"
    CSV = "csv"
    XML = "xml"
    WAV = "wav"
    ZIP = "zip"
    DOC = "doc"
    DOCX = "docx"


PAGES = frozenset({Form.PDF, Form.TIFF, Form.JPEG, Form.PNG})
"""What can be handed to another carrier as the pages it is."""


class Filing(StrEnum):
    """What happened to a document."""

    ATTACHED = "attached"
    REPLACED = "replaced"
    DESCRIBED = "described"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Filed:
    """What an entry of the journal says of a document: which, of what type it is then, what happened to it."""

    file: str
    type: DocumentType
    filing: Filing


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody sent. `claimed`: the media type that it came with."""

    content: bytes
    claimed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document as it stands. `file` is its name in paths, of our own making; `name` is its owner's, where given.

    `blob` names its bytes: each upload has its own, which never change. `size` in bytes.
    """

    file: str
    type: DocumentType
    form: Form
    size: int
    blob: str
    by: str
    at: datetime
    name: str | None = None

    @property
    def download_name(self) -> str:
        """The name under which it is saved: a replacement may be of another form than the name says."""
        return f"{self.file.rpartition('.')[0]}.{self.form}"


def form_of(file: File) -> Form | None:
    """What a file is by its bytes; None where it is nothing that is taken."""
    content = file.content
    for form, fits in _MARKS:
        if fits(content):
            return form
    if not _is_text(content):
        return None
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return Form.XML
    return Form.CSV if file.claimed == "text/csv" else Form.TEXT


def _is_text(content: bytes) -> bool:
    """UTF-8 without control characters but for tabs and ends of lines and pages."""
    if not content.strip():
        return False
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return not any(sign < " " and sign not in "\t\n\r\f" for sign in set(text))


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _is_wav(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WAVE"


def _is_docx(content: bytes) -> bool:
    """Names of members stand in a zip as they are."""
    return content.startswith(b"PK\x03\x04") and b"word/document.xml" in content and b"[Content_Types].xml" in content


_MARKS: tuple[tuple[Form, Callable[[bytes], bool]], ...] = (
    (Form.PDF, lambda content: b"%PDF-" in content[:1024]),
    (Form.TIFF, _begins(b"II*\0", b"MM\0*")),
    (Form.JPEG, _begins(b"\xff\xd8\xff")),
    (Form.PNG, _begins(b"\x89PNG\r\n\x1a\n")),
    (Form.WAV, _is_wav),
    (Form.DOC, _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    (Form.DOCX, _is_docx),
    (Form.ZIP, _begins(b"PK\x03\x04")),
)
"""In the order in which they are tried; a PDF may begin with some bytes that are none of its own."""
