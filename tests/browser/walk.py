"""One window walks all pages of the site, as each of those who see them, and gathers what is wrong with them."""

from tests.browser.checks import axe_faults, runs_over
from tests.browser.pages import walked

TEXT, CHARTS, LATER = 100_000, 350_000, 30_000
"""The most bytes over the wire: a first page of text, a first page with charts, and what a later page adds."""
SHOWN = """async () => {
  const shown = [...document.images].filter(one => one.checkVisibility());
  for (const one of shown) one.loading = 'eager';
  await Promise.all(shown.map(one => one.decode()));
  return document.querySelectorAll('figure img').length > 0;
}"""
"""Loads the pictures further down too; says whether there are charts."""


def too_heavy(sizes, *, first, charts):
    """A first visit brings everything, a later one only what is its own; charts have a limit of the first only."""
    counted = {name: size for name, size in sizes.items() if first or "/static/" not in name}
    most = CHARTS if charts else TEXT if first else LATER
    total = sum(counted.values())
    return [f"{total} bytes, not {most}: {counted}"] if total > most else []


class Walk:
    """A window in one look; with ``first`` a page counts as if nothing had been loaded before it."""

    def __init__(self, chromium, server, site, *, language, first, **look):
        self.site, self.language, self.first = site, language, first
        self.window = chromium.new_context(base_url=server, **look)
        self.page = self.window.new_page()
        self.said, self.sizes, self.names, self.known = [], {}, {}, {}
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda line: self.said.append(line.text) if line.type == "error" else None)
        wire = self.window.new_cdp_session(self.page)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.loadingFinished", self._loaded)
        wire.send("Network.enable")
        self.server = server

    def _asked(self, event):
        self.names[event["requestId"]] = event["request"]["url"]

    def _loaded(self, event):
        name = self.names[event["requestId"]]
        self.known[name] = max(self.known.get(name, 0), event["encodedDataLength"])  # from the cache it comes with 0
        self.sizes[name] = self.known[name]

    def become(self, who):
        """Sign in as somebody else."""
        self.window.clear_cookies()
        if who in self.site.sessions:
            session = self.site.sessions[who]
            self.window.add_cookies([{"name": "sessionid", "value": session, "url": self.server}])

    def faults(self, only=None):
        """What is wrong with all the pages, one line each; ``only`` some rules of axe where others found nothing."""
        found, now = [], ""
        for name, who in walked():
            if who != now:
                self.become(who)
            now = who
            found += [f"{name} as {who}: {each}" for each in self._visit(self.site.address(name, self.language), only)]
        return found

    def _visit(self, address, only):
        self.said.clear()
        self.sizes.clear()
        answer = self.page.goto(address)
        charts = self.page.evaluate(SHOWN)
        said = [] if self.page.url.endswith(address) else [f"led to {self.page.url}"]
        said += [] if answer.status == 200 else [f"status {answer.status}"]
        said += (
            too_heavy(self.sizes, first=self.first, charts=charts) + axe_faults(self.page, only) + runs_over(self.page)
        )
        return said + self.said
