"""How long a cold Lambda imports, against the libraries that it cannot do without."""

import subprocess
import sys
from statistics import median

from tests.bench.report import row, title
from tests.local.process import ROOT

RUNS = 7
LIBRARIES = "import chalice, boto3, pynamodb, requests"
DOCKET = "import app, chalicelib.store.adapters"


def measure() -> None:
    """Print both and their ratio (goal: below 2)."""
    title("Import time, median of 7 fresh interpreters")
    libraries, docket = _milliseconds(LIBRARIES), _milliseconds(DOCKET)
    row(LIBRARIES, f"{libraries:.0f} ms")
    row(DOCKET, f"{docket:.0f} ms")
    row("ratio", f"{docket / libraries:.2f}")


def _milliseconds(statement: str) -> float:
    code = f"import time; began = time.perf_counter(); {statement}; print((time.perf_counter() - began) * 1000)"
    return median(
        float(subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        for _ in range(RUNS)
    )
