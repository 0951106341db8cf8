"""From a bare Python to a running command, with a package of our own in place of the real ones."""

import ast
import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
BARE_PYTHON = sys._base_executable  # type: ignore[attr-defined]  # the Python behind this environment
# What a command would be: says where it runs, on standard output.
COMMAND = """
import sys
import bootstrap
if "--without-venv" in sys.argv:
    sys.modules["ensurepip"] = None
if sys.prefix == sys.base_prefix:
    bootstrap.is_own_environment = lambda: False  # the Python of a test machine may have Django
bootstrap.ensure_environment(for_tests="test" in sys.argv)
import probe
print(sys.prefix, *sys.argv[1:])
"""
# A uv that needs no network: makes environments without pip and puts modules into them.
FAKE_UV = """#!{python}
import pathlib, subprocess, sys
if {fails}:
    sys.exit("uv: no index")
if sys.argv[1] == "venv":
    sys.exit(subprocess.call([sys.argv[-2], "-m", "venv", "--without-pip", sys.argv[-1]]))
home = pathlib.Path(sys.argv[sys.argv.index("--python") + 1]).parent.parent
for folder in home.glob("lib/python*/site-packages"):
    (folder / "probe.py").touch()
    if "requirements-dev.txt" in sys.argv:
        (folder / "probe_dev.py").touch()
print("uv was here")
"""


@dataclass
class House:
    """A copy of the start in a folder of its own, on a machine of its own."""

    folder: Path
    environment: dict[str, str]

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def module(self) -> Path:
        return next(self.venv.glob("lib/python*/site-packages")) / "probe.py"

    def start(self, *arguments: str, python: str | Path = BARE_PYTHON) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, "command.py", *arguments],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def assert_starts(self, *arguments: str, python: str | Path = BARE_PYTHON) -> str:
        """It starts inside .venv, and says nothing else on standard output; gives standard error."""
        done = self.start(*arguments, python=python)
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == [str(self.venv), *arguments]
        return done.stderr


def put_uv(folder: Path, *, fails: bool) -> None:
    (folder / "uv").write_text(FAKE_UV.format(python=BARE_PYTHON, fails=fails))
    (folder / "uv").chmod(0o755)


def make_wheel(folder: Path, name: str) -> str:
    """A package with one module of its name; gives its line for a lock."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", "")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A machine with a bare Python, a quick uv, and an index of two packages."""
    folder, programs, index = tmp_path / "house", tmp_path / "bin", tmp_path / "index"
    folder.mkdir()
    programs.mkdir()
    source = (ROOT / "bootstrap.py").read_text()
    (folder / "bootstrap.py").write_text(f'{source}\nRUN_MODULES, DEV_MODULES = ("probe",), ("probe_dev",)\n')
    (folder / "command.py").write_text(COMMAND)
    (folder / "requirements.txt").write_text(make_wheel(index, "probe"))
    (folder / "requirements-dev.txt").write_text(make_wheel(index, "probe_dev").replace("_", "-", 1))
    put_uv(programs, fails=False)
    # Where packages come from is the user's configuration; that it is followed shows in pip finding any here.
    variables = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(index),
        "PIP_USER": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    return House(folder, {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path), **variables})


def test_it_builds_once_and_enters_from_then_on(house):
    assert "Building" in house.assert_starts("demo", "--port", "8001")
    assert "Building" not in house.assert_starts("demo")
    assert "Building" not in house.assert_starts("demo", python=house.venv / "bin" / "python")


def test_it_builds_with_the_standard_library_where_there_is_no_uv(house):
    house.environment["PATH"] = "/usr/bin:/bin"
    house.assert_starts()
    assert (house.venv / "bin" / "pip").exists()
    assert "Building" in house.assert_starts("test")


def test_it_falls_back_on_pip_where_uv_does_not_succeed(house, tmp_path):
    put_uv(tmp_path / "bin", fails=True)
    assert "uv did not succeed" in house.assert_starts()


def test_it_adds_development_packages_to_what_is_there(house):
    house.assert_starts()
    kept = house.venv / "kept"
    kept.touch()
    assert "Building" in house.assert_starts("test")
    assert kept.exists()
    assert "Building" not in house.assert_starts("demo")


