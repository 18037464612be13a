"""The terminal: it starts, counts and checks, or says why it cannot."""

import json
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from facilitator import addresses, db, schema
from facilitator.addresses import Address
from facilitator.cli import main
from facilitator.commands import serve, words
from facilitator.models import trail
from tests import factories
from tests.conftest import new_app
from tests.served import PROGRAM, Served, environment
from tests.waiting import soonest

AGREED = (
    "ballots blank items condorcet_winner smith_set schulze borda_average borda_modified mean_rank kendall_w"
)
FILE = "ballot_id,item,rank\n1,Ownership,1\n1,Dissemination,2\n2,Ownership,1\n3,,\n"


def run(folder: Path, *arguments: str, **named: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(folder) | named,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def ballots(tmp_path: Path) -> Path:
    path = tmp_path / "ballots.csv"
    path.write_text(FILE)
    return path


def test_the_commands_are_named() -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    assert all(name in said for name in ("serve", "count", "trail"))
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == 2


def test_a_file_is_recounted_for_a_reader_and_for_a_machine(ballots: Path) -> None:
    shown = CliRunner().invoke(main, ["count", str(ballots)])
    assert shown.exit_code == 0
    assert "Ownership" in shown.output
    told = json.loads(CliRunner().invoke(main, ["count", str(ballots), "--json"]).output)
    assert " ".join(told) == AGREED
    assert told["ballots"] == 3
    assert told["blank"] == 1
    assert told["schulze"] == [["Ownership"], ["Dissemination"]]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "ballot_id,item,rank\n1,A,first\n", "\x00\x00"])
def test_a_faulty_file_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "faulty.csv"
    path.write_text(content)
    refused = CliRunner().invoke(main, ["count", str(path), "--json"])
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert len(refused.stderr.strip()) > 10


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["count", str(tmp_path / "none.csv")])
    assert refused.exit_code == 2
    assert "none.csv" in refused.stderr


def test_counting_does_not_wait_for_the_server_to_load(ballots: Path) -> None:
    loaded = "import sys; from facilitator.cli import main; main(standalone_mode=False); print(*sys.modules)"
    said = subprocess.run(
        [PROGRAM[0], "-c", loaded, "count", str(ballots)], capture_output=True, text=True, check=True
    )
    assert not {"flask", "sqlalchemy", "uvicorn"} & set(said.stdout.split())


def test_the_trail_is_verified(tmp_path: Path) -> None:
    app = new_app(tmp_path)
    with app.app_context():
        schema.prepare()
        for _ in range(3):
            trail.record(None, "opened", factories.session())
        db.session.commit()
        assert run(tmp_path, "trail", "verify").returncode == 0
        db.session.execute(text("UPDATE trail SET act = 'closed' WHERE id = 2"))
        db.session.commit()
        db.engine().dispose()
    broken = run(tmp_path, "trail", "verify")
    assert broken.returncode == 1
    assert "2" in broken.stderr


