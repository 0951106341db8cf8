"""Made-up days: a seeded generator of plausible work, for the demo and for measuring.

The same seed gives the same days. Everything it makes is marked as sample data.
"""

from records.management.sample.days import TAGS, Plan, make_days, plan

__all__ = ["TAGS", "Plan", "make_days", "plan"]