def test_what_runs_still_runs_when_the_development_packages_cannot_be_had(house, tmp_path):
    house.assert_starts()
    put_uv(tmp_path / "bin", fails=True)
    failed = house.start("test")
    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr
    assert "Building" not in house.assert_starts("demo")


@pytest.mark.parametrize("from_inside", [False, True])
def test_it_mends_a_venv_that_lost_a_package(house, from_inside):
    house.assert_starts()
    house.module.unlink()
    python = house.venv / "bin" / "python" if from_inside else BARE_PYTHON
    assert "Building" in house.assert_starts(python=python)


def test_it_mends_a_half_built_venv(house):
    house.assert_starts()
    (house.venv / ".built-from").rename(house.venv / ".building")
    (house.venv / "left").touch()
    assert "Building" in house.assert_starts()
    assert not (house.venv / "left").exists()


def test_it_mends_a_venv_whose_python_is_gone(house):
    house.assert_starts()
    (house.venv / "bin" / "python").unlink()
    assert "Building" in house.assert_starts()


@pytest.mark.parametrize("from_inside", [False, True])
def test_it_rebuilds_when_the_lock_changes(house, from_inside):
    house.assert_starts()
    with (house.folder / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    python = house.venv / "bin" / "python" if from_inside else BARE_PYTHON
    assert "Building" in house.assert_starts(python=python)


def test_it_ends_in_words_when_building_does_not_help(house, tmp_path):
    uv = tmp_path / "bin" / "uv"
    uv.write_text(uv.read_text().replace('(folder / "probe.py").touch()', "pass"))
    done = house.start()
    assert done.returncode == 1
    assert "still lacks probe" in done.stderr


def test_of_two_starts_at_once_one_builds_and_both_run(house):
    starts = [
        subprocess.Popen(
            [BARE_PYTHON, "command.py"], cwd=house.folder, env=house.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [start.communicate(timeout=60) for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    assert sum("Building" in errors for _, errors in said) == 1


def test_it_names_the_package_where_python_cannot_make_environments(house):
    house.environment["PATH"] = "/usr/bin:/bin"
    done = house.start("--without-venv")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_says_so_when_the_packages_are_out_of_reach(house):
    house.environment |= {"PATH": "/usr/bin:/bin", "PIP_FIND_LINKS": "/nowhere"}
    done = house.start()
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def own_environment(tmp_path: Path) -> Callable[[str], Path]:
    """A function that makes an environment of the user's own, with these modules; gives its Python."""

    def make(folder: str, *modules: str) -> Path:
        home = tmp_path / folder
        subprocess.run([BARE_PYTHON, "-m", "venv", "--without-pip", home], check=True)
        for module in modules:
            (next(home.glob("lib/python*/site-packages")) / f"{module}.py").touch()
        return home / "bin" / "python"

    return make


def test_it_leaves_an_environment_of_ones_own_alone(house, own_environment):
    python = own_environment("mine", "probe")
    done = house.start(python=python)
    assert done.stdout.split() == [str(python.parent.parent)]
    assert not house.venv.exists()


def test_it_tells_an_environment_of_ones_own_what_to_install(house, own_environment):
    python = own_environment("mine")
    done = house.start("test", python=python)
    assert done.returncode == 1
    assert "lacks probe, probe_dev" in done.stderr
    assert f"uv pip install --python {python} -r requirements.txt -r requirements-dev.txt" in done.stderr
    assert not house.venv.exists()


def test_it_uses_a_venv_that_its_user_made(house, own_environment):
    own_environment("house/.venv", "probe")
    assert house.assert_starts() == ""


def test_it_moves_a_venv_of_its_user_aside_rather_than_delete_it(house, own_environment):
    own_environment("house/.venv", "something_else")
    assert "kept as .venv.old-1" in house.assert_starts()
    assert list(house.folder.glob(".venv.old-1/lib/python*/site-packages/something_else.py"))


def test_an_older_python_can_read_the_start_and_is_told_what_is_needed():
    source = (ROOT / "manage.py").read_text()
    ast.parse(source, feature_version=(3, 4))
    pretend = f"import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'; exec({source!r})"
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "This needs Python 3.11 or newer; this is Python 3.9.2.\n"
