"""Makes calls of the SDK and says what came of them, one JSON line for each."""

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from bandwidth_numbers import Account, Client

NUMBER = "9195551234"
NOTE = "Please move it to Friday."
PAGE = {"page": 1, "size": 20}

_URL, _ACCOUNT = os.environ["COMPAT_URL"], os.environ["COMPAT_ACCOUNT"]
_DESK = (os.environ["COMPAT_OPERATOR"], os.environ["COMPAT_OPERATOR_PASSWORD"])

account = Account(client=Client(_URL, _ACCOUNT, os.environ["COMPAT_USER"], os.environ["COMPAT_PASSWORD"]))


def call(name: str, made: Callable[[], object]) -> None:
    """Make one call. Whatever it raises is its result, and so is a False."""
    line = {"call": name, "result": "ok", "detail": ""}
    try:
        same(made() is False, wanted=False)
    except Exception as error:  # noqa: BLE001 because whatever goes wrong is the call's result
        at = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
        line |= {"result": "failed", "detail": detail}
    sys.stdout.write(json.dumps(line) + "\n")


def same(found: object, wanted: object) -> None:
    """What the SDK made of the answer."""
    assert found == wanted, f"{found!r} instead of {wanted!r}"


def ids(rows: Any) -> list[str]:  # noqa: ANN401 because the SDK has no types
    """The ids in a list, as the SDK reads them."""
    return [row.order_id for row in rows.items]


def desk(path: str, body: str) -> str:
    """What the operator does meanwhile; the id of what that made."""
    media = "application/json" if body.startswith("{") else "application/xml"
    url, headers = f"{_URL}/accounts/{_ACCOUNT}/{path}", {"Content-Type": media}
    answer = requests.post(url, data=body, headers=headers, auth=_DESK, timeout=30)
    answer.raise_for_status()
    return answer.headers.get("Location", "").rpartition("/")[2]


def move(resource: str, order: str, state: str) -> None:
    """Move an order."""
    desk(f"{resource}/{order}/status", json.dumps({"status": state}))


def notes(name: str, owner: Any) -> None:  # noqa: ANN401 because the SDK has no types
    """Notes, which every order has."""
    call(f"{name}.notes.list, none", lambda: same(owner.notes.list().items, []))
    call(f"{name}.notes.create", lambda: owner.notes.create({"description": NOTE}))
    call(f"{name}.notes.list", lambda: same([note.description for note in owner.notes.list().items], [NOTE]))
