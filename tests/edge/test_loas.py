"""Documents on orders: bytes in and out, what is said of them, and everything that is refused."""

from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.attachment import MOST
from chalicelib.edge.loas import WITH_FILES
from chalicelib.edge.visit import LARGEST_FILE
from infra.local.store import LocalStore
from tests.edge.desk import ACCOUNT, NOBODY, Caller, Reply
from tests.edge.requests import JSON, ORDER, PORT_IN, XML

if TYPE_CHECKING:
    from collections.abc import Callable

PDF = b"%PDF-1.7\n\x00\xff\xfe binary \r\n\r\n%%EOF"
TIFF = b"II*\0" + bytes(range(256))
SAFE = {
    "Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip


@pytest.fixture
def order(customer: Caller) -> str:
    """A port-in."""
    return customer("POST", "/portins", PORT_IN, Content_Type=XML).id


@pytest.fixture
def loas(order: str) -> str:
    """Its files' path."""
    return f"/portins/{order}/loas"


def kinds(customer: Caller, order: str) -> list[str]:
    journal = customer("GET", f"/portins/{order}/history", Accept=JSON).json["entries"]
    return [entry["document"]["change"] for entry in journal if entry["kind"] == "document"]


def said(reply: Reply) -> tuple[int, str | None]:
    assert reply.xml.tag == "fileUploadResponse"
    return reply.status, reply.said("resultCode")


def test_a_file_comes_back_as_it_was_sent_and_is_only_ever_saved(customer: Caller, order: str, loas: str) -> None:
    made = customer("POST", loas, PDF, Content_Type="application/pdf")
    assert (made.status, made.id) == (201, made.said("filename"))
    assert made.id.startswith(f"{order}-")
    assert made.id.endswith(".pdf")
    assert made.headers["Location"] == f"http://desk.test/accounts/{ACCOUNT}{loas}/{made.id}"
    assert made.said("resultMessage") == f"LOA file uploaded successfully for order {order}"
    for accept in ({}, {"Accept": XML}, {"Accept": JSON}, {"Accept": "application/pdf"}, {"Accept": "*/*"}):
        got = customer("GET", f"{loas}/{made.id}", **accept)
        assert (got.status, got.content) == (200, PDF)
        assert got.headers.items() >= SAFE.items()
        assert got.headers["Content-Disposition"] == f'attachment; filename="{made.id}"'
    assert customer("HEAD", f"{loas}/{made.id}").status == 200
    assert customer("HEAD", f"{loas}/{made.id}").content == b""


def test_a_file_is_taken_whatever_is_said_of_it(customer: Caller, loas: str) -> None:
    """SDKs say application/xml of everything, curl says it is a form, node says nothing of its length."""
    for headers in ({}, {"Content_Type": XML}, {"Content_Type": "application/x-www-form-urlencoded"}):
        made = customer("POST", loas, TIFF, **headers)
        assert (made.status, made.id[-4:]) == (201, ".tif")
        assert customer("GET", f"{loas}/{made.id}").content == TIFF


def test_files_are_listed_by_name_or_with_what_is_said_of_them(customer: Caller, loas: str) -> None:
    none = customer("GET", loas)
    assert (none.status, none.xml.tag, none.said("fileCount")) == (200, "fileListResponse", "0")
    assert (none.said("resultCode"), none.said("resultMessage")) == ("0", "LOA file list successfully returned")
    first = customer("POST", loas, PDF).id
    second = customer("POST", f"{loas}?documentType=INVOICE", PDF).id
    third = customer("POST", loas, PDF, documentType="csr").id
    plain = customer("GET", loas)
    assert [name.text for name in plain.xml.iter("fileNames")] == [first, second, third]
    described = customer("GET", f"{loas}?metadata=true", Accept=JSON).json
    assert described["fileCount"] == 3
    assert [(each["fileName"], each["fileMetaData"]["documentType"]) for each in described["fileData"]] == [
        (first, "LOA"), (second, "INVOICE"), (third, "CSR")
    ]  # fmt: skip


def test_a_file_is_replaced_under_its_name_and_nothing_is_left_of_the_other(
    customer: Caller, store: LocalStore, order: str, loas: str
) -> None:
    file = customer("POST", f"{loas}?documentType=INVOICE", PDF).id
    replaced = customer("PUT", f"{loas}/{file}", TIFF)
    assert (replaced.status, replaced.said("filename"), replaced.said("resultCode")) == (200, file, "0")
    got = customer("GET", f"{loas}/{file}")
    assert got.content == TIFF
    assert got.headers["Content-Disposition"] == f'attachment; filename="{file[:-4]}.tif"'
    assert customer("GET", f"{loas}/{file}/metadata").said("DocumentType") == "INVOICE"
    assert len(list(store.documents.folder.rglob("*.*"))) == 1
    assert kinds(customer, order) == ["attached", "replaced"]


def test_a_removed_file_is_gone_with_its_bytes(customer: Caller, store: LocalStore, order: str, loas: str) -> None:
    file = customer("POST", loas, PDF).id
    assert (customer("DELETE", f"{loas}/{file}").status, customer("GET", loas).said("fileCount")) == (200, "0")
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/metadata"), ("DELETE", "/metadata")):
        assert said(customer(method, f"{loas}/{file}{path}")) == (404, "1016")
    assert list(store.documents.folder.rglob("*.*")) == []
    assert kinds(customer, order) == ["attached", "removed"]


@pytest.mark.parametrize("syntax", [XML, JSON])
def test_a_file_is_described(customer: Caller, order: str, loas: str, syntax: str) -> None:
    file = customer("POST", loas, PDF).id
    body = {
        XML: "<FileMetaData><DocumentName>Über.pdf</DocumentName><DocumentType>INVOICE</DocumentType></FileMetaData>",
        JSON: '{"documentName": "Über.pdf", "documentType": "INVOICE"}',
    }[syntax]
    for _ in range(2):
        assert customer("PUT", f"{loas}/{file}/metadata", body, Content_Type=syntax).status == 200
    shown = customer("GET", f"{loas}/{file}/metadata")
    assert shown.xml.tag == "FileMetaData"
    assert (shown.said("DocumentName"), shown.said("DocumentType")) == ("Über.pdf", "INVOICE")
    assert customer("DELETE", f"{loas}/{file}/metadata").status == 200
    shown = customer("GET", f"{loas}/{file}/metadata")
    assert (shown.said("DocumentName"), shown.said("DocumentType")) == (None, "LOA")
    assert kinds(customer, order) == ["attached", "described", "described"]


def test_no_name_gets_into_a_header_or_a_path(customer: Caller, store: LocalStore, loas: str) -> None:
    file = customer("POST", loas, PDF).id
    for name in ('a"\r\nSet-Cookie: x=1', "../../etc/passwd", "a\\u0000b"):
        body = f'{{"documentName": "{name}"}}'.replace('a"\r\n', 'a\\"\\r\\n')
        customer("PUT", f"{loas}/{file}/metadata", body, Content_Type=JSON)
        got = customer("GET", f"{loas}/{file}")
        assert got.headers["Content-Disposition"] == f'attachment; filename="{file}"'
        assert "Set-Cookie" not in got.headers
    secret = store.documents.folder.parent / "secret.pdf"
    secret.write_bytes(PDF)
    for asked in ("..%2F..%2Fsecret.pdf", "%2e%2e", "secret.pdf%00", "..%5Csecret.pdf", "%0d%0aSet-Cookie:%20x"):
        for method in ("GET", "DELETE"):
            assert said(customer(method, f"{loas}/{asked}")) == (404, "1016")
        assert said(customer("PUT", f"{loas}/{asked}", PDF)) == (404, "1016")
    assert secret.exists()


@pytest.mark.parametrize(
    ("size", "status"), [(0, 400), (LARGEST_FILE, 201), (LARGEST_FILE + 1, 413)], ids=["none", "largest", "more"]
)
def test_a_file_has_up_to_three_mebibytes(customer: Caller, loas: str, size: int, status: int) -> None:
    content = (PDF + bytes(size))[:size]
    made = customer("POST", loas, content)
    assert made.status == status, made.text
    if status == 201:
        assert customer("GET", f"{loas}/{made.id}").content == content
    else:
        assert customer("GET", loas).said("fileCount") == "0"


def test_a_file_is_what_its_bytes_say(customer: Caller, loas: str) -> None:
    for content in (b"\x7fELF\x02\x01", b"MZ\x90\x00", b"\x00\x01\x02", b"GIF89a\x01", b"  \n"):
        refused = customer("POST", loas, content, Content_Type="application/pdf")
        assert said(refused) == (400, "1008")
        assert "pdf, tif, jpg, png, txt, csv, xml, wav, zip, doc, docx" in (refused.said("resultMessage") or "")


def test_what_is_wrong_with_a_request_is_said(customer: Caller, loas: str) -> None:
    file = customer("POST", loas, PDF).id
    bad_type, long = "<FileMetaData><DocumentType>PHOTO</DocumentType></FileMetaData>", "n" * 51
    asked: list[tuple[Callable[[], Reply], tuple[int, str]]] = [
        (lambda: customer("POST", f"{loas}?documentType=PHOTO", PDF), (400, "7639")),
        (lambda: customer("PUT", f"{loas}/{file}?documentType=PHOTO", PDF), (400, "7639")),
        (lambda: customer("POST", f"{loas}?documentType=LOA", PDF, documentType="CSR"), (409, "7640")),
        (lambda: customer("POST", loas, PDF, Content_Type="multipart/form-data; boundary=x"), (415, "1005")),
        (lambda: customer("PUT", f"{loas}/{file}/metadata", bad_type, Content_Type=XML), (400, "7639")),
        (lambda: customer("PUT", f"{loas}/{file}/metadata", f'{{"documentName":"{long}"}}', Accept=XML), (400, "7800")),
        (lambda: customer("PUT", f"{loas}/{file}/metadata", "<Other/>", Content_Type=XML), (400, "1019")),
        (lambda: customer("PUT", f"{loas}/{file}/metadata", "x", Content_Type="text/html"), (415, "1005")),
        (lambda: customer("PUT", f"{loas}/nothing.pdf", b""), (404, "1016")),
        (lambda: customer("PUT", f"{loas}/nothing.pdf/metadata", "<Other/>"), (404, "1016")),
        (lambda: customer("POST", f"/portins/{NOBODY}/loas", b""), (404, "5035")),
        (lambda: customer("GET", f"/portins/{NOBODY}/loas"), (404, "5035")),
        (lambda: customer("GET", f"/portins/{NOBODY}/loas/{file}"), (404, "5035")),
        (lambda: customer("GET", f"/portins/x/loas/{file}"), (400, "1008")),
        (lambda: customer("GET", loas, Accept="image/png"), (406, "1005")),
    ]
    for ask, expected in asked:
        assert said(ask()) == expected
    assert "DocumentType" in (asked[0][0]().said("resultMessage") or "")
    assert customer("PATCH", loas).status == 405
    assert customer("POST", f"{loas}/{file}", PDF).status == 405


def test_only_some_orders_have_files_and_only_their_owner_sees_them(
    customer: Caller, stranger: Caller, operator: Caller, nobody: Caller, loas: str
) -> None:
    file = customer("POST", loas, PDF).id
    other = customer("POST", "/orders", ORDER, Content_Type=XML).id
    assert customer("POST", f"/orders/{other}/loas", PDF).status == 404
    assert (stranger("GET", f"{loas}/{file}").status, nobody("GET", f"{loas}/{file}").status) == (403, 401)
    assert operator("GET", f"{loas}/{file}").content == PDF
    assert set(WITH_FILES) == {"portins", "bulkPortins", "importTnOrders", "importTnOrders/voice"}


def test_the_same_upload_under_one_key_is_one_file(customer: Caller, loas: str) -> None:
    made = [customer("POST", loas, PDF, Idempotency_Key="k") for _ in range(2)]
    assert [each.status for each in made] == [201, 201]
    assert made[0].id == made[1].id
    assert customer("POST", loas, TIFF, Idempotency_Key="k").status == 422
    assert customer("GET", loas).said("fileCount") == "1"


def test_an_order_has_so_many_files_and_no_more(customer: Caller, loas: str) -> None:
    files = [customer("POST", loas, b"page").id for _ in range(MOST)]
    assert len(set(files)) == MOST
    assert said(customer("POST", loas, b"page")) == (409, "1006")
    assert customer("PUT", f"{loas}/{files[0]}", PDF).status == 200
    assert customer("DELETE", f"{loas}/{files[0]}").status == 200
    assert customer("POST", loas, b"page").status == 201


def test_the_history_in_xml_says_nothing_of_files(customer: Caller, order: str, loas: str) -> None:
    before = customer("GET", f"/portins/{order}/history").text
    customer("POST", loas, PDF)
    assert customer("GET", f"/portins/{order}/history").text == before


def test_a_draft_that_is_deleted_takes_its_files_with_it(customer: Caller, store: LocalStore) -> None:
    draft = PORT_IN.replace("<LnpOrder>", "<LnpOrder><ProcessingStatus>DRAFT</ProcessingStatus>")
    order = customer("POST", "/portins", draft, Content_Type=XML).id
    assert customer("POST", f"/portins/{order}/loas", PDF).status == 201
    assert customer("DELETE", f"/portins/{order}").status == 200
    assert said(customer("GET", f"/portins/{order}/loas")) == (404, "5035")
    assert list(store.documents.folder.rglob("*.*")) == []
