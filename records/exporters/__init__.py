"""What leaves the site as data."""
