"""Preview links: whoever has one sees a day before it is public, until the link ends or is revoked."""

import secrets
from datetime import timedelta

from django.core import signing

from records.models import Day

_SALT = "records.preview"
_KEY_BYTES = 12


def preview_token(day: Day, lasting: timedelta) -> str:
    """A signed token that opens the day for as long; every earlier one that was not revoked stays good."""
    if not day.preview_key:
        day.preview_key = secrets.token_urlsafe(_KEY_BYTES)
        Day.objects.filter(pk=day.pk).update(preview_key=day.preview_key)
    seconds = int(lasting.total_seconds())
    return signing.dumps([day.pk, day.preview_key, seconds], salt=_SALT, compress=False)


def revoke_previews(day: Day) -> None:
    """End every preview link of the day."""
    day.preview_key = ""
    Day.objects.filter(pk=day.pk).update(preview_key="")


def day_of_token(token: str) -> Day | None:
    """The day a token opens; ``None`` for one that was made up, has ended or was revoked."""
    try:
        pk, key, seconds = signing.loads(token, salt=_SALT)
        signing.loads(token, salt=_SALT, max_age=seconds)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Day.objects.filter(pk=pk, preview_key=key).first() if key else None
