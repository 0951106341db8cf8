"""A small site of Wagtail: one kind of page, the rows of a day in a plain loop of its template."""
