"""docs/tables.md says what each request and notification costs; this counts it."""

import re

from chalicelib.store.adapters import Tables
from tests.house.tree import ROOT
from tests.store.clock import Clock
from tests.store.costs import Life

ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<bill>\d+ \| [\d.]+ \| \d+) \|$", re.MULTILINE)


def test_every_request_and_notification_costs_what_the_document_says(dynamo: Tables, clock: Clock) -> None:
    documented = dict(ROW.findall((ROOT / "docs" / "tables.md").read_text()))
    counted = {name: str(bill) for name, bill in Life(dynamo, clock).live().items()}
    assert documented == counted, "\n".join(f"| {name} | {bill} |" for name, bill in counted.items())
