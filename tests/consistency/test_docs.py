"""Every example of the documentation runs, every link leads somewhere."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.consistency.source import ROOT

PAGES = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(#[^)]*)?\)")


def page_name(path):
    return str(path.relative_to(ROOT))


def blocks(path, kind):
    return [body for language, body in FENCE.findall(path.read_text(encoding="utf-8")) if language == kind]


@pytest.fixture
def desk(tmp_path):
    """A folder with the files that the examples name."""
    for path in [*(ROOT / "docs/tutorials/sample").glob("*"), *(ROOT / "src/hashar/flows/data/yrbs").glob("*.parquet")]:
        shutil.copy(path, tmp_path)
    return tmp_path


def run(command, folder):
    words = shlex.split(command)
    assert words[0] == "hashar", command
    environment = os.environ | {"HASHAR_LANG": "en", "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, "-m", "hashar", *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("path", [p for p in PAGES if blocks(p, "console")], ids=page_name)
def test_the_commands_of_a_page_run_and_say_what_the_page_says(path, desk):
    for block in blocks(path, "console"):
        said = ""
        for line in block.splitlines():
            if line.startswith("$ "):
                done = run(line[2:], desk)
                assert done.returncode == 0, f"{line}\n{done.stderr}"
                said = done.stdout + done.stderr
            elif line.strip() and line.strip() != "…":
                assert line.strip() in said


@pytest.mark.parametrize("path", [p for p in PAGES if blocks(p, "python")], ids=page_name)
def test_the_python_of_a_page_runs(path, desk):
    script = "\n".join(blocks(path, "python"))
    done = subprocess.run([sys.executable, "-c", script], cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_link_of_a_page_leads_to_a_file(path):
    targets = [match[0] for match in LINK.findall(path.read_text(encoding="utf-8"))]
    assert [target for target in targets if not (path.parent / Path(target)).exists()] == []
