"""A small site of Wagtail: one kind of page, which shows the rows of a day in a plain loop of its template."""
