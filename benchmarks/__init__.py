"""How fast the site is, against programs that do the same with less: one command, one table.

`run.py` measures every row of `rows.py`, each group of rows in a process of its own (`one.py`), on both
databases: `serving.py`, `start.py`, `pages.py`, `lists.py`, `files.py` and `imports.py` are the groups.
"""
