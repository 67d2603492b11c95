"""Documents on orders: what is said of files that came, that lie there, and of one of them (`FileMetaData`).

Spelled as the Bandwidth Phone Number API's specification has it: the roots of lists and uploads begin in lower case.
"""

from collections.abc import Sequence

from pydantic_xml import element

from chalicelib.domain.document import Attachment, DocumentType
from chalicelib.domain.errors import Invalid, Problem, TypesDiffer
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.documents.failures import said
from chalicelib.wire.fields import Text
from chalicelib.wire.problems import Refusal
from chalicelib.wire.tree import Tree

METADATA = "FileMetaData"
"""The root of what is said of one document."""

_LONGEST_SHOWN = 40


class FileUpload(Document, tag="fileUploadResponse"):
    """What became of an upload; `resultCode` is 0, or the code of what is wrong."""

    filename: str | None = element("filename", default=None)
    result_code: int = element("resultCode", default=0)
    result_message: Text = element("resultMessage")


class FileMetaData(Document, tag=METADATA):
    """What a document is called by its owner, and what it is for."""

    document_name: Text | None = element("DocumentName", default=None)
    document_type: str | None = element("DocumentType", default=None)


class FileData(Document):
    """A file of a list, with what is said of it."""

    file_name: str = element("FileName")
    file_meta_data: FileMetaData = element("FileMetaData")


class FileList(Document, tag="fileListResponse"):
    """The files of an order, oldest first: their names, or what is said of each."""

    file_count: int = element("fileCount")
    file_names: list[str] = element("fileNames", default=[])
    file_data: list[FileData] = element("fileData", default=[])
    result_code: int = element("resultCode", default=0)
    result_message: str = element("resultMessage", default="LOA file list successfully returned")


def uploaded(order_id: str, file: str) -> FileUpload:
    """The file is there, under this name."""
    return FileUpload(filename=file, result_message=f"LOA file uploaded successfully for order {order_id}")


def listed(documents: Sequence[Attachment], *, described: bool) -> FileList:
    """All files of an order."""
    if described:
        data = [FileData(file_name=each.file, file_meta_data=metadata(each)) for each in documents]
        return FileList(file_count=len(documents), file_data=data)
    return FileList(file_count=len(documents), file_names=[each.file for each in documents])


def metadata(document: Attachment) -> FileMetaData:
    """What is said of a document."""
    return FileMetaData(document_name=document.name, document_type=document.type.value)


def read(tree: Tree) -> tuple[str | None, DocumentType]:
    """Name and type as a request says them; a document of which no type is said is a LOA. Raises Invalid."""
    request, _ = reading.document(tree, FileMetaData, METADATA)
    return request.document_name, document_type(request.document_type) or DocumentType.LOA


def document_type(*given: str | None) -> DocumentType | None:
    """The type that an upload names, in its query or its headers. Raises Invalid (7639), TypesDiffer."""
    named = {_type(text.strip()) for text in given if text and text.strip()}
    if len(named) > 1:
        raise TypesDiffer
    return next(iter(named), None)


def refused(refusal: Refusal) -> FileUpload:
    """Why nothing was done: all problems in one sentence, under the first one's code."""
    text = "; ".join(said(problem) for problem in refusal.problems)
    return FileUpload(result_code=int(refusal.problems[0].code), result_message=text)


def _type(text: str) -> DocumentType:
    try:
        return DocumentType(text.upper())
    except ValueError:
        valid = ", ".join(each.value for each in DocumentType)
        why = f"Invalid DocumentType '{text[:_LONGEST_SHOWN]}'. Valid values: {valid}"
        raise Invalid(Problem("7639", why, "DocumentType")) from None
