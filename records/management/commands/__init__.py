"""One module a command: `manage.py <name>`."""
