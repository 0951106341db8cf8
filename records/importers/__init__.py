"""What comes in: records of the past and our own files, recognised, normalised and reconciled."""
