"""J4: the site on SQLite and PostgreSQL: start, memory, pages under load, and the way from an upload to its profile."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.load import Load, press

READY = 90.0
"""Seconds within which a server must answer."""
PROFILE = """
import datetime as dt, json, sys, time
import django; django.setup()
from django.conf import settings
from hashar.assess.services import codebook_versions, releases, surveys
from hashar.flows.demonstration import survey
from hashar.people.contracts import CONSOLE
from hashar.people.queries import account_named, actor_of
from hashar.runs.contracts import RunState
from hashar.runs.queries import run
actor = {name: actor_of(account_named(CONSOLE, name).id) for name in ("aigul", "bek")}
clock = lambda: dt.datetime.now(dt.UTC)
home = actor["bek"].mandates[0].organisation
begin = time.perf_counter()
made = surveys.create_survey(
    actor=actor["aigul"], organisation=home, title=f"bench {begin}", territory=None, now=clock()
)
files = []
for path in (survey().file, *survey().earlier):
    with path.open("rb") as content:
        one = surveys.add_file(actor=actor["bek"], survey=made, name=path.name, content=content, now=clock())
    files.append(one.id)
text = survey().codebook.read_text(encoding="utf-8")
codebook_versions.save_codebook(actor=actor["bek"], survey=made, text=text, based_on=0, now=clock())
uploaded = time.perf_counter() - begin
asked = releases.ask_profile(actor=actor["bek"], survey=made, file=files[0], earlier=files[1:], now=clock())
while run(asked.id).state in (RunState.QUEUED, RunState.RUNNING) and time.perf_counter() - begin < 300:
    time.sleep(0.05)
assert run(asked.id).state is RunState.DONE, run(asked.id).message
print(json.dumps({"uploaded": uploaded, "whole": time.perf_counter() - begin}))
"""


@dataclass
class Measured:
    """One database."""

    name: str
    first_start: float = 0.0
    start: float = 0.0
    memory: dict[str, float] = field(default_factory=dict)
    """MB of each process, shared pages counted in part (PSS)."""
    pages: list[Load] = field(default_factory=list)
    uploaded: float = 0.0
    profile: float = 0.0


class Site:
    """A demonstration's folder and a database."""

    def __init__(self, data: Path, database: str) -> None:
        self.data = data
        self.port = free_port()
        self.environment = {**os.environ, "HASHAR_DATA": str(data), "HASHAR_DEMONSTRATION": "1", "HASHAR_LANG": "en"}
        self.environment |= {"DJANGO_SETTINGS_MODULE": "hashar.config.settings"}
        self.environment |= {"DATABASE_URL": database} if database else {}
        self.process: subprocess.Popen | None = None

    def start(self, *command: str) -> float:
        """Seconds from the command to the first answer."""
        begin = time.perf_counter()
        words = [sys.executable, "-m", "hashar", *(command or ("serve",)), "--port", str(self.port)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(words, env=self.environment, stdout=quiet, stderr=quiet, cwd=self.data.parent)
        while time.perf_counter() - begin < READY:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/en/account/login/", timeout=10).close()
            except OSError:
                time.sleep(0.02)
            else:
                return time.perf_counter() - begin
        raise TimeoutError(words)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def python(self, script: str) -> dict:
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, check=False, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout.strip().splitlines()[-1])

    def hashar(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "hashar", *arguments], env=self.environment, check=True, capture_output=True
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def session(site: Site) -> str:
    """The cookie of a person who may see everything of the sample survey."""
    account = json.loads((site.data / "demonstration.json").read_text())["accounts"][1]
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://127.0.0.1:{site.port}/en/account/login/"
    page = browser.open(address, timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"login": account["login"], "password": account["password"], "csrfmiddlewaretoken": token}
    browser.open(address, urllib.parse.urlencode(form).encode(), timeout=30).close()
    cookies = {cookie.name: cookie.value for cookie in jar}
    assert "sessionid" in cookies, "the sample account could not sign in"
    return f"sessionid={cookies['sessionid']}"


