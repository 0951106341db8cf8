"""The rules of the house that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).parent.parent
CODE = [path for folder in ("records", "leverage_site", "deploy") for path in (ROOT / folder).rglob("*.py")]
MODULES = [path for path in CODE if "migrations" not in path.parts]
TEMPLATES = [*(ROOT / "templates").rglob("*.html")]
PURE = (
    *(
        "leverage",
        "formats",
        "scenario",
        "durations",
        "quicklines",
        "periods",
        "disclosure",
        "prose",
        "facts",
    ),
)
SAFE_HTML = {"django.utils.html", "django.utils.safestring"}
# What the lock calls otherwise than Python does.
IMPORT_NAMES = {
    "django-environ": "environ",
    "django-filter": "django_filters",
    "django-stubs": "mypy_django_plugin",
    "import-linter": "importlinter",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "psycopg[binary,pool]": "psycopg psycopg_pool",
    "pytest-xdist": "xdist",
    "whitenoise[brotli]": "whitenoise brotli",
    "django-axes": "axes",
}


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def nodes(paths: list[Path]) -> Iterator[tuple[Path, ast.AST]]:
    for path in paths:
        for node in nodes_of(path):
            yield path, node


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path: Path) -> set[str]:
    names = set()
    for _, node in nodes([path]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "benchmarks/requirements.txt"])
def test_the_locks_name_no_address_and_a_hash_for_each_package(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "--find-links" not in text
    for package in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9-]+==\S+", package)
        assert "--hash=sha256:" in package


def test_the_locks_agree_where_both_name_a_package():
    def pins(lock: str) -> set[tuple[str, str]]:
        return set(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))

    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    shared = {name for name, _ in run} & {name for name, _ in dev}
    assert {pin for pin in run if pin[0] in shared} == {pin for pin in dev if pin[0] in shared}


def test_what_the_start_looks_for_is_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def import_names(requirements: list[str]) -> set[str]:
        packages = [re.split(r"[<>=]", requirement)[0] for requirement in requirements]
        return {
            name
            for package in packages
            for name in IMPORT_NAMES.get(package, package.replace("-", "_")).split()
        }

    assert set(bootstrap.RUN_MODULES) == import_names(project["project"]["dependencies"])
    assert set(bootstrap.DEV_MODULES) == import_names(project["dependency-groups"]["dev"])


def test_only_the_settings_read_the_environment():
    found = {
        str(path.relative_to(ROOT))
        for path, node in nodes(MODULES)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    }
    # These name the settings, or hand the environment on to a program they start.
    assert found == {
        "leverage_site/wsgi.py",
        "records/management/backups/psql.py",
        "records/management/serving.py",
        "records/management/suite/steps.py",
    }


def test_only_the_command_that_runs_the_tests_needs_what_runs_them():
    suite = "records.management.suite"
    found = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(module.startswith(suite) for module in imported(path)) and path.parent.name != "suite"
    }
    assert found == {"records/management/commands/test.py"}


def test_only_prose_marks_html_as_safe():
    found = {str(path.relative_to(ROOT)) for path in MODULES if "mark_safe" in path.read_text()}
    assert found <= {"records/prose/rendering.py", "records/prose/elsewhere.py"}


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_know_no_django(name):
    paths = [path for path in MODULES if path.relative_to(ROOT).parts[1].removesuffix(".py") == name]
    from_django = {module for path in paths for module in imported(path) if module.startswith("django")}
    assert from_django <= (SAFE_HTML if name == "prose" else set())


def reached(path: Path) -> set[str]:
    """All that a module imports, and what those of ours import in turn."""
    names: set[str] = set()
    waiting = [path]
    while waiting:
        module = waiting.pop()
        within = {
            f"{node.module}.{alias.name}"
            for _, node in nodes([module])
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for name in (imported(module) | within) - names:
            names.add(name)
            place = ROOT / name.replace(".", "/")
            waiting += [
                found for found in (place.with_suffix(".py"), place / "__init__.py") if found.exists()
            ]
    return names


def test_what_calls_itself_pure_reaches_no_database():
    said = {path: ast.get_docstring(ast.parse(path.read_text())) or "" for path in MODULES}
    pure = [path for path in MODULES if re.search(r"\bPure[.:,]", said[path])]
    assert len(pure) > 30
    assert not [
        str(path.relative_to(ROOT))
        for path in pure
        if any(name.startswith(("django.db", "records.models")) for name in reached(path))
    ]


def test_no_module_is_named_for_nothing():
    found = {
        path for path in CODE if path.stem in ("utils", "helpers", "services", "managers", "common", "misc")
    }
    assert not found


def test_nothing_of_ours_hangs_on_signals():
    assert not [path for path in MODULES if "django.dispatch" in path.read_text()]


def test_a_request_goes_no_lower_than_forms():
    below = (
        "models",
        "summaries",
        "search",
        "charts",
        "cards",
        "exporters",
        "publishing",
        "importers",
        *PURE,
    )
    paths = [path for path in MODULES if path.relative_to(ROOT).parts[1].removesuffix(".py") in below]
    found = [
        where(path, node)
        for path, node in nodes(paths)
        if isinstance(node, ast.arg) and node.arg == "request"
    ]
    assert not found


def test_functions_stay_within_forty_lines():
    found = [
        f"{where(path, node)} {node.name}"
        for path, node in nodes([*MODULES, ROOT / "bootstrap.py"])
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert not found


def test_modules_and_templates_stay_short():
    limits = dict.fromkeys([*MODULES, ROOT / "bootstrap.py"], 300) | dict.fromkeys(TEMPLATES, 100)
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    assert not {str(path): lines for path, lines in lengths.items() if lines > limits[path]}


def test_templates_carry_no_style_no_script_and_nothing_unescaped():
    forbidden = re.compile(
        r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|\|\s*safe\b|autoescape\s+off|javascript:"""
        # A block of data is a script element that no browser runs.
        r"""|<script(?![^>]*\bsrc=| type="application/ld\+json">)""",
        re.IGNORECASE,
    )
    found = {
        f"{path.relative_to(ROOT)}: {match[0].strip()}"
        for path in TEMPLATES
        for match in forbidden.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found
