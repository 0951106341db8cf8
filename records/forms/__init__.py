"""Forms: what people type, checked beside the field, kept when it cannot be read."""
