"""What all tests share: fast settings, and generated cases that do not change where nobody watches."""

import hypothesis
from django.conf import settings

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if settings.CI else "default")


def pytest_configure() -> None:
    """Weak hashes and unhashed static files: neither is what any test is about, and both cost time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
