"""The browser of the browser tests: the system's own Chromium, since nothing is downloaded."""

import shutil

from django.conf import settings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What keeps a Chromium in a container, or of a system package, from sulking or calling home.
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--in-process-gpu",  # a process less for each browser: nothing is drawn by a card anyway
)


def find_chromium() -> str | None:
    """Path of the browser: what CHROMIUM names, else the first known name on the path, else None."""
    return settings.CHROMIUM or next((path for name in NAMES if (path := shutil.which(name))), None)
