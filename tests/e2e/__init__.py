"""Tests in a real browser: `pytest tests/e2e`."""
