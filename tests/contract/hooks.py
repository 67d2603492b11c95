"""What JSON Schema has no words for, told to schemathesis: parameters that exclude or need each other."""

import itertools
from collections.abc import Mapping
from typing import Any

import schemathesis

_DAYS = (
    ("startdate", "enddate"), ("createdDateFrom", "createdDateTo"), ("createdAfterDate", "createdBeforeDate"),
    ("modifiedDateFrom", "modifiedDateTo"),
)  # fmt: skip
_numbers = itertools.count()


@schemathesis.hook
def filter_case(_context: Any, case: Any) -> bool:  # noqa: ANN401 because schemathesis passes its own
    """Whether a request is one that a client could make sense of."""
    asked = {name: text for name, text in (case.query or {}).items() if str(text).strip()}
    return _page_is_one(asked) and _days_fit(asked)


@schemathesis.hook
def before_call(_context: Any, case: Any, _arguments: Any) -> None:  # noqa: ANN401 because schemathesis passes its own
    """A key of its own for each request: used for another body, a key is refused, and rightly so."""
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"{str(case.headers['Idempotency-Key'])[:200]}{next(_numbers)}"


def _page_is_one(asked: Mapping[str, Any]) -> bool:
    """Other pages are named by orders that are there."""
    return asked.get("page") in (None, "1", 1)


def _days_fit(asked: Mapping[str, Any]) -> bool:
    if ("startdate" in asked) != ("enddate" in asked):
        return False
    if "lastModifiedAfter" in asked and {"modifiedDateFrom", "modifiedDateTo"} & asked.keys():
        return False
    return all(str(asked.get(first, "")) <= str(asked.get(last, "9")) for first, last in _DAYS)
