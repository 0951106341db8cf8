"""The record: days and tasks, how they are written, shown and handed out."""
