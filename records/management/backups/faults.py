"""Why a backup is not made or not restored, in words."""


class BackupFault(Exception):
    """A check found something, or the database refused; what was there before is untouched."""

    exit_code = 1


class NotPossible(BackupFault):
    """It was asked for in a way that cannot be: another database, no file, no way to ask."""

    exit_code = 2
