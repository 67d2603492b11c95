"""docs/tables.md says what each request and notification costs; this counts it."""

import re

from chalicelib.store.adapters import Tables
from tests.bench import prices
from tests.house.tree import ROOT
from tests.store.clock import Clock
from tests.store.costs import Life
from tests.store.desk_costs import DeskLife

ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<bill>\d+ \| [\d.]+ \| \d+) \|$", re.MULTILINE)

PRICE = re.compile(r"^\| (?P<name>[^|]+) \| (?P<usd>[\d.]+) \|$", re.MULTILINE)
GOAL = 20
"""USD."""


def test_every_request_and_notification_costs_what_the_document_says(dynamo: Tables, clock: Clock) -> None:
    documented = dict(ROW.findall((ROOT / "docs" / "tables.md").read_text()))
    counted = {name: str(bill) for name, bill in DeskLife(dynamo, clock).live().items()}
    assert documented == counted, "\n".join(f"| {name} | {bill} |" for name, bill in counted.items())


def test_a_million_notifications_cost_what_the_document_promises(dynamo: Tables, clock: Clock) -> None:
    page = (ROOT / "docs" / "costs.md").read_text()
    assert {name: float(usd) for name, usd in PRICE.findall(page)} == prices.PRICES
    lines = prices.callback(Life(dynamo, clock).live())
    assert prices.total(lines) <= GOAL, lines
