"""Files and functions stay small enough to read in one go."""

import ast

import pytest

from tests.consistency.source import SRC, functions, name, python_files

FILE_LINES = 400
FUNCTION_LINES = 40
NUMERIC_LINES = 60
EXCEPTIONS: dict[str, str] = {
    # "src/hashar/…/file.py:function": "reason"
}


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno - body[0].lineno + 1) if body else 0


@pytest.mark.parametrize("path", [p for p in python_files() if p.parent.name != "migrations"], ids=name)
def test_a_file_has_at_most_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_a_function_is_short(path):
    limit = NUMERIC_LINES if (SRC / "methods") in path.parents else FUNCTION_LINES
    long = {
        f"{name(path)}:{function.name}": body_lines(function)
        for function in functions(path)
        if body_lines(function) > limit
    }
    assert {key: lines for key, lines in long.items() if key not in EXCEPTIONS} == {}


def test_an_exception_is_still_needed():
    known = {f"{name(path)}:{function.name}" for path in python_files() for function in functions(path)}
    assert set(EXCEPTIONS) <= known
