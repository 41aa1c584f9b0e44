"""The generated reference is what the code says now."""

import importlib.util

import pytest

from tests.consistency.source import ROOT


def pages():
    spec = importlib.util.spec_from_file_location("generate_reference", ROOT / "docs" / "generate_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


@pytest.mark.parametrize(("path", "text"), pages().items(), ids=lambda value: getattr(value, "name", ""))
def test_a_generated_page_is_fresh(path, text):
    assert path.read_text(encoding="utf-8") == text, "run make docs"
