"""The rules of the house that no linter knows."""

import ast
import re
import tomllib

import pytest

from tests.consistency.source import ROOT, committed_files, name, python_files, tree

DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "shared"}
REASON = re.compile(r"#\s*(noqa|type:\s*ignore)[^#]*?\s{2,}\(.+\)|#\s*(noqa|type:\s*ignore)[^#]*#\s*\S+")
ESCAPE = re.compile(r"#\s*(noqa|type:\s*ignore)")


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_no_drawer_for_odds_and_ends(path):
    assert not DRAWERS & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts[2:]}


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_guards_raise_and_never_assert(path):
    assert [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_every_exception_from_a_check_carries_its_reason(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if ESCAPE.search(line) and not REASON.search(line)] == []


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_an_import_inside_a_function_says_why(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    bare = []
    for function in ast.walk(tree(path)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    near = " ".join(lines[max(node.lineno - 2, 0) : node.end_lineno])
                    if "#" not in near:
                        bare.append(node.lineno)
    assert bare == []


def test_every_dependency_carries_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    wanted = list(project["project"]["dependencies"])
    for group in (*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()):
        wanted += group
    bare = [name for name in wanted if not re.search(re.escape(f'"{name}"') + r",\s*#\s*\S+.*;", text)]
    assert bare == []


def test_the_version_is_the_one_at_the_top_of_the_changelog():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == project["project"]["version"]


TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".typ",
    ".html",
    ".css",
    ".cfg",
    ".po",
    ".pot",
    ".lock",
    ".csv",
    ".R",
    "",
}
PLACES = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/\w|\bissue #?\d|pythonhosted|pypi\.org", re.IGNORECASE)


def test_the_repository_names_no_machine_and_no_registry():
    found = {}
    for path in committed_files():
        if path.suffix in TEXT and path != ROOT / "tests" / "consistency" / "test_house.py":
            hit = PLACES.search(path.read_text(encoding="utf-8", errors="ignore"))
            if hit:
                found[name(path)] = hit[0]
    assert found == {}
