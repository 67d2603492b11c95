"""Who may import what, who may touch the world, and how long a file may grow."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, shipped, text, tree, within

CEILING = 250
APP_CEILING = 80
MEDIAN = 100
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "base", "misc", "manager"}
KEY = re.compile(r"[A-Z]{1,8}#")

# What not everyone may know, and the places that may. import-linter says the same of the rooms, and sees
# through chains; this sees app.py too.
HOMES = {
    "app": ("infra",),
    "infra": ("infra",),
    "chalice": ("app.py", "chalicelib/edge", "infra/local"),
    "pynamodb": ("chalicelib/store",),
    "requests": ("chalicelib/notify",),
    "urllib3": ("chalicelib/notify",),
    "smtplib": ("chalicelib/notify", "infra/local"),
    "sqlite3": ("infra/local",),
}
ENVIRONMENT = (
    "chalicelib/config",
    "infra/local/__main__.py",  # hands it to the settings
    "infra/local/demo/screen.py",  # NO_COLOR and TERM are the terminal's, not Docket's
)
CLOCK = ("chalicelib/wiring.py", "chalicelib/log.py", "infra")


def test_the_contracts_between_the_rooms_hold() -> None:
    # In a process of its own: import-linter sets up logging for the whole process it runs in.
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_known_only_where_it_lives(library: str) -> None:
    strangers = [
        str(path) for path in shipped() if library in set(_imported(tree(path))) and not within(path, *HOMES[library])
    ]
    assert strangers == []


def test_only_the_settings_read_the_environment() -> None:
    readers = {str(path) for path in shipped() if _names(path) & {"os.environ", "os.getenv"}}
    assert {path for path in readers if not within(Path(path), *ENVIRONMENT)} == set()


def test_only_the_wiring_and_the_log_ask_what_time_it_is() -> None:
    asked = {"datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today", "time.time"}
    assert [str(path) for path in shipped() if _names(path) & asked and not within(path, *CLOCK)] == []


def test_keys_of_the_tables_are_written_in_one_file() -> None:
    stray = [
        f"{path}:{word.lineno}: {word.value!r}"
        for path in shipped()
        if within(path, "chalicelib", "app.py") and path != Path("chalicelib/store/keys.py")
        for word in _strings(tree(path))
        if KEY.match(str(word.value))
    ]
    assert stray == []


def test_no_file_outgrows_its_reader() -> None:
    long = {str(path): lines for path in files(".py") if (lines := _lines(path)) > CEILING}
    assert long == {}


def test_the_usual_file_is_read_at_a_glance() -> None:
    assert statistics.median(_lines(path) for path in shipped()) < MEDIAN


def test_app_py_stays_a_table_of_contents() -> None:
    assert _lines(Path("app.py")) <= APP_CEILING


def test_every_name_says_something() -> None:
    empty = {str(path) for path in files(".py") if EMPTY_NAMES & {path.stem, path.parent.name}}
    empty |= {
        f"{path}: {node.name}"
        for path in files(".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.name.strip("_").lower() in EMPTY_NAMES
    }
    assert empty == set()


def test_every_module_opens_by_saying_what_lives_in_it() -> None:
    assert [str(path) for path in files(".py") if not ast.get_docstring(tree(path))] == []


def _lines(path: Path) -> int:
    return len(text(path).splitlines())


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _names(path: Path) -> set[str]:
    """What a file names by its full name, such as os.environ, whatever it calls it."""
    full = dict(_aliases(tree(path)))
    dotted = (ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute))
    heads = (name.partition(".") for name in dotted)
    return set(full.values()) | {f"{full.get(head, head)}{dot}{rest}" for head, dot, rest in heads}


def _aliases(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.name if alias.asname else alias.name.partition(".")[0]
                yield alias.asname or name, name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def _strings(module: ast.Module) -> Iterator[ast.Constant]:
    """Every string but docstrings; the pieces of f-strings too."""
    prose = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node
