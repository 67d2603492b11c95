"""Mail that came in, in S3."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from moto import mock_aws

from chalicelib.domain.errors import StoreUnavailable
from chalicelib.store.files import ON_ITS_WAY, Mails

RAW = b"From: ann@example.net\r\n\r\nhello\xff\r\n"
S3 = Any
"""boto3 makes its clients at run time."""

WHY = {"reason": "the reply address has expired"}


def later() -> datetime:
    """When what was put there just now has lain long enough."""
    return datetime.now(UTC) + ON_ITS_WAY


@pytest.fixture
def bucket() -> Iterator[S3]:
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="mail")
        yield client


@pytest.fixture
def mails(bucket: S3) -> Mails:
    return Mails(bucket, "mail", later)


def _arrive(bucket: S3, *names: str) -> None:
    for name in names:
        bucket.put_object(Bucket="mail", Key=f"incoming/{name}", Body=RAW)


def _kept(bucket: S3) -> list[str]:
    return [each["Key"] for each in bucket.list_objects_v2(Bucket="mail").get("Contents", [])]


def test_mail_that_was_not_heard_is_listed(bucket: S3, mails: Mails) -> None:
    assert list(mails.incoming(limit=9)) == []
    _arrive(bucket, "b", "a", "c")
    bucket.put_object(Bucket="mail", Key="heard/z", Body=RAW)
    bucket.put_object(Bucket="mail", Key="incoming/", Body=b"")  # what the console makes of a folder
    assert sorted(mails.incoming(limit=9)) == ["a", "b", "c"]
    assert len(mails.incoming(limit=2)) == 2


def test_more_mail_than_one_page_of_names_is_listed(bucket: S3, mails: Mails) -> None:
    _arrive(bucket, "a", "b", "c", "d", "e")

    def shorten(params: dict[str, object], **_: object) -> None:
        params["MaxKeys"] = 2  # S3's pages have 1000

    bucket.meta.events.register("provide-client-params.s3.ListObjectsV2", shorten)
    assert sorted(mails.incoming(limit=9)) == ["a", "b", "c", "d", "e"]


def test_a_mail_is_read_as_it_came(bucket: S3, mails: Mails) -> None:
    _arrive(bucket, "a")
    assert mails.read("a") == RAW
    assert mails.read("never came") is None


@pytest.mark.parametrize("folder", ["heard", "held", "refused"])
def test_a_filed_mail_is_moved_with_its_reasons(bucket: S3, mails: Mails, folder: str) -> None:
    _arrive(bucket, "a")
    mails.file("a", folder, why=WHY)
    assert _kept(bucket) == [f"{folder}/a", f"{folder}/a.json"]
    assert bucket.get_object(Bucket="mail", Key=f"{folder}/a")["Body"].read() == RAW
    assert json.loads(bucket.get_object(Bucket="mail", Key=f"{folder}/a.json")["Body"].read()) == WHY
    assert mails.read("a") is None


def test_filing_again_changes_nothing(bucket: S3, mails: Mails) -> None:
    _arrive(bucket, "a")
    mails.file("a", "heard", why=WHY)
    mails.file("a", "refused", why={"reason": "another"})
    assert _kept(bucket) == ["heard/a", "heard/a.json"]
    mails.file("never came", "heard", why=WHY)
    assert _kept(bucket) == ["heard/a", "heard/a.json"]


@pytest.mark.parametrize("operation", ["CopyObject", "PutObject", "DeleteObject"])
def test_filing_that_is_interrupted_is_done_again(bucket: S3, mails: Mails, operation: str) -> None:
    _arrive(bucket, "a")

    def interrupt(**_: object) -> None:
        raise ReadTimeoutError(endpoint_url="nowhere")

    event = f"before-call.s3.{operation}"
    bucket.meta.events.register(event, interrupt)
    with pytest.raises(StoreUnavailable):
        mails.file("a", "heard", why=WHY)
    bucket.meta.events.unregister(event, interrupt)
    assert mails.read("a") == RAW
    mails.file("a", "heard", why=WHY)
    assert _kept(bucket) == ["heard/a", "heard/a.json"]


def test_a_bucket_that_is_not_there_is_a_store_that_cannot_be_reached(bucket: S3) -> None:
    lost = Mails(bucket, "gone", later)
    for look in (lambda: lost.incoming(limit=1), lambda: lost.read("a"), lambda: lost.file("a", "heard", why=WHY)):
        with pytest.raises(StoreUnavailable):
            look()


def test_a_mail_that_has_just_come_is_left_to_its_notice(bucket: S3) -> None:
    """The notice alone has the envelope and the verdicts; a sweep must not be faster."""
    _arrive(bucket, "fresh")
    assert Mails(bucket, "mail", lambda: datetime.now(UTC)).incoming(limit=9) == []
    assert Mails(bucket, "mail", later).incoming(limit=9) == ["fresh"]
