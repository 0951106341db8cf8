"""Backups: one file that holds the whole database, and the way back from it, on both databases alike."""

from records.management.backups.acts import accept, make, replace
from records.management.backups.archive import Manifest, described
from records.management.backups.asking import agreed
from records.management.backups.contents import Content, Contents, differences
from records.management.backups.faults import BackupFault, NotPossible
from records.management.backups.schema import lacking

__all__ = [
    "BackupFault",
    "Content",
    "Contents",
    "Manifest",
    "NotPossible",
    "accept",
    "agreed",
    "described",
    "differences",
    "lacking",
    "make",
    "replace",
]
