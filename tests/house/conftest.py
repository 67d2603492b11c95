"""What several house tests look at: the package, made once."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from infra.aws import package as packing


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sam.json and deployment.zip, as `make package` writes them."""
    folder = tmp_path_factory.mktemp("package")
    packing.main(folder)
    return folder


@pytest.fixture(scope="session")
def template(package: Path) -> dict[str, Any]:
    """The template of the package."""
    whole: dict[str, Any] = json.loads((package / "sam.json").read_text("utf-8"))
    return whole


@pytest.fixture(scope="session")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is in deployment.zip, as Lambda unpacks it."""
    folder = tmp_path_factory.mktemp("unpacked")
    with ZipFile(package / "deployment.zip") as archive:
        archive.extractall(folder)
    return folder
