"""Settings hold what they promise, and every variable they read is documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference" / "settings.md"
NAMES = re.compile(r"[\"'](HASHAR_[A-Z_]+|DATABASE_URL)[\"']")


def used():
    """Every variable that the program reads."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        found |= set(NAMES.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_variable_is_documented_and_no_other():
    documented = set(
        re.findall(r"^\| `(HASHAR_[A-Z_]+|DATABASE_URL)` \|", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert documented == used()


def check(tmp_path, *arguments, **environment):
    command = [sys.executable, "-W", "ignore", "-m", "django", *arguments]
    # what the tests set for themselves is no setting of a server
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("HASHAR_", "DATABASE_", "DJANGO_"))}
    mine |= {"HASHAR_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hashar.config.settings", **environment}
    return subprocess.run(command, check=False, env=mine, capture_output=True, text=True, cwd=tmp_path)


def test_behind_tls_django_finds_nothing_to_complain_of(tmp_path):
    done = check(tmp_path, "check", "--deploy", "--fail-level", "WARNING", HASHAR_TLS="1", HASHAR_HOSTS="a.example")
    assert done.returncode == 0, done.stderr


def test_mail_is_sent_only_where_a_server_is_named(tmp_path):
    shown = "from django.conf import settings as s; print(s.EMAIL_BACKEND, getattr(s, 'EMAIL_PORT', None))"
    without = check(tmp_path, "shell", "-c", shown)
    with_one = check(tmp_path, "shell", "-c", shown, HASHAR_MAIL_HOST="mail.example", HASHAR_MAIL_PORT="2525")
    assert "dummy" in without.stdout
    assert "smtp" in with_one.stdout
    assert "2525" in with_one.stdout


def test_models_and_migrations_say_the_same(tmp_path):
    done = check(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HASHAR_TLS", "maybe"),
        ("DATABASE_URL", "oracle://x"),
        ("HASHAR_UPLOAD_LIMIT_MB", "big"),
        ("HASHAR_TIME_ZONE", "Mars"),
    ],
)
def test_a_wrong_variable_is_one_sentence_of_the_program(tmp_path, variable, value):
    mine = {**os.environ, "HASHAR_DATA": str(tmp_path / "d"), "HASHAR_LANG": "en", variable: value}
    command = [sys.executable, "-m", "hashar", "doctor"]
    done = subprocess.run(command, check=False, env=mine, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert variable in done.stderr
    assert "Traceback" not in done.stderr


def test_help_and_estimates_load_no_django():
    script = (
        "import sys\n"
        "from hashar.cli.app import application\n"
        "try:\n    application.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "import hashar.assess.services.estimates\n"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert done.returncode == 0
