"""Static files: hashed and compressed once they are collected, served as they are until then."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedStorage(CompressedManifestStaticFilesStorage):
    """Manifest storage that does not break a site on which `collectstatic` has not been run."""

    # Scripts import one another by their hashed names, so that none is mixed with an older one.
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The hashed name, or the name itself while nothing has been collected."""
        return super().stored_name(name) if self.hashed_files else name
