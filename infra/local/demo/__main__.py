"""Start a Docket on free ports with a folder of its own, run the story, clean up."""

import io
import sys
import tempfile
from pathlib import Path

from chalicelib import config, log
from infra.local.demo import screen
from infra.local.demo.hook import Hook
from infra.local.demo.story import Story
from infra.local.runtime import Runtime
from infra.local.secrets_file import prepare


def main() -> int:
    """Exit status 0 when the story went to its end."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"DOCKET_STATE": folder, "DOCKET_PORT": "0", "DOCKET_SMTP_PORT": "0"}
        prepared = prepare(config.read(environ, on_aws=False))
        settings = prepared.settings
        log.to("json", io.StringIO())
        runtime, hook = Runtime(settings), Hook()
        runtime.start()
        screen.say(f"Docket is up on port {runtime.port}; mail comes in on port {runtime.smtp_port}.")
        try:
            Story(
                api=f"http://127.0.0.1:{runtime.port}/v1.0/accounts/{settings.account}",
                customer=(settings.user, settings.password or ""),
                operator=(settings.operator_user, settings.operator_password or ""),
                smtp_port=runtime.smtp_port, outbox=Path(folder) / "outbox", hook=hook,
            ).run()  # fmt: skip
        finally:
            hook.close()
            runtime.stop()
    screen.say("That was all of it. `make run` starts one to keep; README.md has the same in curl.", "bold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
