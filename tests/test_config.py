"""What an installation starts with."""

import os
import stat

import pytest

from facilitator import config
from facilitator.refusals import SecretExposed, SecretRefused


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    made = config.secret(tmp_path / "new")
    assert config.secret(tmp_path / "new") == made
    assert len(made) >= config.SECRET_LENGTH
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "given", ["changeme", "", "short", "0" * 64, "change-me-" * 4, "my Development Secret, not for others"]
)
def test_a_placeholder_is_refused(monkeypatch, tmp_path, given):
    monkeypatch.setenv("FACILITATOR_SECRET", given)
    with pytest.raises(SecretRefused):
        config.secret(tmp_path)


def test_a_secret_that_others_can_read_is_refused(tmp_path):
    config.secret(tmp_path)
    os.chmod(tmp_path / "secret", 0o644)
    with pytest.raises(SecretExposed, match="chmod"):
        config.secret(tmp_path)


def test_the_environment_chooses_folder_and_database(monkeypatch, tmp_path):
    monkeypatch.setenv("FACILITATOR_DATA", str(tmp_path / "there"))
    assert config.data_folder() == tmp_path / "there"
    assert config.database_url(tmp_path) == f"sqlite:///{tmp_path / 'facilitator.db'}"
    monkeypatch.setenv("FACILITATOR_DATABASE_URL", "postgresql://db/facilitator")
    assert config.database_url(tmp_path) == "postgresql+psycopg://db/facilitator"


def test_a_wheel_keeps_its_data_in_the_users_own_folder(monkeypatch):
    monkeypatch.delenv("FACILITATOR_DATA", raising=False)
    assert config.data_folder() == config.CHECKOUT / "instance"
    monkeypatch.setattr(config, "in_checkout", lambda: False)
    assert config.CHECKOUT not in config.data_folder().parents
    assert config.beside("templates").parent == config.PACKAGE


def test_the_data_folder_is_a_path_however_it_is_given(tmp_path):
    assert config.settings(DATA=str(tmp_path))["DATA"] == tmp_path


def test_cookies_are_secure_behind_https_only(tmp_path):
    assert not config.settings(DATA=tmp_path)["SESSION_COOKIE_SECURE"]
    assert config.settings(DATA=tmp_path, BASE_URL="https://example.org/")["SESSION_COOKIE_SECURE"]
