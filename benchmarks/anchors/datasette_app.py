"""Datasette, with its own settings, on the file that DATASETTE_FILE names."""

import os

from datasette.app import Datasette  # type: ignore[import-not-found] # of the anchors' environment alone

app = Datasette([os.environ["DATASETTE_FILE"]]).app()
