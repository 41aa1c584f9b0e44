"""Branch coverage budgets: `methods` and `rules` 100 %, the rest at least 95 %. Run after the tests, by `make test`."""

import json
import sys
from pathlib import Path

APPS = ("assess", "evaluate", "implement", "people", "places", "plan", "reference", "runs")
FULL = ("src/hashar/methods/", *(f"src/hashar/{app}/rules" for app in APPS))
REST = 95.0


def share(summaries):
    covered = sum(s["covered_lines"] + s["covered_branches"] for s in summaries)
    total = sum(s["num_statements"] + s["num_branches"] for s in summaries)
    return 100.0 * covered / total if total else 100.0


def main():
    files = json.loads(Path(".coverage.json").read_text(encoding="utf-8"))["files"]
    full = {name: f["summary"] for name, f in files.items() if name.startswith(FULL)}
    rest = [f["summary"] for name, f in files.items() if name not in full]
    gaps = [
        f"{name}: {share([summary]):.1f} %, lines {files[name]['missing_lines']}, {files[name]['missing_branches']}"
        for name, summary in full.items()
        if share([summary]) < 100.0
    ]
    print(f"branch coverage: methods and rules {share(full.values()):.2f} % (budget 100)")
    print(f"branch coverage: the rest {share(rest):.2f} % (budget {REST})")
    print("\n".join(gaps))
    sys.exit(1 if gaps or share(rest) < REST else 0)


if __name__ == "__main__":
    main()
