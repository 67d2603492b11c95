"""`python -m infra.local`: start, say how to use it, go on until Ctrl-C."""

import os
import signal
import sys
import threading
from collections.abc import Mapping

from chalicelib import config, log
from chalicelib.config import BadSetting
from infra.local.runtime import Runtime
from infra.local.secrets_file import prepare
from infra.local.store import StateInUse, StateUnfit
from infra.local.welcome import welcome

CANNOT_START = 2


def main(environ: Mapping[str, str]) -> int:
    """The exit status: 0 after a stop that was asked for, 2 when it could not start, with one line that says why."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    try:
        prepared = prepare(config.read(environ, on_aws=False))
        log.to(prepared.settings.log or ("text" if sys.stdout.isatty() else "json"))
        runtime = Runtime(prepared.settings)
        runtime.start()
    except (BadSetting, StateInUse, StateUnfit, OSError) as problem:
        print(f"docket: {problem}", file=sys.stderr)
        return CANNOT_START
    print(welcome(prepared, port=runtime.port, smtp_port=runtime.smtp_port), flush=True)
    stopping.wait()
    runtime.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
