"""Reading the template of the package: its functions, their roles, and what each part says."""

import json
from typing import Any

from tests.house.tree import ROOT

Template = dict[str, Any]

HANDLERS = {
    "APIHandler": "app.app",
    "OnEntry": "app.on_entry",
    "OnDoorbell": "app.on_doorbell",
    "OnMail": "app.on_mail",
    "Sweep": "app.sweep",
}
ROLES = {
    "APIHandler": "ApiHandlerRole",
    "OnEntry": "OnEntryRole",
    "OnDoorbell": "OnDoorbellRole",
    "OnMail": "OnMailRole",
    "Sweep": "SweepRole",
}
STAGE = json.loads((ROOT / ".chalice/config.json").read_text("utf-8"))["stages"]["prod"]


def properties(template: Template, name: str) -> dict[str, Any]:
    """The properties of one resource."""
    found: dict[str, Any] = template["Resources"][name]["Properties"]
    return found


def of_kind(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    """All resources of a kind, such as SQS::Queue, by their names."""
    return {name: one for name, one in template["Resources"].items() if one["Type"] == f"AWS::{kind}"}


def event(template: Template, function: str) -> dict[str, Any]:
    """The properties of a function's one event source."""
    (one,) = properties(template, function)["Events"].values()
    found: dict[str, Any] = one["Properties"]
    return found
