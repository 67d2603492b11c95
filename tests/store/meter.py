"""What DynamoDB charges for a piece of work, counted from its calls and the items they touched.

By AWS's rules for on-demand tables: a read of up to 4 KB is one unit, an eventually consistent one half; a write of up
to 1 KB is one unit, within a transaction two; each index entry that comes or goes is one more write. ministack's own
figures leave the indexes out.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

from pynamodb.connection import Connection
from pynamodb.indexes import Index

from chalicelib.store.rows import ROWS
from tests.store.faults import Snapshot, counted, everything

Item = Mapping[str, Mapping[str, Any]]
Items = dict[tuple[str, str, str], Item]

READ, WRITE = 4096, 1024
_TABLE = {kind.__name__: kind for kind in ROWS}


@dataclass(slots=True)
class Bill:
    """Calls to DynamoDB, read units, write units; without index entries as long as the work goes on."""

    calls: int = 0
    reads: float = 0
    writes: int = 0

    def __str__(self) -> str:
        return f"{self.calls} | {self.reads:g} | {self.writes}"


@contextmanager
def metered(connection: Connection) -> Iterator[Bill]:
    """The bill of what happens within."""
    bill, before = Bill(), _items(everything())
    with counted(connection) as calls:
        yield bill
    after = _items(everything())
    bill.calls = len(calls)
    for call in calls:
        params, answer = call["params"], call["answer"]
        bill.reads += _reads(call["operation"], params, answer, after)
        bill.writes += _writes(call["operation"], params, before, after)
    bill.writes += len(_index_entries(before) ^ _index_entries(after))


def _reads(operation: str, params: dict[str, Any], answer: dict[str, Any], items: Items) -> float:
    share = 1 if params.get("ConsistentRead") else 0.5
    match operation:
        case "GetItem":
            return share * _units(_size(answer.get("Item", {})), READ)
        case "Query" if params.get("Select") == "COUNT":
            names = {"pk", "sk", params["IndexName"], "listed_at"}
            listed = [_size({name: item[name] for name in names}) for item in items.values() if names <= set(item)]
            return share * _units(answer["Count"] * max(listed, default=0), READ)
        case "Query":
            return share * _units(sum(map(_size, answer["Items"])), READ)
        case "BatchGetItem":
            ((table, asked),) = params["RequestItems"].items()
            share = 1 if asked.get("ConsistentRead") else 0.5
            return share * sum(_units(_size(item), READ) for item in answer["Responses"][table])
    return 0


def _writes(operation: str, params: dict[str, Any], before: Items, after: Items) -> int:
    if operation == "TransactWriteItems":
        writes = [write for each in params["TransactItems"] for write in each.values()]
        return 2 * sum(_touched(write, before, after) for write in writes)
    if operation == "BatchWriteItem":
        ((table, requests),) = params["RequestItems"].items()
        puts = [{"TableName": table, **each["PutRequest"]} for each in requests]
        return sum(_touched(put, before, after) for put in puts)
    return _touched(params, before, after) if operation in ("PutItem", "UpdateItem", "DeleteItem") else 0


def _touched(write: dict[str, Any], before: Items, after: Items) -> int:
    """By the larger of what was there and what is there."""
    keys = write.get("Key") or write["Item"]
    place = (write["TableName"], keys["pk"]["S"], keys.get("sk", {}).get("S", ""))
    return _units(max(_size(before.get(place, {})), _size(after.get(place, {}))), WRITE)


def _units(size: int, unit: int) -> int:
    return max(1, ceil(size / unit))


def _size(item: Item) -> int:
    """Names and values; numbers take about half a byte a digit, and one more."""
    return sum(len(name) + _value_size(*next(iter(value.items()))) for name, value in item.items())


def _value_size(kind: str, value: Any) -> int:  # noqa: ANN401 because it is what DynamoDB's JSON holds
    if kind == "SS":
        return sum(_value_size("S", each) for each in value)
    return len(value) // 2 + 1 if kind == "N" else len(value if isinstance(value, bytes) else value.encode())


def _items(snapshot: Snapshot) -> Items:
    return {
        (_TABLE[table].Meta.table_name, item["pk"]["S"], item.get("sk", {}).get("S", "")): item
        for table, items in snapshot.items()
        for item in items
    }


def _index_entries(items: Items) -> set[tuple[str, ...]]:
    """Every entry of every index, by its keys."""
    found = set()
    for (table, pk, sk), item in items.items():
        kind = next(kind for kind in ROWS if kind.Meta.table_name == table)
        for index in (each for each in vars(kind).values() if isinstance(each, Index)):
            names = [attribute.attr_name for attribute in index.Meta.attributes.values()]
            if all(name in item for name in names):
                found.add((index.Meta.index_name, pk, sk, *(str(item[name]) for name in names)))
    return found
