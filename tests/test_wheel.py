"""A wheel built from the checkout runs elsewhere, with its templates, translations and migrations."""

import json
import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel, and our dependencies, but not this checkout."""
    home = tmp_path_factory.mktemp("elsewhere")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", home]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    venv.create(home / "venv", with_pip=False)
    python = home / "venv" / "bin" / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(
        subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    )
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib"))
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*install, *home.glob("*.whl")], cwd=home, check=True, capture_output=True)
    return home


@pytest.fixture(scope="module")
def environment(elsewhere: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FACILITATOR", "PYTHON", "COV"))
    }
    return kept | {"FACILITATOR_DATA": str(elsewhere / "data")}


@pytest.fixture(scope="module")
def served(elsewhere: Path, environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """What the installed server says about itself when it is ready."""
    command = [elsewhere / "venv" / "bin" / "facilitator", "serve", "--no-browser", "--json", "--port", "0"]
    with subprocess.Popen(
        command, cwd=elsewhere, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.terminate()
            server.wait(PATIENCE)


def fetch(address: str, language: str = "fr") -> str:
    """The page at an address, as a phone of a language gets it."""
    request = urllib.request.Request(address, headers={"Accept-Language": language})  # noqa: S310
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        return answer.read().decode()


def local(address: str) -> str:
    """The same address, by the loopback."""
    port_and_path = address.split("://", 1)[1].split(":", 1)[1]
    return f"http://127.0.0.1:{port_and_path}"


def title(page: str) -> str:
    """What a page calls itself."""
    return page.split("<title>", 1)[1].split("</title>", 1)[0]


def test_it_is_the_wheel_that_runs(elsewhere: Path, environment: dict[str, str]) -> None:
    ask = "import facilitator; print(facilitator.__file__)"
    command = [elsewhere / "venv" / "bin" / "python", "-c", ask]
    found = subprocess.run(
        command, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True
    )
    assert Path(found.stdout.strip()).is_relative_to(elsewhere)


def test_the_installed_program_greets_a_french_phone(served: dict[str, str]) -> None:
    english, french = (title(fetch(local(served["join"]), language)) for language in ("en", "fr"))
    catalogue = polib.pofile(str(ROOT / "translations" / "fr" / "LC_MESSAGES" / "messages.po"))
    assert french == catalogue.find(english).msgstr


def test_the_installed_program_lets_the_first_person_in(served: dict[str, str]) -> None:
    assert 'lang="fr"' in fetch(local(served["facilitator_link"]))


def test_the_installed_program_serves_its_static_files(served: dict[str, str]) -> None:
    page = fetch(local(served["join"]))
    style = page.split('rel="stylesheet"', 1)[0].rsplit("<link", 1)[1] + page.split('rel="stylesheet"', 1)[1]
    path = style.split('href="', 1)[1].split('"', 1)[0]
    port = local(served["join"]).split("/", 3)[:3]
    assert "{" in fetch("/".join(port) + path)


def test_any_wsgi_server_finds_the_application(elsewhere: Path, environment: dict[str, str]) -> None:
    ask = "from facilitator.wsgi import app; print(app.name)"
    command = [elsewhere / "venv" / "bin" / "python", "-c", ask]
    apart = environment | {"FACILITATOR_DATA": str(elsewhere / "apart")}
    found = subprocess.run(command, cwd=elsewhere, env=apart, check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "facilitator"
