"""Reading across models: plain functions that give frozen values."""
