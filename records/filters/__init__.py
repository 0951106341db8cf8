"""What addresses of lists may ask for: which tasks, in which order, which page."""

from records.filters.links import link, without
from records.filters.state import PER_PAGE, TableState
from records.filters.tasks import Chip, Choice, TaskFilter

__all__ = ["PER_PAGE", "Chip", "Choice", "TableState", "TaskFilter", "link", "without"]
