#!/usr/bin/env python3
"""Every kind of public page is valid HTML, at any number of days, by the Nu Html Checker.

`.venv/bin/python hardening/html_validity.py path/to/vnu.jar` (npm has it as `vnu-jar`; it needs Java). Fills
sites of none, one and two days and one with the demo and what no demo has (a withdrawn record, a corrected
one, a draft under its preview link), saves each kind of page of each, errors and refusals included, and has
all of them checked. Prints a line a finding, with the address of the page; exits with 1 when there is one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ("make_sample", "--until", "2026-01-31")  # yesterday's record appears in the course of this morning
# The sites by name: the commands that fill them, and which pages of them are looked at.
SITES = {
    "none": ([], "pages_of_any_site()"),
    "one": ([[*SAMPLE, "--days", "1", "--tasks", "1"]], "pages_of_any_site() + pages_of_records()"),
    "two": ([[*SAMPLE, "--days", "2", "--tasks", "5"]], "pages_of_any_site() + pages_of_records()"),
    "demo": (
        [["demo", "--no-serve"], ["shell", "-c", "from tests.every_page import *; fill_the_gaps()"]],
        "pages_of_any_site() + pages_of_records() + pages_in_the_gaps()",
    ),
}
CHECKED_AS = ("--stdout", "--exit-zero-always", "--format", "json")
# Each page as visitors get it, and those that answer when something is wrong.
SAVE = """
import json, logging
from pathlib import Path
from django.template.loader import render_to_string
from django.test import Client
from tests.every_page import *
logging.disable()
client, folder = Client(headers={{"host": "localhost"}}), Path({folder!r})
bodies = {{address: client.get(address).getvalue().decode() for address in {pages}}}
strict = Client(enforce_csrf_checks=True, headers={{"host": "localhost"}})
bodies["refused form"] = strict.post("/admin/login/").getvalue().decode()
bodies["refused host"] = Client(headers={{"host": "elsewhere"}}).get("/").getvalue().decode()
for name in ("400", "403", "500", "503"):
    bodies[name] = render_to_string(name + ".html")
for number, body in enumerate(bodies.values()):
    (folder / f"{{number}}.html").write_text(body, encoding="utf-8")
(folder / "addresses.json").write_text(json.dumps(list(bodies)))
"""


def main() -> int:
    """Save the pages of each site and have them checked: 0 when nothing is found, 1 when something is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("checker", type=Path, help="path of vnu.jar")
    checker = parser.parse_args().checker
    found = 0
    for name, (commands, pages) in SITES.items():
        with tempfile.TemporaryDirectory(prefix="pages-") as folder:
            save(Path(folder), commands, pages)
            seen = len(list(Path(folder).glob("*.html")))
            findings = list(findings_in(Path(folder), checker))
        for finding in findings:
            print(f"{name}: {finding}")
        print(f"{name}: {seen} pages, {len(findings)} findings", file=sys.stderr)
        found += len(findings)
    return 1 if found else 0


def save(folder: Path, commands: list[list[str]], pages: str) -> None:
    """A site of its own, filled by some commands, and its pages in a folder."""
    database = {"DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}", "SITE_URL": "http://localhost"}
    shell = ["shell", "-c", SAVE.format(folder=str(folder), pages=pages)]
    for command in (["migrate", "-v0"], *commands, shell):
        subprocess.run(
            [ROOT / ".venv" / "bin" / "python", "manage.py", *command],
            cwd=ROOT,
            env={**os.environ, **database},
            check=True,
            stdout=subprocess.DEVNULL,
        )


def findings_in(folder: Path, checker: Path) -> Iterator[str]:
    """What the checker says of the pages in a folder, each with the address of its page."""
    addresses = json.loads((folder / "addresses.json").read_text())
    files = [folder / f"{number}.html" for number in range(len(addresses))]
    command = ["java", "-jar", str(checker), *CHECKED_AS, *map(str, files)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    for message in said["messages"]:
        address = addresses[int(Path(message["url"]).stem)]
        place = f"{message.get('lastLine', '?')}:{message.get('lastColumn', '?')}"
        yield f"{address} {place} {message['message']} {message.get('extract', '').strip()!r}"


if __name__ == "__main__":
    sys.exit(main())
