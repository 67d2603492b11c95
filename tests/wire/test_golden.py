"""Every document looks as it always did. GOLDEN=write in the environment writes the files anew: read the diff."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.wire.samples import SAMPLES

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str, text: str) -> str:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_looks_as_it_always_did_in_xml(name: str) -> None:
    text = SAMPLES[name]().xml()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<')
    tree = ET.fromstring(text.encode())
    ET.indent(tree)
    shown = ET.tostring(tree, encoding="unicode") + "\n"
    assert shown == golden(f"{name}.xml", shown)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_looks_as_it_always_did_in_json(name: str) -> None:
    shown = json.dumps(json.loads(SAMPLES[name]().json_text()), indent=2, ensure_ascii=False) + "\n"
    assert shown == golden(f"{name}.json", shown)


def test_every_golden_file_is_of_a_document() -> None:
    assert {path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.rglob("*.*")} == set(SAMPLES)


def test_an_empty_list_has_no_white_space_in_it() -> None:
    assert "<Subscriptions/>" in SAMPLES["subscriptions-none"]().xml()
