"""The same program behind a proxy that speaks TLS."""

import os
import subprocess
import sys

ASKING = """
import django
django.setup()
from django.test import Client
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable")
call_command("collectstatic", interactive=False, verbosity=0)
client = Client(headers={"host": "hashar.example", "x-forwarded-proto": "https"})
plain = Client(headers={"host": "hashar.example"}).get("/en/account/login/")
answer = client.get("/en/account/login/")
client.post("/en/look/", {"look": "dark", "next": "/en/"})
print(plain.status_code, plain["Location"])
print(answer.status_code, answer["Strict-Transport-Security"])
print(sorted((name, bool(morsel["secure"])) for name, morsel in client.cookies.items()))
"""


def run(tmp_path, *command, **more):
    given = {"HASHAR_TLS": "yes", "HASHAR_HOSTS": "hashar.example", "HASHAR_DATA": str(tmp_path), **more}
    environment = {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "hashar.config.settings"}
    for name in ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"):  # of the tests, not of a server
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path
    )


def test_the_check_before_going_live_finds_nothing(tmp_path):
    done = run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout


def test_everything_is_https_and_cookies_are_secure(tmp_path):
    done = run(tmp_path, "-c", ASKING)
    lines = done.stdout.splitlines()
    assert lines[0] == "301 https://hashar.example/en/account/login/", done.stderr
    assert lines[1].startswith("200 max-age=63072000")
    assert "False" not in lines[2]
    assert "True" in lines[2]


def test_a_proxy_is_believed_only_where_it_was_said_that_there_is_one(tmp_path):
    script = ASKING[: ASKING.index("print(plain")] + 'print("Strict-Transport-Security" in answer, plain.status_code)'
    done = run(tmp_path, "-c", script, HASHAR_TLS="no")
    assert done.stdout == "False 200\n", done.stderr
