"""What is kept as objects in S3: mail that came in, and the bytes of documents.

SES writes mail under `incoming/`, and what was heard is moved. Documents lie under `undecided/` until the tables name
them, then under `kept/`; while one is about to be given up, under both.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.store.conditions import reachable

INCOMING = "incoming/"
UNDECIDED, KEPT = "undecided/", "kept/"
_MISSING = ("NoSuchKey", "404")

ON_ITS_WAY = timedelta(minutes=2)
"""How long a mail is left to its notice, which alone says who the envelope was for and how the server judged it."""


@dataclass(frozen=True, slots=True)
class Mails:
    """Implements the flow's Mails. `client` is boto3's `s3` client."""

    client: Any
    bucket: str
    now: Callable[[], datetime]

    @reachable()
    def incoming(self, *, limit: int) -> Sequence[str]:
        """Names of mails not yet heard whose notice must be lost, oldest first of the first `limit` in S3's order."""
        latest = self.now() - ON_ITS_WAY
        return _lying(self.client, self.bucket, INCOMING, latest, limit)

    @reachable()
    def read(self, name: str) -> bytes | None:
        """The whole mail, or None when it was filed already."""
        return _read(self.client, self.bucket, f"{INCOMING}{name}")

    @reachable()
    def file(self, name: str, folder: str, *, why: Mapping[str, str]) -> None:
        """Move it to `heard`, `held` or `refused`, with the reasons beside it. Repeating it is harmless.

        Copied, explained, then taken away: whatever is interrupted is done again, since it is still under `incoming`.
        """
        source, target = f"{INCOMING}{name}", f"{folder}/{name}"
        if not _copied(self.client, self.bucket, source, target):
            return
        reasons = json.dumps(dict(why)).encode()
        self.client.put_object(Bucket=self.bucket, Key=f"{target}.json", Body=reasons, ContentType="application/json")
        self.client.delete_object(Bucket=self.bucket, Key=source)


@dataclass(frozen=True, slots=True)
class Documents:
    """Implements the flow's Documents. `client` is boto3's `s3` client."""

    client: Any
    bucket: str

    @reachable()
    def put(self, blob: str, content: bytes) -> None:
        """Keep new bytes, undecided. Whoever gets at an object by its URL is given a file to save, never a page."""
        self.client.put_object(
            Bucket=self.bucket, Key=f"{UNDECIDED}{blob}", Body=content, ContentType="application/octet-stream",
            ContentDisposition="attachment",
        )  # fmt: skip

    @reachable()
    def keep(self, blob: str) -> None:
        """It stays."""
        source, target = f"{UNDECIDED}{blob}", f"{KEPT}{blob}"
        if _copied(self.client, self.bucket, source, target):  # an interruption leaves both, which is as good
            self.client.delete_object(Bucket=self.bucket, Key=source)

    @reachable()
    def doubt(self, blob: str) -> None:
        """It is about to be given up; as a copy, its time as an undecided file begins now.

        What is kept stays until that is done: a `keep` at the same moment, which takes the other away, finds its like
        there, so that whichever of their steps come first, one of the two is left.
        """
        _copied(self.client, self.bucket, f"{KEPT}{blob}", f"{UNDECIDED}{blob}")

    @reachable()
    def read(self, blob: str) -> bytes | None:
        """The bytes, or None; looked for again where they were first, since they may move meanwhile."""
        places = (KEPT, UNDECIDED, KEPT)
        found = (_read(self.client, self.bucket, f"{place}{blob}") for place in places)
        return next((content for content in found if content is not None), None)

    @reachable()
    def remove(self, blob: str) -> None:
        """Nobody needs it any more."""
        for place in (UNDECIDED, KEPT):
            self.client.delete_object(Bucket=self.bucket, Key=f"{place}{blob}")

    @reachable()
    def undecided(self, *, before: datetime, limit: int) -> Sequence[str]:
        """Names of files that have been undecided since before a time, oldest first of the first in S3's order."""
        return _lying(self.client, self.bucket, UNDECIDED, before, limit)


def _read(client: Any, bucket: str, key: str) -> bytes | None:  # noqa: ANN401 because boto3 makes its clients at run time
    try:
        found = client.get_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if _missing(error):
            return None
        raise
    content: bytes = found["Body"].read()
    return content


def _copied(client: Any, bucket: str, source: str, target: str) -> bool:  # noqa: ANN401 because boto3 makes its clients at run time
    """False where there is nothing to copy."""
    try:
        client.copy_object(Bucket=bucket, Key=target, CopySource={"Bucket": bucket, "Key": source})
    except ClientError as error:
        if _missing(error):
            return False
        raise
    return True


def _lying(client: Any, bucket: str, folder: str, latest: datetime, limit: int) -> Sequence[str]:  # noqa: ANN401 because boto3 makes its clients at run time
    """Names of what has lain in a folder since a time, oldest first of the first `limit` in S3's order."""
    lying = (each for each in _listed(client, bucket, folder) if each["LastModified"] <= latest)
    found = sorted(islice(lying, limit), key=lambda each: each["LastModified"])
    return [each["Key"].removeprefix(folder) for each in found]


def _listed(client: Any, bucket: str, folder: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401 because boto3 makes its clients at run time
    pages = client.get_paginator("list_objects_v2")
    for page in pages.paginate(Bucket=bucket, Prefix=folder):
        yield from (each for each in page.get("Contents", ()) if each["Key"] != folder)


def _missing(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") in _MISSING
