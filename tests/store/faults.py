"""A network that fails at a chosen call to DynamoDB: before it arrives, or when its answer is on the way back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from pynamodb.connection import Connection

from chalicelib.store.rows import ROWS

Snapshot = dict[str, list[dict[str, Any]]]


@contextmanager
def unreachable(connection: Connection, *, after: int = 0) -> Iterator[None]:
    """All calls but the first few never arrive."""
    left = [after]

    def refuse(**_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise ReadTimeoutError(endpoint_url="nowhere")

    with _hooked(connection, "before-call.dynamodb", refuse):
        yield


@contextmanager
def answers_lost(connection: Connection, *, after: int = 0) -> Iterator[None]:
    """All calls are carried out, but of all but the first few the answer never arrives."""
    left = [after]

    def lose(**_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise ReadTimeoutError(endpoint_url="nowhere")

    with _hooked(connection, "after-call.dynamodb", lose):
        yield


@contextmanager
def answer_lost_once(connection: Connection) -> Iterator[None]:
    """The next call is carried out and its answer lost, which AWS's client notices and asks again by itself."""
    left = [1]

    def lose(request: Any, **_: object) -> None:  # noqa: ANN401 because botocore's requests have no public type
        if left[0]:
            left[0] = 0
            URLLib3Session().send(request)
            raise ConnectionClosedError(endpoint_url=request.url)

    with _hooked(connection, "before-send.dynamodb", lose):
        yield


@contextmanager
def refused(connection: Connection, single: str, whole: str, *, times: int) -> Iterator[list[str]]:
    """The next few writes are refused with a code of AWS's, single ones and transactions; gives those that were."""
    writes: list[str] = []

    def refuse(model: Any, params: dict[str, Any], **_: object) -> object:  # noqa: ANN401 because botocore's models have no public type
        if model.name not in ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems") or len(writes) == times:
            return None
        writes.append(model.name)
        items = json.loads(params["body"]).get("TransactItems", [])
        code = "TransactionCanceledException" if items else single
        reasons = [{"Code": whole if place == 0 else "None"} for place in range(len(items))]
        answer = {"Error": {"Code": code, "Message": ""}, "CancellationReasons": reasons, "ResponseMetadata": {}}
        return SimpleNamespace(status_code=400), answer

    with _hooked(connection, "before-call.dynamodb", refuse):
        yield writes


@contextmanager
def counted(connection: Connection) -> Iterator[list[dict[str, Any]]]:
    """Collects every call's operation, parameters and answer."""
    calls: list[dict[str, Any]] = []

    def note(params: dict[str, Any], model: Any, **_: object) -> None:  # noqa: ANN401 because botocore's models have no public type
        calls.append({"operation": model.name, "params": params})

    def answered(parsed: dict[str, Any], **_: object) -> None:
        calls[-1]["answer"] = parsed

    with (
        _hooked(connection, "provide-client-params.dynamodb", note),
        _hooked(connection, "after-call.dynamodb", answered),
    ):
        yield calls


def everything() -> Snapshot:
    """Every item of every table."""
    return {
        kind.__name__: sorted(
            (row.serialize() for row in kind.scan(consistent_read=True)),
            key=lambda item: (item["pk"]["S"], item.get("sk", {}).get("S", "")),
        )
        for kind in ROWS
    }


@contextmanager
def _hooked(connection: Connection, event: str, handler: Any) -> Iterator[None]:  # noqa: ANN401 because botocore calls handlers by keyword, each event its own
    events = connection.client.meta.events
    events.register(event, handler)
    try:
        yield
    finally:
        events.unregister(event, handler)
