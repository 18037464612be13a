"""The rehearsal in the terminal speaks the language of the machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from facilitator import cli, db
from facilitator.commands import words
from tests import factories


@pytest.mark.parametrize(("spoken", "said"), [("en_US", "in French, Arabic"), ("fr_FR", "(français, arabe)")])
def test_findings_and_questions_are_in_the_language_of_the_machine(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: str, said: str
) -> None:
    with app.app_context():
        session = factories.session(code="123456")
        factories.activity(session=session)
        factories.activity(session=session).prompt = {"en": "Rank"}
        db.session.commit()
        url = db.engine().url.render_as_string(hide_password=False)
    monkeypatch.setenv("LC_ALL", spoken)
    monkeypatch.setenv("FACILITATOR_DATA", str(tmp_path))
    monkeypatch.setenv("FACILITATOR_DATABASE_URL", url)
    words._catalogue.cache_clear()
    found = CliRunner().invoke(cli.main, ["rehearse", "123456", "--phones", "2"], catch_exceptions=False)
    words._catalogue.cache_clear()
    assert found.exit_code == 1
    assert said in found.output
    assert factories.QUESTION[spoken[:2]] in found.output
