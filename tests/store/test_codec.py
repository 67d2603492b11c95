"""Images of stream records, and the texts in items."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import boto3
import pytest

from chalicelib.domain.entry import Entry
from chalicelib.store import keys
from chalicelib.store.adapters import Tables
from chalicelib.store.codec import entry_of_image, image_of_entry
from chalicelib.store.codec.text import of_time, time
from chalicelib.store.rows import OrderRow
from tests.domain.samples import entry
from tests.store.worlds import creation, moved, placed

LONG = replace(entry(number=12), completed_numbers=tuple(f"91955{n:05d}" for n in range(30_000)))


@pytest.mark.parametrize("told", [*creation().entries, entry(message="ü🙂\ud800"), LONG])
def test_an_entry_is_the_entry_of_its_image(told: Entry) -> None:
    image = json.loads(json.dumps(image_of_entry(told)))  # as Lambda gets it
    assert entry_of_image(image) == told


def test_other_items_are_no_entries() -> None:
    for sk in (keys.HEAD, keys.details(1), keys.note("3")):
        assert entry_of_image({"pk": {"S": "1#portins#x"}, "sk": {"S": sk}, "body": {"S": "{}"}}) is None


def test_the_stream_of_the_table_brings_each_entry_once_as_an_insert(dynamo: Tables, ministack: str) -> None:
    streams = boto3.client("dynamodbstreams", endpoint_url=ministack)
    table = boto3.client("dynamodb", endpoint_url=ministack).describe_table(TableName=OrderRow.Meta.table_name)["Table"]
    shards = streams.describe_stream(StreamArn=table["LatestStreamArn"])["StreamDescription"]["Shards"]
    iterators = [
        streams.get_shard_iterator(
            StreamArn=table["LatestStreamArn"], ShardId=shard["ShardId"], ShardIteratorType="LATEST"
        )["ShardIterator"]
        for shard in shards
    ]
    order = placed(dynamo)
    dynamo.ledger.record(moved(order, "FOC"))
    dynamo.ledger.announced(order.key, order.version + 1)
    records = [record for each in iterators for record in streams.get_records(ShardIterator=each)["Records"]]
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"
    images = [record["dynamodb"]["NewImage"] for record in records if record["eventName"] == "INSERT"]
    entries = [found for image in images if (found := entry_of_image(image))]
    assert sorted(entries, key=lambda each: each.number) == list(dynamo.ledger.entries(order.key))


def test_times_are_utc_of_one_width_so_that_they_sort() -> None:
    moments = [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, 1, 0, 0, 5000, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 1, 1, 0, 0, 1, 999_999, tzinfo=UTC),
    ]
    texts = [time(moment) for moment in moments]
    assert texts == ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.005Z", "2026-01-01T00:00:01.999Z"]
    assert of_time(texts[1]) == moments[1]
