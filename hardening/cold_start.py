#!/usr/bin/env python3
"""How long a newcomer waits: a fresh clone, another user, no cache, nothing but Python.

Run as root: `python3 hardening/cold_start.py [--python /usr/bin/python3.11] [--user nobody] [--test]`. Prints
the seconds to the first line and to the first page of `manage.py demo`: cold, with the downloads at hand, and
the second time; with --test also the time and the last lines of `manage.py test`.
"""

import argparse
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
# Where packages come from is the machine's affair; nothing else of this environment is passed on.
PASSED_ON = (
    "PIP_",
    "UV_",
    "SSL_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
)


class Newcomer:
    """Another user in a folder of their own, with a clone of this repository."""

    def __init__(self, python: str, user: str) -> None:
        self.python = python
        self.account = pwd.getpwnam(user)
        self.home = Path(tempfile.mkdtemp(prefix="newcomer-"))
        self.clone = self.home / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, self.clone], check=True)
        for path in [self.home, *self.home.rglob("*")]:
            os.chown(path, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)
        passed_on = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
        self.environment = {**passed_on, "PATH": "/usr/bin:/bin", "HOME": str(self.home)}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a management command; both outputs come as one."""
        return subprocess.Popen(
            [self.python, "manage.py", *arguments],
            cwd=self.clone, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            user=self.account.pw_uid, group=self.account.pw_gid, extra_groups=[], start_new_session=True,
        )  # fmt: skip

    def time_demo(self, occasion: str) -> None:
        """Start the demo, fetch its first page, end it as Ctrl+C does."""
        began = time.monotonic()
        demo = self.start("demo")
        assert demo.stdout
        first = page = 0.0
        for line in demo.stdout:
            first = first or time.monotonic() - began
            if line.startswith("Open"):
                with urlopen(line.split()[-1], timeout=60) as response:
                    response.read()
                page = time.monotonic() - began
            if line.startswith("Ctrl+C"):
                os.killpg(demo.pid, signal.SIGINT)
        print(f"{occasion}: first line {first:.1f} s, first page {page:.1f} s, exit {demo.wait(60)}")

    def time_test(self) -> None:
        """Run the whole check."""
        began = time.monotonic()
        check = self.start("test")
        said, _ = check.communicate()
        print(f"manage.py test: {time.monotonic() - began:.0f} s, exit {check.returncode}")
        print("\n".join(said.splitlines()[-6:]))


def main() -> None:
    """Measure and clean up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--user", default="nobody")
    parser.add_argument("--test", action="store_true")
    options = parser.parse_args()
    newcomer = Newcomer(options.python, options.user)
    try:
        newcomer.time_demo("demo, cold, downloads included")
        shutil.rmtree(newcomer.clone / ".venv")
        newcomer.time_demo("demo, cold, downloads at hand  ")
        newcomer.time_demo("demo, second time              ")
        if options.test:
            newcomer.time_test()
    finally:
        shutil.rmtree(newcomer.home)


if __name__ == "__main__":
    main()
