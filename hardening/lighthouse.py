#!/usr/bin/env python3
"""Lighthouse, as on a phone, on the pages readers come to: 100 for all it counts, 99 for speed.

`.venv/bin/python hardening/lighthouse.py path/to/lighthouse [--chromium /usr/bin/chromium] [--rounds 3]
[--only /tasks/]`. Collects the static files, fills a database with the demo and serves it as `deploy/` says
(gunicorn, DEBUG off). The best of the rounds counts for speed, as a busy machine only ever makes it worse;
everything else has to be right each time. Prints a line a page and the audits that fell short; exits with 1
when a score is too low, a page wrote to the console or took more than three requests, icons apart.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
PORT = 8917
SITE = f"http://localhost:{PORT}"
PAGES = ("/", "/records/2026-04-12/", "/tasks/", "/dashboard/")
NEEDED = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_REQUESTS = 3
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
Report = dict[str, Any]


def main() -> int:
    """Serve, measure, tell: 0 when every page is as it should be, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("lighthouse", help="the program, from the npm package of that name")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", metavar="PATH", help="one page instead, any of the site")
    asked = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder, served(Path(folder)):
        for page in [asked.only] if asked.only else PAGES:
            reports = [measured(asked.lighthouse, asked.chromium, page) for _ in range(asked.rounds)]
            faults += told(page, reports)
    return 1 if faults else 0


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """The demo, as a site is served, until the block ends."""
    environment = {name: value for name, value in os.environ.items() if name != "DEBUG"} | {
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "SITE_URL": SITE,
        "ALLOWED_HOSTS": "localhost",
    }
    for arguments in (["demo", "--no-serve"], ["collectstatic", "--noinput"]):
        command = [str(PYTHON), "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    gunicorn = [str(PYTHON), "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    command = [*gunicorn, "--bind", f"localhost:{PORT}", "leverage_site.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for_it()
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def wait_for_it() -> None:
    """Ask until the site answers; ``TimeoutError`` where it does not within a minute."""
    for _ in range(120):
        try:
            with urlopen(f"{SITE}/healthz"):
                return
        except URLError:
            time.sleep(0.5)
    raise TimeoutError(SITE)


def measured(lighthouse: str, chromium: str, page: str) -> Report:
    """One round: what Lighthouse reports of a page, with its own settings, which are those of a phone."""
    command = [lighthouse, f"{SITE}{page}", "--quiet", "--output=json", f"--chrome-flags={' '.join(FLAGS)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    run = subprocess.run(command, env=environment, check=True, capture_output=True)
    report: Report = json.loads(run.stdout)
    return report


def told(page: str, reports: list[Report]) -> int:
    """Print what was found of a page; how many faults it has."""
    scores = {
        name: [round(100 * report["categories"][name]["score"]) for report in reports] for name in NEEDED
    }
    faults = [name for name, given in scores.items() if counted(name, given) < NEEDED[name]]
    print(page, ", ".join(f"{name} {'/'.join(map(str, given))}" for name, given in scores.items()))
    for line in dict.fromkeys(line for report in reports for line in short_of(report)):
        print(f"    {line}")
    console = [item for report in reports for item in details(report, "errors-in-console")]
    requests = {item["url"] for item in details(reports[0], "network-requests") if not is_own(item)}
    print(f"    {len(requests)} requests, {len(console)} messages in the console")
    if len(requests) > MOST_REQUESTS:
        print("    " + " ".join(sorted(requests)))
    return len(faults) + len(console) + (len(requests) > MOST_REQUESTS)


def counted(name: str, given: list[int]) -> int:
    """The score that counts of those of all rounds."""
    return max(given) if name == "performance" else min(given)


def short_of(report: Report) -> Iterator[str]:
    """The audits that did not get all points, of those that have points to give."""
    for name in NEEDED:
        for weighted in report["categories"][name]["auditRefs"]:
            audit = report["audits"][weighted["id"]]
            if weighted["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{name}: {audit['title']}"
                yield from (f"    {place}" for place in places(report, weighted["id"]))


def places(report: Report, audit: str) -> Iterator[str]:
    """Where on the page an audit found what it found."""
    nodes = (item.get("node") or {} for item in details(report, audit))
    yield from (node["selector"] for node in nodes if "selector" in node)


def details(report: Report, audit: str) -> list[dict[str, Any]]:
    """The rows of what an audit found."""
    rows: list[dict[str, Any]] = report["audits"][audit].get("details", {}).get("items", [])
    return rows


def is_own(request: dict[str, Any]) -> bool:
    """Whether a request is the browser's own: for the picture in the tab, for one of its controls."""
    return "icon" in request["url"] or request["url"].startswith("data:")


if __name__ == "__main__":
    sys.exit(main())
