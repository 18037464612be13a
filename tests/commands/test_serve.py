"""What a start needs, or says in words that it lacks; and where phones are sent."""

import errno
import shutil
import socket

import pytest
from click.exceptions import Exit
from click.testing import CliRunner

from facilitator import db
from facilitator.commands import serve
from tests import factories


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["--host", "0.0.0.0"], ""),  # noqa: S104
        (["--host", "127.0.0.1"], "http://127.0.0.1:{port}"),
        (["--host", "0.0.0.0", "--base-url", "https://vote.example.org"], "https://vote.example.org"),  # noqa: S104
    ],
)
def test_an_address_is_kept_only_where_it_cannot_change(monkeypatch, given, kept) -> None:
    seen: list[str] = []
    ports: list[int] = []

    def note(listening, base, _proxies, _greet) -> None:
        seen.append(base)
        ports.append(listening.getsockname()[1])
        listening.close()

    monkeypatch.setattr(serve, "serve", note)
    said = CliRunner().invoke(serve.command, [*given, "--port", "0", "--no-browser"])
    assert said.exit_code == 0, said.output
    assert seen == [kept.format(port=ports[0])]


def start(tmp_path, capsys, **config) -> str:
    """What a start with these settings says before it ends."""
    with socket.socket() as listening, pytest.raises(Exit) as ended:
        serve.serve(listening, "", 0, lambda _app: None, DATA=tmp_path, SECRET_KEY="s" * 40, **config)
    assert ended.value.exit_code == 1
    return capsys.readouterr().err


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path, capsys) -> None:
    file = tmp_path / "facilitator.db"
    file.write_text("this is not a database " * 100)
    said = start(tmp_path, capsys, DATABASE_URL=f"sqlite:///{file}")
    assert "database cannot be reached: file is not a database" in said
    assert file.read_text().startswith("this is not")


@pytest.mark.parametrize("url", ["nonsense", "mysql://nobody@127.0.0.1/none", "postgresql+nothing://x/y"])
def test_a_database_that_we_do_not_speak_is_told(tmp_path, capsys, url) -> None:
    assert "database cannot be reached" in start(tmp_path, capsys, DATABASE_URL=url)


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path, capsys) -> None:
    (tmp_path / "file").touch()
    said = start(tmp_path / "file" / "data", capsys)
    assert f"{tmp_path / 'file' / 'data'} cannot be written" in said


def test_a_disk_that_is_full_at_the_start_is_told(monkeypatch, tmp_path, capsys) -> None:
    def full(*_arguments: object) -> None:
        raise shutil.Error([("from", "/data/static", OSError(errno.ENOSPC, "No space left on device"))])

    monkeypatch.setattr(shutil, "copytree", full)
    assert "/data/static cannot be written: " in start(tmp_path, capsys)


def test_an_address_without_its_beginning_is_told() -> None:
    said = CliRunner().invoke(serve.command, ["--base-url", "vote.example.org", "--port", "0"])
    assert said.exit_code == 1
    assert "vote.example.org is no address" in said.output


def test_phones_are_sent_where_a_question_is_open_else_to_the_newest_session(app) -> None:
    with app.app_context():
        first, newest = factories.activity().session, factories.activity().session
        codes = first.code, newest.code
        db.session.commit()
        assert serve._welcome(app, "http://a", ()).code == codes[1]
        first.running_order[0].open()
        db.session.commit()
    assert serve._welcome(app, "http://a", ()).code == codes[0]
