"""The pages: each chooses a queryset, a table and a template."""
