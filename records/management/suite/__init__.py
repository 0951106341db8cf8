"""The whole check of the product, as `manage.py test` runs it: its steps, its PostgreSQL, its tally."""
