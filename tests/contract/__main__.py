"""`python -m tests.contract`: schemathesis asks a Docket for all that its OpenAPI document offers, with all checks.

Twice: as a customer with requests that keep to the document, as the operator also with such that break it. Ends with
1 when an answer is not as the document says, or is a fault.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.local.process import CUSTOMER, OPERATOR, ROOT, Docket

HERE = Path(__file__).parent
PATIENCE = 600.0
SEED = "20260304"
"""The same requests each time; another is given as an argument."""

AS_CUSTOMER = ("--mode=positive", "--max-examples=2", "--phases=examples,coverage,fuzzing")
AS_OPERATOR = (
    "--mode=all", "--max-examples=2", "--phases=examples,coverage,fuzzing",
    "--include-tag-regex=^(portins|subscriptions|subscriptions_v2|events|desk|health|description)$",
)  # fmt: skip
"""Of the types, whose places are the same, the one that has most of them; and everything else."""


def main() -> int:
    """Both at once, each in one thread: hypothesis is not made for several (until python/cpython#106905)."""
    seed = sys.argv[1] if len(sys.argv) > 1 else SEED
    with tempfile.TemporaryDirectory() as folder:
        docket = Docket(Path(folder) / "state").start()
        try:
            asking = [_asking(docket, CUSTOMER, seed, *AS_CUSTOMER), _asking(docket, OPERATOR, seed, *AS_OPERATOR)]
            said = [process.communicate(timeout=PATIENCE)[0] for process in asking]
        finally:
            docket.kill()
    print(*said, sep="\n")
    failed = sum(process.returncode != 0 for process in asking)
    print(f"{len(asking) - failed} passed, {failed} failed")
    return int(failed > 0)


def _asking(docket: Docket, credentials: tuple[str, str], seed: str, *how: str) -> subprocess.Popen[str]:
    command = (
        sys.executable, "-m", "schemathesis.cli", f"--config-file={HERE / 'schemathesis.toml'}", "run",
        f"{docket.url}/openapi.json", f"--url={docket.url}/v1.0", f"--auth={':'.join(credentials)}", "--workers=1",
        "--warnings=off", "--continue-on-failure", f"--seed={seed}", *how,
    )  # fmt: skip
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


if __name__ == "__main__":
    sys.exit(main())
