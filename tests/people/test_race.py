"""An invitation is used once, even by two people at the same moment, on both databases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.people.race import race

EXPECTED = ["Conflict", "joined", "1"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite the next test runs the same race")
def test_of_two_people_who_use_a_code_at_once_one_wins():
    assert race() == EXPECTED


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL the test above runs the same race")
def test_of_two_people_who_use_a_code_at_once_one_wins_on_a_file(tmp_path):
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"HASHAR_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hashar.config.settings"}
    environment["PYTHONPATH"] = os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "tests.people.race"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.split() == EXPECTED, done.stderr
