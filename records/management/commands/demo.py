"""`manage.py demo`: the whole site with a record in it, one command from nothing."""

import secrets
from typing import Any

from axes.utils import reset as forgive_failed_logins
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from records.management import serving
from records.management.demo_data import load_demo
from records.models import Day, SiteProfile

ADMIN = "admin"
DEMO_DATABASE = settings.VAR_DIR / "demo.sqlite3"


class Command(BaseCommand):
    """Migrates, fills an empty database with the demo, makes an administrator, and serves the site.

    Works on a database file of its own; on the one DATABASE_URL names, if that is set. Exits with 2 if that
    one holds days and was not first filled by this command.
    """

    help = "Serve the site with a record in it: an example to look at and to try things on."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which port, whether to serve at all, and the way back in for who lost the password."""
        parser.add_argument(
            "--port",
            type=serving.port_number,
            help="serve there, instead of on the first free port from 8000",
        )
        parser.add_argument("--no-serve", action="store_true", help="prepare the database and stop")
        parser.add_argument("--reset-admin", action="store_true", help=f"give {ADMIN} a new password")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the database, say how to get in, and become the server."""
        if not settings.DATABASE_URL:
            _use_demo_database()
        _refuse_foreign_days()
        self.stderr.write("Preparing the demo ...")
        call_command("migrate", verbosity=0)
        if not Day.objects.exists():
            load_demo()
        if options["no_serve"]:
            self.say_how_to_log_in(_admin_password(anew=options["reset_admin"]))
        else:
            self.serve(options["port"], anew=options["reset_admin"])

    def serve(self, port: int | None, *, anew: bool) -> None:
        """Print the address and serve it; absolute links on the pages lead back to it.

        The password comes after the port: a run that ends early must not make one that nobody sees.
        """
        try:
            listener = serving.listen(port)
        except serving.PortError as error:
            raise CommandError(str(error)) from error
        address = serving.address_of(listener)
        self.stdout.write(f"Open   {address}/\nAdmin  {address}/admin/")
        self.say_how_to_log_in(_admin_password(anew=anew))
        self.stdout.write("Ctrl+C ends it.")
        self.stdout.flush()
        connections.close_all()
        serving.serve(listener, _variables(address))

    def say_how_to_log_in(self, password: str | None) -> None:
        """The password when it is new; where to get another one when it was printed before."""
        if password:
            self.stdout.write(f"Log in as {ADMIN} with the password {password}, printed only this once.")
        else:
            self.stdout.write(
                f"Log in as {ADMIN} with the password printed before; --reset-admin makes a new one."
            )


def _use_demo_database() -> None:
    """Point the default connection, not opened yet, to the demo's own file."""
    connections.settings["default"]["NAME"] = str(DEMO_DATABASE)


def _refuse_foreign_days() -> None:
    """Leave a record alone that somebody keeps. Raises CommandError with exit code 2."""
    if Day._meta.db_table not in connection.introspection.table_names() or not Day.objects.exists():
        return
    if not SiteProfile.load().filled_by_demo:
        raise CommandError(
            "The database that DATABASE_URL names holds days that demo did not put there, and is left alone. "
            "Without DATABASE_URL, demo uses a file of its own.",
            returncode=2,
        )


def _admin_password(*, anew: bool) -> str | None:
    """The administrator's password if it has just been made; None if it is the one printed before."""
    users = get_user_model().objects
    admin = users.filter(username=ADMIN).first()
    if admin and not anew:
        return None
    password = secrets.token_urlsafe(12)
    if admin is None:
        users.create_superuser(ADMIN, password=password)
    else:
        admin.set_password(password)
        admin.save(update_fields=["password"])
        forgive_failed_logins(username=ADMIN)
    return password


def _variables(address: str) -> dict[str, str]:
    """The environment of the server: production settings for this very address, static files as they lie."""
    variables = {"SITE_URL": address, "ALLOWED_HOSTS": "127.0.0.1,localhost", "DEBUG": "false"}
    variables["STATIC_ROOT"] = str(settings.VAR_DIR / "demo_static")
    if not settings.DATABASE_URL:
        variables["DATABASE_URL"] = f"sqlite:///{DEMO_DATABASE}"
    return variables
