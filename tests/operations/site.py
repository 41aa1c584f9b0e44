"""A site of its own for a test: a data folder, a database, and the program run as a user runs it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

FILL = """
import datetime as dt, os, sys
import django; django.setup()
from django.conf import settings
from hashar.operations.preparing import prepare
from hashar.people.contracts import CONSOLE, Role
from hashar.people.services.accounts import make_account
from hashar.people.services.memberships import add_member
from hashar.people.services.organisations import create_organisation
from hashar.people.queries import actor_of
from hashar.assess.services import codebook_versions, surveys
from hashar.places.queries import territory
now = dt.datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)
prepare(now=now)
person = make_account(
    actor=CONSOLE, login="аида", name="Аида Ө. “Қыз” 😀", password="a long enough one 7", now=now, operator=True
)
home = create_organisation(actor=CONSOLE, name="Әкімдік", names={"kk": "Әкімдік", "en": "Akimat"}, kind="state_body",
    sector="government", level="region", territory=territory("KZ-75").id, now=now)
for role in (Role.COORDINATOR, Role.ANALYST):
    add_member(actor=CONSOLE, organisation=home, person=person, role=role, now=now)
survey = surveys.create_survey(actor=actor_of(person), organisation=home, title="Pupils 2026", territory=None, now=now)
with open(sys.argv[1], "rb") as content:
    file = surveys.add_file(actor=actor_of(person), survey=survey, name="pupils.csv", content=content, now=now)
codebook_versions.draft_codebook(actor=actor_of(person), survey=survey, file=file.id, now=now)
"""


PREPARE = """
import datetime as dt
import django; django.setup()
from hashar.operations.preparing import prepare
print(prepare(now=dt.datetime.now(dt.UTC)))
"""


def free_port():
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    """A data folder and a database; SQLite in the folder when ``database`` is empty."""

    data: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self):
        """What the program's processes see."""
        mine = {key: value for key, value in os.environ.items() if not key.startswith(("HASHAR_", "DATABASE_"))}
        mine |= {"HASHAR_DATA": str(self.data), "HASHAR_LANG": "en", "DJANGO_SETTINGS_MODULE": "hashar.config.settings"}
        mine |= {"HASHAR_REQUIRE_SECOND_FACTOR": "0", **self.settings}
        return {**mine, "DATABASE_URL": self.database} if self.database else mine

    def run(self, *arguments, timeout=300):
        """``hashar`` with these arguments, to its end."""
        command = [sys.executable, "-m", "hashar", *map(str, arguments)]
        return subprocess.run(
            command,
            check=False,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=self.data.parent,
        )

    def python(self, script, *arguments):
        """A script with the site's settings; its output."""
        command = [sys.executable, "-c", script, *map(str, arguments)]
        done = subprocess.run(command, check=False, env=self.environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fill(self, upload):
        """People, an organisation, a survey with a file: something to lose."""
        self.python(FILL, upload)

    def serve(self, *arguments):
        """A running server; stop it with ``stop``."""
        port = free_port()
        command = [sys.executable, "-m", "hashar", "serve", "--port", str(port), *map(str, arguments)]
        path = self.data.parent / f"{self.data.name}-{port}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, cwd=self.data.parent)
        server = Server(process, port, path)
        server.wait()
        return server


@dataclass
class Server:
    """A server process and its address."""

    process: subprocess.Popen
    port: int
    log: Path

    def get(self, path, **headers):
        """Status and text of a page; redirects are followed."""
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, headers={"Accept-Language": "en", **headers})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def wait(self, seconds=120):
        """Until it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                self.get("/en/")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(self.log.read_text())

    def stop(self, number=signal.SIGTERM):
        """Ask it to stop; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=120)


def rows_of(archive):
    """Every row of a backup, as JSON, by model."""
    found = {}
    for name in archive.namelist():
        if name.startswith("rows/"):
            lines = archive.read(name).decode().splitlines()
            found[name.removeprefix("rows/").removesuffix(".jsonl")] = [json.loads(line) for line in lines]
    return found
