"""From a bare Python to a running command."""

import os
import sys


def run() -> None:
    """Run the management command of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
