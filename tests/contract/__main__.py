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
    "--mode=all", "--max-examples=3", "--phases=examples,coverage,fuzzing",
    "--include-tag-regex=^(portins|csrs|loas|subscriptions|subscriptions_v2|events|desk|health|description)$",
)  # fmt: skip
"""Of the types whose places are the same, two; of all the others each."""


def main() -> int:
    """Both runs, also where the first fails."""
    seed = sys.argv[1] if len(sys.argv) > 1 else SEED
    with tempfile.TemporaryDirectory() as folder:
        docket = Docket(Path(folder) / "state").start()
        try:
            failed = [
                _asked(docket, credentials, seed, *how)
                for credentials, how in ((CUSTOMER, AS_CUSTOMER), (OPERATOR, AS_OPERATOR))
            ]
        finally:
            docket.kill()
    print(f"{failed.count(0)} passed, {len(failed) - failed.count(0)} failed")
    return int(any(failed))


def _asked(docket: Docket, credentials: tuple[str, str], seed: str, *how: str) -> int:
    command = (
        sys.executable, "-m", "schemathesis.cli", f"--config-file={HERE / 'schemathesis.toml'}", "run",
        f"{docket.url}/openapi.json", f"--url={docket.url}/v1.0", f"--auth={':'.join(credentials)}", "--workers=2",
        "--warnings=off", "--continue-on-failure", f"--seed={seed}", *how,
    )  # fmt: skip
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=ROOT, env=environ, check=False, timeout=PATIENCE).returncode


if __name__ == "__main__":
    sys.exit(main())
