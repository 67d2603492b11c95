"""Documents about files on orders."""

from collections.abc import Callable
from datetime import UTC, datetime

from chalicelib.domain.document import Attachment, DocumentType, Filed, Filing, Form
from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.errors import DocumentNotFound, Invalid, Problem
from chalicelib.wire.document import Document
from chalicelib.wire.documents import history, loas
from chalicelib.wire.problems import refusal

ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
LOA = Attachment(
    file=f"{ID}-1772600767089.pdf", type=DocumentType.LOA, form=Form.PDF, size=1234, blob="never.shown", by="desk",
    at=datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC),
)  # fmt: skip
BILL = Attachment(
    file=f"{ID}-1772600767090.tif", type=DocumentType.INVOICE, form=Form.TIFF, size=1, blob="never.shown", by="desk",
    at=LOA.at, name="5 < 6 & „ja“.tif",
)  # fmt: skip
TWO_PROBLEMS = Invalid(
    Problem("7639", "Invalid DocumentType 'PHOTO'.", "DocumentType"), Problem("7800", "is too long", "DocumentName")
)
ENTRY = Entry(
    order=OrderKey("9900000", "portins", ID), number=3, kind=Kind.DOCUMENT, at=LOA.at, by="desk",
    status="SUBMITTED", previous="SUBMITTED", filed=Filed(LOA.file, LOA.type, Filing.ATTACHED),
)  # fmt: skip

SAMPLES: dict[str, Callable[[], Document]] = {
    "journal-entry-of-a-file": lambda: history.one(ENTRY),
    "file-uploaded": lambda: loas.uploaded(ID, LOA.file),
    "files-none": lambda: loas.listed([], described=False),
    "files-listed": lambda: loas.listed([LOA, BILL], described=False),
    "files-described": lambda: loas.listed([LOA, BILL], described=True),
    "file-described": lambda: loas.metadata(BILL),
    "file-refused": lambda: loas.refused(refusal(TWO_PROBLEMS)),
    "file-missing": lambda: loas.refused(refusal(DocumentNotFound("x.pdf"))),
}
