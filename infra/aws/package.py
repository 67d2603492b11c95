"""`python -m infra.aws.package`: writes build/package/{sam.json,deployment.zip}, the same bytes each time.

Chalice is run as a command on a copy of what ships, with the parts in this folder merged into its template.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from infra.aws import gateway

ROOT = Path(__file__).parents[2]
PARTS = ("chalice-merge.json", "keys.json", "tables.json", "queues.json", "mail.json", "documents.json", "alarms.json")
TARGET = ROOT / "build" / "package"

_SHIPS = ("app.py", "chalicelib", "requirements.txt", ".chalice")
_LEFT = shutil.ignore_patterns("__pycache__", "*.py[cod]", "deployed", "deployments", "venv")

# Chalice asks for a region although the template holds for all. Nobody's profile may matter, and no cache may ship.
_ENVIRONMENT = ("env", "-u", "AWS_PROFILE", "AWS_DEFAULT_REGION=us-east-1", "PYTHONDONTWRITEBYTECODE=1")


class PartsClash(Exception):
    """Two parts of the stack define the same thing."""


def main(target: Path = TARGET) -> None:
    """Pack into `target`, and say what came of it. Raises CalledProcessError when Chalice refuses."""
    with TemporaryDirectory() as folder:
        tree, out = Path(folder, "docket"), Path(folder, "out")
        _copy(tree)
        _write(tree / "merge.json", merged())
        _chalice(tree, "package", "--stage", "prod", "--merge-template", "merge.json", str(out))
        template = json.loads((out / "sam.json").read_text("utf-8"))
        gateway.demand_credentials(template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"])
        target.mkdir(parents=True, exist_ok=True)
        _write(target / "sam.json", template)
        shutil.copyfile(out / "deployment.zip", target / "deployment.zip")
    for name in ("sam.json", "deployment.zip"):
        print(f"{target / name}  {(target / name).stat().st_size / 1e6:.1f} MB")


def merged() -> dict[str, Any]:
    """All parts as one template, as `chalice package --merge-template` takes it. Raises PartsClash."""
    whole: dict[str, Any] = {"Resources": {"RestAPI": {"Properties": {"DefinitionBody": gateway.extensions()}}}}
    for name in PARTS:
        part = json.loads(Path(__file__).with_name(name).read_text("utf-8"))
        for section, content in part.items():
            if not isinstance(content, dict):
                whole[section] = content
                continue
            there = whole.setdefault(section, {})
            if twice := there.keys() & content.keys():
                raise PartsClash(f"{name} defines again what another part has: {', '.join(sorted(twice))}")
            there.update(content)
    return whole


def _copy(tree: Path) -> None:
    """What ships, without what tools have left in it."""
    tree.mkdir()
    for name in _SHIPS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=_LEFT)
        else:
            shutil.copyfile(ROOT / name, tree / name)


def _chalice(tree: Path, *arguments: str) -> None:
    command = Path(sys.executable).with_name("chalice")
    _run([*_ENVIRONMENT, str(command), *arguments], tree)


def _run(command: Sequence[str], folder: Path) -> None:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        print(ran.stdout, ran.stderr, sep="\n", file=sys.stderr)
        ran.check_returncode()


def _write(path: Path, template: dict[str, Any]) -> None:
    path.write_text(json.dumps(template, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
