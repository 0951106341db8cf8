#!/usr/bin/env python3
"""The one way in: `python3 manage.py demo`, `python3 manage.py test`, and Django's own commands.

Kept readable for any Python, so that one which is too old is told so in words and not by a syntax error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is the very case
    sys.exit("This needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

import bootstrap

if __name__ == "__main__":
    bootstrap.run()
