"""`python -m tests.clients.languages`: the receivers in Node, Go and Java make of each callback what Python's makes.

Prints one line for each language; exits with 1 if one differs. A language that is not installed is said to be so.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.clients.callbacks import SECRETS, deliveries
from tests.house.tree import ROOT

HERE = Path(__file__).parent
BUILD = ROOT / "build" / "receivers"


def node() -> list[str]:
    """Needs nothing more."""
    return ["node", str(HERE / "node" / "main.mjs")]


def go() -> list[str]:
    """Compiled first."""
    program = BUILD / "go-receiver"
    subprocess.run(["go", "vet", "./..."], cwd=ROOT / "clients" / "receivers" / "go", check=True)
    subprocess.run(["go", "build", "-o", str(program), "."], cwd=HERE / "go", check=True)
    return [str(program)]


def java() -> list[str]:
    """Jackson from Maven, then compiled."""
    jars = BUILD / "jars"
    maven = ["mvn", "-q", "-B", "-f", str(HERE / "java" / "pom.xml"), "dependency:copy-dependencies"]
    subprocess.run([*maven, f"-DoutputDirectory={jars}"], check=True)
    (BUILD / "java").mkdir(exist_ok=True)
    path = os.pathsep.join([str(BUILD / "java"), f"{jars}/*"])
    sources = [str(ROOT / "clients" / "receivers" / "java" / "DocketReceiver.java"), str(HERE / "java" / "Main.java")]
    subprocess.run(
        ["javac", "-Xlint:all,-serial", "-Werror", "-d", str(BUILD / "java"), "-cp", path, *sources], check=True
    )
    return ["java", "-cp", path, "Main"]


LANGUAGES: dict[str, tuple[tuple[str, ...], Callable[[], list[str]]]] = {
    "node": (("node",), node),
    "go": (("go",), go),
    "java": (("javac", "mvn"), java),
}


def check(name: str) -> bool:
    """Whether this language does as it must."""
    needs, build = LANGUAGES[name]
    missing = [need for need in needs if shutil.which(need) is None]
    if missing:
        print(f"{name:6} not run: {', '.join(missing)} not installed")
        return True
    script = list(deliveries())
    told = json.dumps({"secrets": SECRETS, "deliveries": [delivery.told() for delivery in script]})
    done = subprocess.run(build(), input=told.encode(), capture_output=True, check=False)
    lines = done.stdout.decode().splitlines()
    seen = [json.loads(line) for line in lines]
    wrong = [
        number for number, delivery in enumerate(script) if number >= len(seen) or seen[number] != delivery.expected
    ]
    for number in wrong:
        print(f"{name:6} callback {number}: {seen[number] if number < len(seen) else 'no answer'}")
        print(f"{'':6} expected: {script[number].expected}")
    sys.stdout.write(done.stderr.decode())
    print(f"{name:6} {len(script) - len(wrong)} passed, {len(wrong)} failed")
    return not wrong and done.returncode == 0


if __name__ == "__main__":
    BUILD.mkdir(parents=True, exist_ok=True)
    done_well = [check(name) for name in sys.argv[1:] or LANGUAGES]
    sys.exit(int(not all(done_well)))