def addresses(site: Site, cookie: str) -> dict[str, str]:
    """Pages of each kind, and a chart; what they are about is found by following links."""

    def first(pattern: str, page: str) -> str:
        request = urllib.request.Request(f"http://127.0.0.1:{site.port}{page}", headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return re.search(rf'(?:href|src)="({pattern})"', answer.read().decode())[1]

    release = first(r"/en/assess/releases/\d+/", "/en/assess/releases/")
    indicator = first(rf"{release}indicators/[^\"]+/", f"{release}use/")
    return {
        "home": "/en/",
        "surveys": "/en/assess/surveys/",
        "search of places": "/en/places/?q=almaty",
        "place": "/en/places/KZ-75/",
        "profile": release,
        "use (tables, charts)": f"{release}use/",
        "indicator": indicator,
        "findings": "/en/assess/findings/",
        "chart": first(rf"{release}charts/[^\"]+\.svg[^\"]*", indicator),
    }


def memory(pid: int) -> dict[str, float]:
    """MB of the server, its web processes and its workers."""
    found: dict[str, float] = {}
    for one in [pid, *_children(pid)]:
        try:
            words = Path(f"/proc/{one}/cmdline").read_text()
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        size = int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / 1000
        kind = "server" if one == pid else "worker" if "worker" in words else "web" if "spawn_main" in words else ""
        if kind:
            found[kind] = max(found.get(kind, 0.0), size)
    return found


def _children(pid: int) -> list[int]:
    direct = [
        int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
    ]
    return direct + [below for one in direct for below in _children(one)]


def measure(site: Site, measured: Measured, *, count: int, seconds: float) -> Measured:
    """With the demonstration in place."""
    measured.start = site.start("serve")
    try:
        cookie = session(site)
        for name, path in addresses(site, cookie).items():
            press(site.port, path, cookie, name=name, threads=1, count=5, seconds=seconds)  # made once, then measured
            for threads in (1, 8):
                load = press(site.port, path, cookie, name=name, threads=threads, count=count, seconds=seconds)
                measured.pages.append(load)
        told = site.python(PROFILE)
        measured.uploaded, measured.profile = told["uploaded"], told["whole"]
        measured.memory = memory(site.process.pid)
    finally:
        site.stop()
    return measured


def both(folder: Path, *, count: int = 300, seconds: float = 10.0) -> list[Measured]:
    """SQLite, then the same site on PostgreSQL."""
    folder.mkdir(parents=True, exist_ok=True)
    first = Site(folder / "sqlite", "")
    one = Measured("SQLite")
    one.first_start = first.start("demo", "--no-browser", "--data", str(first.data))
    first.stop()
    found = [measure(first, one, count=count, seconds=seconds)]
    first.hashar("backup", str(folder / "demo.backup"))
    from tests.postgres import OwnServer

    with OwnServer() as server:
        second = Site(folder / "postgresql", server.new_database())
        other = Measured("PostgreSQL")
        second.hashar("restore", str(folder / "demo.backup"))
        found.append(measure(second, other, count=count, seconds=seconds))
    return found


def table(found: list[Measured]) -> list[str]:
    """For RESULTS.md."""
    lines = ["| | " + " | ".join(one.name for one in found) + " |", "|---|" + "--:|" * len(found)]

    def row(title: str, cell) -> None:
        lines.append(f"| {title} | " + " | ".join(cell(one) for one in found) + " |")

    row("first start: `hashar demo`, everything made, s", lambda o: f"{o.first_start:.1f}" if o.first_start else "")
    row("start to first answer, s", lambda o: f"{o.start:.1f}")
    row("from upload to stored codebook (three waves, 44,066 pupils), s", lambda o: f"{o.uploaded:.1f}")
    row("from upload to stored profile, s", lambda o: f"{o.profile:.1f}")
    for kind, title in (
        ("server", "the starting process"),
        ("web", "a web process"),
        ("worker", "a worker after that profile"),
    ):
        row(f"memory of {title}, MB", lambda o, kind=kind: f"{o.memory.get(kind, 0):.0f}")
    lines += ["", "| page | database | at once | pages/s | median ms | 95 % ms | worst ms | kB | errors |"]
    lines.append("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for one in found:
        for load in one.pages:
            lines.append(
                f"| {load.name} | {one.name} | {load.threads} | {load.rate:.0f} | {load.share(50):.0f} "
                f"| {load.share(95):.0f} | {load.share(100):.0f} | {load.size / 1000:.0f} | {load.errors} |"
            )
    return lines


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hashar-bench-site-") as scratch:
        print("\n".join(table(both(Path(scratch)))))


if __name__ == "__main__":
    main()
