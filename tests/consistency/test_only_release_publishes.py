"""Disclosure control is a type: one module makes ``Published`` records, and nobody changes one."""

import ast

from tests.consistency.source import SRC, name, python_files, tree

MAKER = SRC / "assess" / "analysis" / "release.py"


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
        if path != MAKER
        for line in (*makes_published(tree(path)), *renames_published(tree(path)))
    ]
    assert found == []


def test_the_release_step_does():
    assert list(makes_published(tree(MAKER)))


def test_every_way_of_making_one_is_seen():
    code = ast.parse("Published(1)\nPublished[int](1)\npublished.Published(1)\npublished.Published[int](1)\nfigure(1)")
    assert list(makes_published(code)) == [1, 2, 3, 4]
    assert list(renames_published(ast.parse("from a import Published as P"))) == [1]
