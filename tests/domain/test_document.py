"""What a file is: its bytes say it."""

import pytest

from chalicelib.domain.document import File, Form, form_of

PDF = b"%PDF-1.7\n\x00\xff"
TIFF = b"II*\0\x00\xff"


@pytest.mark.parametrize(
    ("content", "claimed", "form"),
    [
        (PDF, "", Form.PDF), (TIFF, "", Form.TIFF), (b"MM\0*\0", "", Form.TIFF), (b"\xff\xd8\xff\xe0", "", Form.JPEG),
        (b"\x89PNG\r\n\x1a\n\0", "", Form.PNG), (b"RIFF\0\0\0\0WAVEfmt ", "", Form.WAV),
        (b"RIFF\0\0\0\0AVI ", "", None), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "", Form.DOC),
        (b"PK\x03\x04\0", "", Form.ZIP),
        (b"PK\x03\x04\0[Content_Types].xml\0word/document.xml", "", Form.DOCX), (b"I agree.\r\n", "", Form.TEXT),
        ("\ufeffJ\u2019accepte".encode(), "application/pdf", Form.TEXT), (b"a,b\n1,2\n", "text/csv", Form.CSV),
        (b"<?xml version='1.0'?><a/>", "text/plain", Form.XML), (b"caf\xe9", "text/plain", None), (b"a\x07b", "", None),
    ],
)  # fmt: skip
def test_forms_are_told_by_their_bytes(content: bytes, claimed: str, form: Form | None) -> None:
    assert form_of(File(content, claimed)) is form
