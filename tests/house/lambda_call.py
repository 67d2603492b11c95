"""Run as a script in an interpreter without site-packages: calls handlers of an unpacked package, as Lambda would.

Arguments: the unpacked package, a file of [[handler string, event], …], a file for the outcomes and the calls to AWS.
Nothing but the package and the standard library may be imported here.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any


class Context:
    """The run has half a minute left."""

    @staticmethod
    def get_remaining_time_in_millis() -> float:
        """As Lambda's."""
        return 30_000.0


def main(folder: str, events: str, outcomes: str) -> None:
    """Call each handler with its event, in order, and write down what came of it."""
    sys.path.insert(0, folder)
    calls = _listen()
    answers: list[Any] = []
    for handler, event in json.loads(Path(events).read_text("utf-8")):
        module, _, name = handler.rpartition(".")
        calls.append([handler, "", {}])
        answers.append(getattr(importlib.import_module(module), name)(event, Context()))
    modules = sorted({file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))})
    written = {"answers": answers, "calls": calls, "modules": modules}
    Path(outcomes).write_text(json.dumps(written, default=str), "utf-8")


def _listen() -> list[list[Any]]:
    """Every call to AWS from now on: service, operation, parameters. A handler's own follow its name."""
    client = importlib.import_module("botocore.client").BaseClient
    calls: list[list[Any]] = []
    ask = client._make_api_call  # noqa: SLF001 because PynamoDB calls it directly, so that it sees every call

    def heard(self: Any, operation: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 because botocore's calls are nested dicts
        calls.append([self.meta.service_model.service_name, operation, parameters])
        return ask(self, operation, parameters)

    client._make_api_call = heard  # noqa: SLF001 see above
    return calls


if __name__ == "__main__":
    main(*sys.argv[1:])
