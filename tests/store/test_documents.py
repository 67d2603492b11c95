"""Documents: what the tables know of them (both stores), and their bytes (files, and S3 as moto plays it)."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from moto import mock_aws

from chalicelib.domain import attachment
from chalicelib.domain.commands import AttachDocument, DescribeDocument, RemoveDocument, ReplaceDocument
from chalicelib.domain.document import DocumentType, File
from chalicelib.domain.entry import Kind
from chalicelib.domain.errors import Conflict, StoreUnavailable
from chalicelib.flow.ports import Documents
from chalicelib.store import files
from infra.local.store.documents import Documents as Folder
from tests.domain.samples import at, key
from tests.store.worlds import Stores, noted, placed, recorded

PDF = File(b"%PDF-1.7\n\x00\xff")
TEXT = File(b"I agree.")
S3 = Any
"""boto3 makes its clients at run time."""


# ---- what the tables know


def test_documents_are_kept_with_their_entries_and_go_with_them(stores: Stores) -> None:
    order = placed(stores)
    assert list(stores.ledger.documents(order.key)) == []
    for number in (1, 2):
        command = AttachDocument(order=order.key, sent=PDF, by="ann", type=DocumentType.CSR)
        held = stores.ledger.documents(order.key)
        change = attachment.attach(order, held, command, blob=f"blob {number}", at=at(number))
        order = recorded(stores, change)
    first, second = stores.ledger.documents(order.key)
    assert (first.blob, second.blob, second.at, second.size) == ("blob 1", "blob 2", at(2), len(PDF.content))
    held = (first, second)
    replacing = ReplaceDocument(order=order.key, file=first.file, sent=TEXT, by="bob")
    order = recorded(stores, attachment.replace(order, held, replacing, blob="blob 3", at=at(3)))
    naming = DescribeDocument(order=order.key, file=second.file, by="bob", type=DocumentType.OTHER, name="Über \ud800")
    order = recorded(stores, attachment.describe(order, held, naming, at=at(4)))
    replaced, described = stores.ledger.documents(order.key)
    assert (replaced.file, replaced.blob, replaced.by, replaced.type) == (first.file, "blob 3", "bob", first.type)
    assert (described.name, described.type, described.blob) == ("Über \ud800", DocumentType.OTHER, "blob 2")
    removing = RemoveDocument(order=order.key, file=first.file, by="ann")
    order = recorded(stores, attachment.remove(order, (replaced, described), removing, at=at(5)))
    assert list(stores.ledger.documents(order.key)) == [described]
    filed = [entry.filed for entry in stores.ledger.entries(order.key) if entry.kind is Kind.DOCUMENT]
    assert [(each.file, each.filing.value) for each in filed if each] == [
        (first.file, "attached"), (second.file, "attached"), (first.file, "replaced"), (second.file, "described"),
        (first.file, "removed"),
    ]  # fmt: skip
    assert list(stores.ledger.documents(key(2))) == []


def test_a_document_is_not_kept_where_its_entry_is_not(stores: Stores) -> None:
    order = placed(stores)
    command = AttachDocument(order=order.key, sent=PDF, by="ann")
    late = attachment.attach(order, (), command, blob="late", at=at(1))
    recorded(stores, noted(order))
    with pytest.raises(Conflict):
        stores.ledger.record(late)
    assert list(stores.ledger.documents(order.key)) == []


# ---- their bytes


@pytest.fixture
def bucket() -> Iterator[S3]:
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="documents")
        yield client


@pytest.fixture(params=["files", "s3"])
def documents(request: pytest.FixtureRequest, tmp_path: Path) -> Documents:
    if request.param == "files":
        return Folder(tmp_path / "documents")
    return files.Documents(request.getfixturevalue("bucket"), "documents")


@pytest.fixture
def kept(documents: Documents, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], list[str]]:
    """What lies where."""
    if isinstance(documents, Folder):
        folder = tmp_path / "documents"
        return lambda: sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    client = request.getfixturevalue("bucket")
    return lambda: [each["Key"] for each in client.list_objects_v2(Bucket="documents").get("Contents", [])]


def later() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


def test_bytes_are_undecided_then_kept_then_undecided_then_gone(
    documents: Documents, kept: Callable[[], list[str]]
) -> None:
    doubted = ["undecided/a"] if isinstance(documents, Folder) else ["kept/a", "undecided/a"]
    documents.put("a", PDF.content)
    assert (documents.read("a"), kept()) == (PDF.content, ["undecided/a"])
    for _ in range(2):
        documents.keep("a")
        assert (documents.read("a"), kept()) == (PDF.content, ["kept/a"])
    for _ in range(2):
        documents.doubt("a")
        assert (documents.read("a"), kept()) == (PDF.content, doubted)
        assert list(documents.undecided(before=later(), limit=9)) == ["a"]
    for _ in range(2):
        documents.remove("a")
        assert (documents.read("a"), kept()) == (None, [])
    for act in (documents.keep, documents.doubt):
        act("a")
        assert kept() == []


def test_kept_bytes_are_removed_too(documents: Documents, kept: Callable[[], list[str]]) -> None:
    documents.put("a", b"x")
    documents.keep("a")
    documents.remove("a")
    assert kept() == []


def test_only_what_was_long_undecided_is_listed(documents: Documents) -> None:
    for name in ("a", "b", "c", "d"):
        documents.put(name, b"x")
    documents.keep("b")
    assert sorted(documents.undecided(before=later(), limit=9)) == ["a", "c", "d"]
    assert len(documents.undecided(before=later(), limit=2)) == 2
    assert list(documents.undecided(before=datetime.now(UTC) - timedelta(minutes=1), limit=9)) == []


def test_what_is_doubted_has_its_time_from_then_on(tmp_path: Path) -> None:
    """A sweep must not take away what is about to be decided, however old the file is."""
    folder = Folder(tmp_path)
    folder.put("a", b"x")
    folder.keep("a")
    os.utime(tmp_path / "kept" / "a", (0, 0))
    folder.doubt("a")
    assert list(folder.undecided(before=datetime.now(UTC) - timedelta(minutes=1), limit=9)) == []


def test_three_mebibytes_come_back(documents: Documents) -> None:
    content = bytes(range(256)) * (3 * 4096)
    documents.put("a", content)
    documents.keep("a")
    assert documents.read("a") == content


@pytest.mark.parametrize("operation", ["CopyObject", "DeleteObject"])
def test_a_move_in_s3_that_is_interrupted_loses_nothing_and_is_done_again(bucket: S3, operation: str) -> None:
    documents = files.Documents(bucket, "documents")
    documents.put("a", b"x")

    def interrupt(**_: object) -> None:
        raise ReadTimeoutError(endpoint_url="nowhere")

    event = f"before-call.s3.{operation}"
    bucket.meta.events.register(event, interrupt)
    with pytest.raises(StoreUnavailable):
        documents.keep("a")
    bucket.meta.events.unregister(event, interrupt)
    assert documents.read("a") == b"x"
    documents.keep("a")
    assert list(documents.undecided(before=later(), limit=9)) == []
    assert documents.read("a") == b"x"


@pytest.mark.parametrize("before", ["CopyObject", "DeleteObject"])
@pytest.mark.parametrize(("outer", "inner"), [("keep", "doubt"), ("doubt", "keep")])
def test_two_moves_in_s3_that_cross_leave_the_bytes_there(bucket: S3, before: str, outer: str, inner: str) -> None:
    """One is asked for in the middle of the other."""
    documents = files.Documents(bucket, "documents")
    documents.put("a", b"x")
    documents.keep("a")
    documents.doubt("a")
    crossed: list[str] = []

    def meanwhile(**_: object) -> None:
        if not crossed:
            crossed.append(inner)
            getattr(documents, inner)("a")

    bucket.meta.events.register(f"before-call.s3.{before}", meanwhile)
    getattr(documents, outer)("a")
    assert documents.read("a") == b"x"
    documents.keep("a")
    assert documents.read("a") == b"x"


def test_what_was_half_written_at_a_crash_is_gone_at_the_next_start(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("whole", b"x")
    (tmp_path / "undecided" / "torn.tmp").write_bytes(b"half")
    assert list(folder.undecided(before=later(), limit=9)) == ["whole"]
    assert list(Folder(tmp_path).undecided(before=later(), limit=9)) == ["whole"]
    assert not (tmp_path / "undecided" / "torn.tmp").exists()


def test_only_its_owner_reads_a_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("a", b"x")
    assert (tmp_path / "undecided" / "a").stat().st_mode & 0o077 == 0


def test_a_disk_or_bucket_that_is_not_there_is_a_store_that_cannot_be_reached(tmp_path: Path, bucket: S3) -> None:
    gone = Folder(tmp_path / "gone")
    for name in ("kept", "undecided"):
        (tmp_path / "gone" / name).rmdir()
    with pytest.raises(StoreUnavailable):
        gone.put("a", b"x")
    with pytest.raises(StoreUnavailable):
        gone.undecided(before=later(), limit=1)
    lost = files.Documents(bucket, "nowhere")
    with pytest.raises(StoreUnavailable):
        lost.put("a", b"x")
    with pytest.raises(StoreUnavailable):
        lost.read("a")


@pytest.mark.parametrize("kind", ["portins", "importTnOrders/voice"])
def test_the_name_of_bytes_says_whose_they_are_and_is_one_name(kind: str) -> None:
    order = key(1)
    order = type(order)(order.account, kind, order.id)
    blob = attachment.blob_of(order, "5f")
    assert attachment.order_of(blob) == order
    assert "/" not in blob
