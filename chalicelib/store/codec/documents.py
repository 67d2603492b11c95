"""Documents on orders, and what entries say of them ⇄ the attributes of their items."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.domain.document import Attachment, DocumentType, Filed, Filing, Form
from chalicelib.store import keys
from chalicelib.store.codec.text import body, of_body, of_time, time, written


def of_document(document: Attachment) -> dict[str, Any]:
    """What is known of a document."""
    return body(written(
        type=document.type, form=document.form, size=document.size, blob=document.blob, by=document.by,
        at=time(document.at), name=document.name,
    ))  # fmt: skip


def document(item: Mapping[str, Any]) -> Attachment:
    """The document of an item."""
    read = of_body(item)
    return Attachment(
        file=keys.document_file(item["sk"]), type=DocumentType(read["type"]), form=Form(read["form"]),
        size=read["size"], blob=read["blob"], by=read["by"], at=of_time(read["at"]), name=read.get("name"),
    )  # fmt: skip


def of_filed(filed: Filed | None) -> tuple[str, str, str] | None:
    """What happened to a document: its name, its type, the happening."""
    return (filed.file, filed.type, filed.filing) if filed else None


def filed(read: Sequence[str] | None) -> Filed | None:
    """What `of_filed` wrote."""
    return Filed(read[0], DocumentType(read[1]), Filing(read[2])) if read else None
