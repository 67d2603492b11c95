"""The SDKs: what each needs, how it is installed into build/compat, and how its program is run."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.local.process import ROOT

HERE = ROOT / "tests" / "compat"
BUILD = ROOT / "build" / "compat"


@dataclass(frozen=True, slots=True)
class Sdk:
    """One SDK. `needs`: commands that must be on the PATH. `install` makes its folder, `program` runs in the root."""

    name: str
    version: str
    needs: tuple[str, ...]
    install: Callable[[Path], None]
    program: Callable[[Path], Sequence[str]]

    @property
    def folder(self) -> Path:
        """Where it is installed."""
        return BUILD / self.name

    @property
    def missing(self) -> list[str]:
        """What of its runtime is not there."""
        return [command for command in self.needs if shutil.which(command) is None]

    def installed(self) -> None:
        """Install it, unless that was done from the same files. Raises CalledProcessError."""
        stamp, now = self.folder / ".stamp", self._digest()
        if stamp.exists() and stamp.read_text() == now:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.install(self.folder)
        stamp.write_text(now)

    def _digest(self) -> str:
        made = hashlib.sha256()
        for file in sorted(path for path in (HERE / self.name).iterdir() if path.is_file()):
            made.update(file.read_bytes())
        return made.hexdigest()


def _run(*command: str | Path, within: Path | None = None) -> None:
    """Its output goes to the terminal's error stream, so that the table stands alone on the other."""
    subprocess.run([str(part) for part in command], cwd=within, check=True, stdout=sys.stderr, timeout=600)


def _python(folder: Path) -> None:
    _run("sh", ROOT / "infra" / "venv.sh", folder / "venv", HERE / "python" / "requirements.txt", within=ROOT)


def _node(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "node" / name, folder)
    _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", within=folder)
    for program in (HERE / "node").glob("*.js"):
        shutil.copy(program, folder)


def _java(folder: Path) -> None:
    pom, libraries = HERE / "java" / "pom.xml", folder / "lib"
    copy = "org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy-dependencies"
    _run("mvn", "-q", "-B", "-f", pom, copy, f"-DoutputDirectory={libraries}")
    _run("javac", "-d", folder / "classes", "-cp", libraries / "*", *sorted((HERE / "java").glob("*.java")))


SDKS = (
    Sdk("python", "bandwidth-numbers-sdk 1.2.0", (), _python,
        lambda folder: (str(folder / "venv/bin/python"), "-m", "tests.compat.python")),
    Sdk("node", "@bandwidth/numbers 2.0.0", ("node", "npm"), _node,
        lambda folder: ("node", str(folder / "sdk.js"))),
    Sdk("java", "bandwidth-java-iris-sdk 1.12", ("java", "javac", "mvn"), _java,
        lambda folder: ("java", "-cp", f"{folder / 'classes'}:{folder / 'lib'}/*", "Sdk")),
)  # fmt: skip
