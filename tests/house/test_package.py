"""What ships: the project, its pinned libraries and Chalice's runtime, small enough, and the same each time."""

import sys
from pathlib import Path

from infra.aws import package as packing
from tests.house.tree import ROOT, files

UNPACKED_LIMIT = 250 * 1024 * 1024
"""Bytes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


def test_nothing_ships_but_the_project_its_libraries_and_chalices_runtime(unpacked: Path) -> None:
    ours = {str(path) for path in files() if path == Path("app.py") or path.is_relative_to("chalicelib")}
    shipped = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    places = {path.partition("/")[0] for path in shipped}
    assert {path for path in shipped if path == "app.py" or path.startswith("chalicelib/")} == ours
    assert {path for path in shipped if path.startswith("chalice/")} == {"chalice/__init__.py", "chalice/app.py"}
    assert not places & {"tests", "infra", "docs", "bin", "pip", "pytest", "hypothesis", "waitress", "click", "yaml"}
    assert {Path(path).suffix for path in ours} == {".py", ".j2", ".txt"}
    assert not [path for path in shipped if path.endswith((".pyc", ".pyo")) or "__pycache__" in path]


def test_every_library_that_ships_is_pinned(unpacked: Path) -> None:
    pinned = {
        line.partition("==")[0] for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if "==" in line
    }
    shipped = {path.name.partition("-")[0].replace("_", "-").lower() for path in unpacked.glob("*.dist-info")}
    assert shipped == {name.lower() for name in pinned}


def test_the_package_fits_into_lambda(package: Path, unpacked: Path) -> None:
    size = sum(path.stat().st_size for path in unpacked.rglob("*") if path.is_file())
    packed = (package / "deployment.zip").stat().st_size
    sys.stdout.write(f"{packed / 1e6:.1f} MB packed, {size / 1e6:.1f} MB unpacked\n")
    assert size < UNPACKED_LIMIT / 2  # far from it, so that the next library does not meet the wall


def test_two_runs_give_the_same_bytes(package: Path, tmp_path: Path) -> None:
    packing.main(tmp_path)
    for name in ("sam.json", "deployment.zip"):
        assert (tmp_path / name).read_bytes() == (package / name).read_bytes(), name
