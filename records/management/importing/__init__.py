"""The work of `manage.py import_records`: which files, what becomes of each, how that is told."""
