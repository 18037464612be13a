"""The rules of the house that no other tool keeps: sizes, names, floors of the database, pages, addresses."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from facilitator import create_app
from facilitator.web.scoped import is_public, public
from facilitator.web.security import OWN_TOKEN

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "facilitator"
MIGRATIONS = PACKAGE / "migrations"
TEMPLATES = ROOT / "templates"
# Folders of templates that belong to no blueprint.
SHARED = {"layouts", "_partials", "kinds", "errors"}
MAY_COMMIT = ("web", "demo", "rehearsal", "cli.py", "commands", "ballotbox.py")

MODULE, TESTS, FUNCTION, ROUTE, TEMPLATE = 300, 600, 40, 25, 120

FORBIDDEN_NAMES = re.compile(r"util|helper|manager|service", re.IGNORECASE)
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|(?:left|right)\s*:|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))",
)
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script\b(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\"))|\son[a-z]+\s*=|\shx-on|javascript:",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"(?:href|src|action|hx-(?:get|post))\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
# Written in two halves, so that this page keeps its own rule.
REGISTRIES = [
    a + b for a, b in [("pypi", ".org"), ("python", "hosted.org"), ("registry", ".npm"), ("npmjs", ".")]
]
LOCKED = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9-]*)(?:\[[a-z0-9,-]+\])?==[^\s;]+(?: ; [^:/]+?)? \\"
    r"|    --hash=sha256:[0-9a-f]{64}(?: \\)?"
)


def named(paths: Iterator[Path]) -> list[object]:
    """Each file as one case, under its path in the checkout."""
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in sorted(paths)]


def below(*folders: str, suffixes: tuple[str, ...]) -> list[object]:
    """The files of these folders that are ours and have one of these endings."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)
    return named(path for path in found if not {"vendor", "__pycache__"} & set(path.parts))


