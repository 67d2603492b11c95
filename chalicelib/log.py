"""One structured line for each unit of work, on standard output: text for a terminal, JSON for machines.

Reply addresses are masked here, so that nobody has to remember; secrets are never given to it.
"""

import json
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TextIO

_SEALED = re.compile(r"\b[a-z2-7]{62}(?=@)", re.IGNORECASE)
_lock = threading.Lock()
_encoded = json.JSONEncoder(default=str, ensure_ascii=False).encode
_form = "json"
_out: TextIO | None = None


def to(form: str, out: TextIO | None = None) -> None:
    """Write `text` or `json` from now on, to `out` (None: standard output)."""
    global _form, _out
    _form, _out = form, out


def tell(event: str, **fields: object) -> None:
    """One thing happened."""
    _write("info", event, fields)


def failed(event: str, error: BaseException, **fields: object) -> None:
    """One thing failed on our side; the cause goes with it."""
    where = "".join(traceback.format_exception(error)).strip()
    _write("error", event, {**fields, "error": f"{type(error).__name__}: {error}", "trace": where})


def _write(level: str, event: str, fields: Mapping[str, object]) -> None:
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    known = {name: value for name, value in fields.items() if value is not None}
    line = _json(at, level, event, known) if _form == "json" else _text(at, level, event, known)
    with _lock, suppress(OSError, ValueError):  # a full disk or a closed pipe must not undo what was done
        print(_SEALED.sub("[reply address]", line), file=_out or sys.stdout, flush=True)


def _json(at: str, level: str, event: str, fields: Mapping[str, object]) -> str:
    return _encoded({"at": at, "level": level, "event": event, **fields})


def _text(at: str, level: str, event: str, fields: Mapping[str, object]) -> str:
    trace = fields.get("trace")
    said = "  ".join(f"{name}={_one_line(value)}" for name, value in fields.items() if name != "trace")
    mark = "" if level == "info" else " FAILED"
    return f"{at[11:23]}{mark} {event:<19} {said}" + (f"\n{trace}" if trace else "")


def _one_line(value: object) -> str:
    """Nobody who can choose a value may write a line of his own, or speak to the terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value))
