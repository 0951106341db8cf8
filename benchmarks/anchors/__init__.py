"""What the site is measured against, and the site without its page cache."""