MODULES = below("facilitator", suffixes=(".py",))
PROGRAMS = below("facilitator", "tools", "bench", "tests", suffixes=(".py",))
PAGES = below("templates", suffixes=(".html",))
STYLES = below("facilitator/static", suffixes=(".css",))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How long a function is, its signature and its docstring not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def is_route(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether an address leads to this function."""
    calls = (d.func for d in function.decorator_list if isinstance(d, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in {"route", "get", "post"} for call in calls)


@pytest.mark.parametrize("path", PROGRAMS)
def test_a_module_says_in_words_what_it_is(path: Path) -> None:
    source = path.read_text()
    assert not source.strip() or ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("path", PROGRAMS)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= (TESTS if ROOT / "tests" in path.parents else MODULE)


@pytest.mark.parametrize("path", [case for case in MODULES if MIGRATIONS not in case.values[0].parents])
def test_a_function_is_short_and_a_route_shorter(path: Path) -> None:
    long = {f.name: body_lines(f) for f in functions(path)}
    limits = {f.name: ROUTE if is_route(f) else FUNCTION for f in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > limits[name]} == {}


@pytest.mark.parametrize("path", PAGES)
def test_a_template_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= TEMPLATE


@pytest.mark.parametrize("path", MODULES)
def test_names_say_what_things_are(path: Path) -> None:
    tree = ast.walk(ast.parse(path.read_text()))
    defined = [n.name for n in tree if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [name for name in [path.stem, path.parent.name, *defined] if FORBIDDEN_NAMES.search(name)] == []


@pytest.mark.parametrize("path", MODULES)
def test_only_the_top_floor_and_the_ballot_box_commit(path: Path) -> None:
    calls = (n.func for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call))
    commits = any(isinstance(call, ast.Attribute) and call.attr == "commit" for call in calls)
    assert not commits or path.relative_to(PACKAGE).parts[0] in MAY_COMMIT


@pytest.mark.parametrize("path", STYLES)
def test_styles_know_no_left_and_right(path: Path) -> None:
    without_comments = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert PHYSICAL.findall(without_comments) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_style_and_no_script(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_server(path: Path) -> None:
    assert ELSEWHERE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", below("facilitator/static", suffixes=(".css", ".js")))
def test_styles_and_scripts_ask_no_other_server(path: Path) -> None:
    assert re.findall(r"(?:url\(|import|fetch\()\s*[\"']?(?:https?:)?//", path.read_text()) == []


@pytest.mark.parametrize("name", ["runtime", "server", "test"])
def test_locks_hold_hashes_and_no_address(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    assert [line for line in lines if not LOCKED.fullmatch(line)] == []


def package(requirement: str) -> str:
    """The normal name in a requirement such as `psycopg[binary]>=3.2`."""
    return re.split(r"[\[<>=;! ]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def test_locks_hold_everything_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = {"runtime": [*project["project"]["dependencies"], *groups["build"]]}
    wanted["server"] = wanted["runtime"] + project["project"]["optional-dependencies"]["server"]
    wanted["test"] = wanted["server"] + [r for r in groups["test"] if isinstance(r, str)]
    for name, requirements in wanted.items():
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        locked = {found["name"] for line in lines if (found := LOCKED.fullmatch(line)) and found["name"]}
        assert {package(r) for r in requirements} - locked == set()


def committed_words() -> Iterator[Path]:
    """Every file of ours that a person may read, wherever it lies."""
    skipped = {".git", ".venv", "instance", "build", "dist", "node_modules", "vendor", "__pycache__"}
    for path in ROOT.rglob("*"):
        parts = set(path.relative_to(ROOT).parts)
        if path.is_file() and not parts & skipped and not any(part.endswith("_cache") for part in parts):
            yield path


def test_no_file_names_a_registry() -> None:
    texts = {path: path.read_text(errors="ignore") for path in committed_words() if path.stat().st_size < 2e6}
    assert [path for path, text in texts.items() if any(host in text for host in REGISTRIES)] == []


# Only these may be opened by a stranger: a new one is a decision, and is written down here.
PUBLIC = {
    "doors.enter",
    "doors.sign_in",
    "join.home",
    "join.another",
    "join.card",
    "join.enter",
    "join.welcome",
    "phone.page",
    "phone.now",
    "phone.stream",
    "answers.cast",
    "screen.wall",
    "screen.now",
    "screen.stream",
    "summaries.schema",
    "public.guides",
    "followup.days",
    "followup.show",
    "public.latest",
    "public.edition",
    "public.cycle",
    "public.latest_file",
    "public.edition_file",
    "catalog.catalog",
    "catalog.feed",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(DATA=tmp_path_factory.mktemp("house"), TESTING=True, WTF_CSRF_METHODS=set())


def test_only_listed_pages_are_open_to_strangers(house: Flask) -> None:
    with house.app_context():
        assert {endpoint for endpoint in house.view_functions if is_public(endpoint)} == PUBLIC


def visits(house: Flask) -> Iterator[tuple[str, str, str]]:
    """Every endpoint with an address and each method that reaches it."""
    for rule in (rule for rule in house.url_map.iter_rules() if not rule.build_only):
        values = {
            name: 1 if "Integer" in type(kind).__name__ else "x" for name, kind in rule._converters.items()
        }
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, rule.build(values)[1], method


def test_every_other_page_turns_a_stranger_away_before_it_begins(house: Flask, monkeypatch) -> None:
    for endpoint in set(house.view_functions) - PUBLIC:
        monkeypatch.setitem(house.view_functions, endpoint, lambda **_: "reached")
    closed = [(address, method) for endpoint, address, method in visits(house) if endpoint not in PUBLIC]
    answers = {visit: house.test_client().open(visit[0], method=visit[1]).status_code for visit in closed}
    assert {visit: status for visit, status in answers.items() if status not in {302, 401}} == {}


def test_no_act_of_the_desk_is_done_without_its_token(house: Flask, monkeypatch) -> None:
    monkeypatch.setitem(house.config, "WTF_CSRF_METHODS", {"POST"})
    acts = [v for v in visits(house) if v[2] == "POST" and v[0].split(".")[0] not in OWN_TOKEN]
    for endpoint, _address, _method in acts:
        monkeypatch.setitem(house.view_functions, endpoint, public(lambda **_: "reached"))
    answers = {address: house.test_client().post(address).status_code for _endpoint, address, _method in acts}
    assert acts
    assert {address: status for address, status in answers.items() if status != 400} == {}


def test_nothing_is_changed_by_other_methods_than_post(house: Flask) -> None:
    assert {method for _endpoint, _address, method in visits(house)} == {"GET", "POST"}


def test_security_names_only_tests_that_exist() -> None:
    said = set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text()))
    written = {f.name for case in PROGRAMS for f in functions(case.values[0])}
    assert said
    assert said - written == set()


def test_a_template_bears_the_name_of_its_page(house: Flask) -> None:
    modules = {path.stem: path for path in (PACKAGE / "web").rglob("*.py")}
    named_for = {name: {f.name for f in functions(modules[name])} for name in house.blueprints}
    pages = {path.relative_to(TEMPLATES).with_suffix("").parts for path in TEMPLATES.rglob("*.html")}
    own = {page for page in pages if page[0] not in SHARED}
    pages_alone = {page for page in own if not page[-1].startswith("_")}
    assert {page for page in pages_alone if page[1] not in named_for.get(page[0], ())} == set()
