"""Mail that came in, as objects in S3. SES writes it under `incoming/`; what was heard is moved."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.store.conditions import reachable

INCOMING = "incoming/"
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
        lying = (each for each in self._listed() if each["LastModified"] <= latest)
        found = sorted(islice(lying, limit), key=lambda each: each["LastModified"])
        return [each["Key"].removeprefix(INCOMING) for each in found]

    @reachable()
    def read(self, name: str) -> bytes | None:
        """The whole mail, or None when it was filed already."""
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=f"{INCOMING}{name}")
        except ClientError as error:
            if _missing(error):
                return None
            raise
        raw: bytes = found["Body"].read()
        return raw

    @reachable()
    def file(self, name: str, folder: str, *, why: Mapping[str, str]) -> None:
        """Move it to `heard`, `held` or `refused`, with the reasons beside it. Repeating it is harmless.

        Copied, explained, then taken away: whatever is interrupted is done again, since it is still under `incoming`.
        """
        source, target = f"{INCOMING}{name}", f"{folder}/{name}"
        try:
            self.client.copy_object(Bucket=self.bucket, Key=target, CopySource={"Bucket": self.bucket, "Key": source})
        except ClientError as error:
            if _missing(error):
                return
            raise
        reasons = json.dumps(dict(why)).encode()
        self.client.put_object(Bucket=self.bucket, Key=f"{target}.json", Body=reasons, ContentType="application/json")
        self.client.delete_object(Bucket=self.bucket, Key=source)

    def _listed(self) -> Iterator[dict[str, Any]]:
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=INCOMING):
            yield from (each for each in page.get("Contents", ()) if each["Key"] != INCOMING)


def _missing(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") in _MISSING
