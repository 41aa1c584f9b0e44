"""No question of R's is left unanswered by accident."""

from importlib import import_module
from pathlib import Path

from tests.golden.r_survey import cases


def test_every_case_is_checked_by_some_module():
    modules = [import_module(f"tests.golden.{p.stem}") for p in sorted(Path(__file__).parent.glob("test_*.py"))]
    checked = [case.case_id for module in modules for case in getattr(module, "CASES", [])]
    assert set(checked) == {case.case_id for case in cases()}


def test_no_case_is_claimed_by_two_modules():
    modules = [import_module(f"tests.golden.{p.stem}") for p in sorted(Path(__file__).parent.glob("test_*.py"))]
    checked = [case.case_id for module in modules for case in getattr(module, "CASES", [])]
    assert len(checked) == len(set(checked))
