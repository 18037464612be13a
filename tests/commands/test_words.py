"""The terminal speaks the machine's language where it can."""

import pytest

from facilitator.commands import words


@pytest.mark.parametrize(
    ("said", "language"), [("pt_PT.UTF-8", "pt"), ("es_GQ.UTF-8", "es"), ("fr_SN", "fr"), ("C.UTF-8", "en")]
)
def test_the_language_of_the_machine_is_spoken(
    monkeypatch: pytest.MonkeyPatch, said: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", said)
    assert words.language() == language
