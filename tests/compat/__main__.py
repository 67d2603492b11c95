"""`python -m tests.compat`: run each SDK's program against a Docket of its own; print what came of each call.

Ends with 1 when a call failed that is not known to be broken in the SDK, or the other way round.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.compat.broken import BROKEN
from tests.compat.sdks import SDKS, Sdk
from tests.local.process import ACCOUNT, CUSTOMER, OPERATOR, ROOT, Docket

PATIENCE = 180.0


class Call(NamedTuple):
    """What came of a call. `verdict` is ok, broken (in the SDK, as known), or FAILED."""

    sdk: str
    name: str
    verdict: str
    remark: str


def main() -> int:
    """All SDKs, or those named as arguments."""
    wanted = sys.argv[1:] or [sdk.name for sdk in SDKS]
    calls: list[Call] = []
    for sdk in SDKS:
        if sdk.name not in wanted:
            continue
        if sdk.missing:
            print(f"{sdk.name}: left out, because there is no {', no '.join(sdk.missing)} here", file=sys.stderr)
            continue
        calls += _made(sdk)
    _print(calls)
    failed = sum(call.verdict == "FAILED" for call in calls)
    print(f"{len(calls) - failed} passed, {failed} failed")
    return int(failed > 0 or not calls)


def _made(sdk: Sdk) -> list[Call]:
    sdk.installed()
    with tempfile.TemporaryDirectory() as folder:
        docket = Docket(Path(folder) / "state").start()
        try:
            ended = subprocess.run(
                sdk.program(sdk.folder), cwd=ROOT, env=_environ(docket), stdout=subprocess.PIPE, text=True,
                timeout=PATIENCE, check=False,
            )  # fmt: skip
        finally:
            docket.kill()
    found = [_judged(sdk.name, json.loads(line)) for line in ended.stdout.splitlines() if line.startswith("{")]
    if ended.returncode != 0:
        found.append(Call(sdk.name, "(the program)", "FAILED", f"ended with {ended.returncode}"))
    unmade = {name for kind, name in BROKEN if kind == sdk.name} - {call.name for call in found}
    return [*found, *(Call(sdk.name, name, "FAILED", "is said to be broken, and was not made") for name in unmade)]


def _environ(docket: Docket) -> dict[str, str]:
    (user, password), (operator, operator_password) = CUSTOMER, OPERATOR
    return {
        **os.environ, "COMPAT_URL": docket.url, "COMPAT_ACCOUNT": ACCOUNT, "COMPAT_USER": user,
        "COMPAT_PASSWORD": password, "COMPAT_OPERATOR": operator, "COMPAT_OPERATOR_PASSWORD": operator_password,
    }  # fmt: skip


def _judged(sdk: str, line: dict[str, str]) -> Call:
    name, detail = line["call"], line["detail"]
    reason = BROKEN.get((sdk, name))
    if line["result"] == "ok":
        return (
            Call(sdk, name, "FAILED", f"works, and is said to be broken: {reason}")
            if reason
            else Call(sdk, name, "ok", "")
        )
    return Call(sdk, name, "broken", reason) if reason else Call(sdk, name, "FAILED", " ".join(detail.split())[:600])


def _print(calls: list[Call]) -> None:
    width = max((len(call.name) for call in calls), default=0)
    versions = {sdk.name: sdk.version for sdk in SDKS}
    for sdk, version in versions.items():
        mine = [call for call in calls if call.sdk == sdk]
        if mine:
            print(f"\n{sdk}: {version}")
        for call in mine:
            print(f"  {call.name:{width}}  {call.verdict:6}  {call.remark}".rstrip())
    print()


if __name__ == "__main__":
    sys.exit(main())
