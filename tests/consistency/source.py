"""The repository as the consistency tests see it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "hashar"


@cache
def python_files(folder: Path = SRC) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def committed_files() -> list[Path]:
    """Every file that belongs to the repository (ignored ones left out)."""
    ignored = {".git", ".venv", "__pycache__", "demo-profile", "build", "dist"} | {
        f".{tool}" for tool in ("mypy_cache", "ruff_cache", "pytest_cache", "hypothesis", "import_linter_cache")
    }
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not ignored & set(path.relative_to(ROOT).parts) and not path.name.startswith(".coverage")
    )
