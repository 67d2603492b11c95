"""`python -m tests.bench [machine] [imports] [matching] [tables]`: all of them where none is named."""

import importlib
import sys

PARTS = ("imports", "machine", "matching", "tables")

for part in sys.argv[1:] or PARTS:
    importlib.import_module(f"tests.bench.{part}").measure()
