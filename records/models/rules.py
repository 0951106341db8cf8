"""What always holds of a stored task, as constraints of the database."""

from django.db.models import BaseConstraint, CheckConstraint, F, Q

CONSTRAINTS: list[BaseConstraint] = [
    CheckConstraint(condition=Q(position__gte=1), name="task_position_from_one"),
    CheckConstraint(condition=Q(human_hours__gt=0) | Q(human_hours__isnull=True), name="task_hours_positive"),
    CheckConstraint(
        condition=Q(agent_minutes__gt=0) | Q(agent_minutes__isnull=True),
        name="task_agent_minutes_positive",
    ),
    CheckConstraint(
        condition=Q(supervisory_minutes__gte=0) | Q(supervisory_minutes__isnull=True),
        name="task_supervision_not_negative",
    ),
    CheckConstraint(condition=Q(tokens__gte=0) | Q(tokens__isnull=True), name="task_tokens_not_negative"),
    CheckConstraint(condition=Q(estimate_low__gt=0) | Q(estimate_low__isnull=True), name="task_low_positive"),
    CheckConstraint(
        condition=Q(estimate_low__isnull=True)
        | Q(human_hours__isnull=True)
        | Q(estimate_low__lte=F("human_hours")),
        name="task_low_at_most_likely",
    ),
    CheckConstraint(
        condition=Q(estimate_high__isnull=True)
        | Q(human_hours__isnull=True)
        | Q(estimate_high__gte=F("human_hours")),
        name="task_high_at_least_likely",
    ),
    CheckConstraint(
        condition=Q(estimate_low__isnull=True)
        | Q(estimate_high__isnull=True)
        | Q(estimate_low__lte=F("estimate_high")),
        name="task_low_at_most_high",
    ),
]
