"""The site around the record: settings, addresses, entry points of the servers."""
