"""What is asked of every page: accessible, light, within its window, and usable with the keyboard alone."""

from axe_playwright_python.base import AXE_SCRIPT

TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RUN = "options => axe.run(options).then(found => found.violations)"


def axe_faults(page, only=None):
    """What axe-core finds, one line for each element; empty when the page is fine. ``only`` names some rules."""
    rules = {"type": "rule", "values": only} if only else TAGS
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, {"runOnly": rules, "resultTypes": ["violations"], "preload": False})
    return [f"{fault['id']}: {node['html']} – {node['failureSummary']}" for fault in found for node in fault["nodes"]]


def runs_over(page):
    """Pixels by which a page is wider than its window, and small targets: ``[]`` when it fits.

    Targets are at least 24 × 24 px (WCAG 2.2, 2.5.8), links inside a sentence excepted.
    """
    return page.evaluate(
        """() => {
          const faults = [];
          const over = document.documentElement.scrollWidth - window.innerWidth;
          if (over > 0) faults.push(`the page is ${over} px wider than its window`);
          for (const target of document.querySelectorAll('button, summary, input, select, textarea, a[href]')) {
            const box = target.getBoundingClientRect();
            if (box.width <= 1 || box.height <= 1 || !target.checkVisibility()) continue;
            const inSentence = target.matches('a') && getComputedStyle(target).display === 'inline';
            const labelled = target.matches('[type=checkbox], [type=radio]') && target.labels.length > 0;
            if (!inSentence && !labelled && (box.width < 23.5 || box.height < 23.5))
              faults.push(`${target.outerHTML.slice(0, 90)} is ${box.width.toFixed()} × ${box.height.toFixed()} px`);
          }
          return faults;
        }"""
    )


def weigh(page, address, until="networkidle"):
    """Open ``address`` in the page's window and return the bytes that came over the wire, by address.

    Where nothing is loaded late (pictures further down), ``until="load"`` is enough, and half a second quicker.
    """
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names, sizes = {}, {}

    def asked(event):
        names[event["requestId"]] = event["request"]["url"]

    def loaded(event):
        sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", loaded)
    page.goto(address)
    page.wait_for_load_state(until)
    session.detach()
    return {names[request]: size for request, size in sizes.items() if names[request].startswith("http")}


def focused(page):
    """The words of what has the focus."""
    words = page.evaluate(
        """() => {
          const on = document.activeElement;
          return on.innerText || on.getAttribute('aria-label') || on.name || on.tagName;
        }"""
    )
    return " ".join(words.split())


def tab_to(page, words, presses=60):
    """Press Tab until what has the focus reads ``words``; fails when nothing does."""
    seen = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if seen[-1] == words:
            return
    raise AssertionError(f"{words!r} was not reached with Tab: {seen}")