def test_a_start_says_where_everything_is(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        assert served.said["join"] == f"{served.base}/"
        assert "code" not in served.said
        opener = build_opener(ProxyHandler({}))
        with opener.open(served.said["facilitator_link"], timeout=60) as answer:
            assert answer.status == 200
        assert served.end() == 0


def test_it_ends_soon_when_it_is_told_to(tmp_path: Path) -> None:
    def end() -> float:
        served = Served(tmp_path)
        started = time.monotonic()
        assert served.end() == 0
        return time.monotonic() - started

    assert soonest(end, 3) < 3


def test_a_start_names_the_code_of_the_latest_session(tmp_path: Path) -> None:
    app = new_app(tmp_path)
    with app.app_context():
        schema.prepare()
        factories.session(code="111111")
        factories.session(code="222222")
        factories.session(code="333333", locked=True)
        db.session.commit()
        db.engine().dispose()
    served = Served(tmp_path)
    assert served.said["code"] == "222222"
    assert served.said["join"] == f"{served.base}/j/222222"
    assert served.end(signal.SIGINT) == 0


def test_a_base_address_wins(tmp_path: Path) -> None:
    served = Served(tmp_path, "", "--base-url", "https://vote.example.org/")
    assert served.end() == 0
    assert served.said["join"] == "https://vote.example.org/"


def test_a_folder_that_is_served_already_is_refused(tmp_path: Path) -> None:
    served = Served(tmp_path)
    second = run(tmp_path, "serve", "--no-browser", "--host", "127.0.0.1", "--port", "0")
    assert served.end() == 0
    assert second.returncode == 1
    assert "already serves" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = run(tmp_path, "serve", "--no-browser", "--host", "127.0.0.1", "--port", str(port))
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_host_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", "--no-browser", "--host", "203.0.113.9", "--port", "0")
    assert refused.returncode == 1
    assert "no address 203.0.113.9" in refused.stderr


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    app = new_app(tmp_path)
    with app.app_context():
        schema.prepare()
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
        db.engine().dispose()
    refused = run(tmp_path, "serve", "--no-browser", "--host", "127.0.0.1", "--port", "0")
    assert refused.returncode == 1
    assert "newer version" in refused.stderr
    assert "9999" in refused.stderr
    assert run(tmp_path, "trail", "verify").returncode == 1


def test_a_placeholder_for_a_secret_is_refused(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", "--port", "0", FACILITATOR_SECRET="changeme")
    assert refused.returncode == 1
    assert "secret" in refused.stderr


def test_a_database_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:9/none"
    refused = run(tmp_path, "serve", "--host", "127.0.0.1", "--port", "0", FACILITATOR_DATABASE_URL=url)
    assert refused.returncode == 1
    assert "database cannot be reached" in refused.stderr


def test_the_welcome_is_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    welcome = serve.Welcome("http://a/enter/x", "http://a/j/123456", "123456", ("http://b",), 900)
    shown = welcome.text()
    for part in ("http://a/enter/x", "http://a/j/123456", "Code: 123456", "http://b", "900"):
        assert part in shown
    assert "█" in shown or "▀" in shown
    assert json.loads(welcome.line()) == {
        "facilitator_link": "http://a/enter/x",
        "join": "http://a/j/123456",
        "code": "123456",
    }


@pytest.mark.parametrize(
    ("said", "spoken"),
    [("fr_FR.UTF-8", "fr"), ("pt_PT.UTF-8", "pt"), ("es_GQ", "es"), ("de_DE", "en"), ("C", "en")],
)
def test_the_terminal_speaks_the_machines_language(
    monkeypatch: pytest.MonkeyPatch, said: str, spoken: str
) -> None:
    monkeypatch.setenv("LC_ALL", said)
    assert words.language() == spoken


def test_a_browser_is_opened_only_where_one_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not serve.has_browser()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(serve.webbrowser, "get", lambda: object())
    assert serve.has_browser()

    def none() -> None:
        raise serve.webbrowser.Error

    monkeypatch.setattr(serve.webbrowser, "get", none)
    assert not serve.has_browser()


class Ip:
    is_IPv4 = True

    def __init__(self, ip: str) -> None:
        self.ip = ip


class Adapter:
    def __init__(self, nice_name: str, *ips: str) -> None:
        self.nice_name, self.ips = nice_name, [Ip(ip) for ip in ips]


def test_the_address_that_phones_reach_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Adapter("lo", "127.0.0.1"),
        Adapter("docker0", "172.17.0.1"),
        Adapter("VirtualBox Host-Only Ethernet Adapter", "192.168.56.1"),
        Adapter("eth1", "169.254.7.7"),
        Adapter("eth0", "8.8.4.4"),
        Adapter("wlan0", "192.168.1.20"),
    ]
    monkeypatch.setattr(addresses.ifaddr, "get_adapters", lambda: found)
    ips = [address.ip for address in addresses.reachable("::")]
    assert ips[:2] == ["192.168.1.20", "8.8.4.4"]
    assert ips[-2:] == ["169.254.7.7", "127.0.0.1"]
    assert [address.ip for address in addresses.reachable("10.1.2.3")] == ["10.1.2.3"]
    monkeypatch.setattr(addresses.ifaddr, "get_adapters", list)
    assert [address.ip for address in addresses.reachable("")] == ["127.0.0.1"]


def test_an_address_becomes_a_link() -> None:
    assert Address("192.168.1.20", "", 0).url(8000) == "http://192.168.1.20:8000"
    assert Address("192.168.1.20", "", 0).url(80) == "http://192.168.1.20"
    assert Address("::1", "", 0).url(8000) == "http://[::1]:8000"
