"""A guide leaves by one command and comes back by another."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from facilitator import db
from facilitator.cli import main
from facilitator.models.guide import Guide
from tests import factories
from tests.trails import last_acts


@pytest.fixture
def run(app, tmp_path: Path, monkeypatch):
    """Call the program on the data of the test."""
    monkeypatch.setenv("FACILITATOR_DATA", str(tmp_path))
    monkeypatch.setattr("facilitator.create_app", lambda: app)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_a_guide_goes_into_a_file_and_comes_out_of_it(app, run, tmp_path):
    with app.app_context():
        made = factories.guide()
        made.begin_parts()
        db.session.commit()
        number = made.id
    file = tmp_path / "guide.zip"
    said = run("export", number, "--out", file)
    assert (said.exit_code, f"{file}" in said.output) == (0, True)
    assert file.stat().st_mode & 0o077 == 0
    said = run("import", file)
    assert (said.exit_code, said.output) == (0, f"The guide was here already, with the number {number}.\n")
    with app.app_context():
        db.session.delete(db.session.get_one(Guide, number))
        db.session.commit()
    assert run("import", file).output.startswith("The guide is here")
    with app.app_context():
        assert [act.act for act in last_acts()] == ["import", "export"]


def test_what_cannot_be_done_is_said(app, run, tmp_path):
    assert (
        run("export", 7, "--out", tmp_path / "guide.zip").output == "There is no guide with the number 7.\n"
    )
    missing = run("import", tmp_path / "none.zip")
    assert (missing.exit_code, "cannot be read" in missing.output) == (1, True)
    (tmp_path / "bad.zip").write_bytes(b"nonsense")
    bad = run("import", tmp_path / "bad.zip")
    assert (bad.exit_code, "Nothing was changed" in bad.output) == (1, True)
    with app.app_context():
        made = factories.guide()
        db.session.commit()
        number = made.id
    nowhere = run("export", number, "--out", tmp_path / "no" / "guide.zip")
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (1, True)
