"""Disclosure control is a type: one module makes ``Published`` records, one restores them, and nobody changes one."""

import ast

from tests.consistency.source import SRC, name, python_files, tree

MAKER = SRC / "assess" / "analysis" / "release.py"
RESTORER = SRC / "assess" / "contracts" / "stored.py"
"""Reads back, from the database, what the release step published; it computes nothing (ADR 0013)."""


def makes_published(code):
    """Lines that call ``Published(…)``, ``Published[T](…)`` or either through its module."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call):
            called = node.func.value if isinstance(node.func, ast.Subscript) else node.func
            if (isinstance(called, ast.Attribute) and called.attr == "Published") or (
                isinstance(called, ast.Name) and called.id == "Published"
            ):
                yield node.lineno


def renames_published(code):
    """Imports of ``Published`` under another name, behind which a call could hide."""
    for node in ast.walk(code):
        if isinstance(node, ast.ImportFrom):
            yield from (node.lineno for alias in node.names if alias.name == "Published" and alias.asname)


def test_only_the_release_step_makes_published_records():
    found = [
        f"{name(path)}:{line}"
        for path in python_files()
        if path not in (MAKER, RESTORER)
        for line in (*makes_published(tree(path)), *renames_published(tree(path)))
    ]
    assert found == []


def test_the_release_step_does():
    assert list(makes_published(tree(MAKER)))


def test_the_restoring_step_computes_nothing():
    assert list(makes_published(tree(RESTORER)))
    assert not [node.lineno for node in ast.walk(tree(RESTORER)) if isinstance(node, ast.BinOp) and is_arithmetic(node)]


def is_arithmetic(node):
    """``|`` joins types and mappings; all else would make a new number."""
    return not isinstance(node.op, ast.BitOr)


def test_only_the_reads_and_the_writing_of_releases_know_the_stored_form():
    found = {
        path.relative_to(SRC / "assess").parts[0] if path.is_relative_to(SRC / "assess") else name(path)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "hashar.assess.contracts.stored"
    }
    assert found == {"queries", "services"}


def test_every_way_of_making_one_is_seen():
    code = ast.parse("Published(1)\nPublished[int](1)\npublished.Published(1)\npublished.Published[int](1)\nfigure(1)")
    assert list(makes_published(code)) == [1, 2, 3, 4]
    assert list(renames_published(ast.parse("from a import Published as P"))) == [1]
