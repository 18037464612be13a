"""What tests of kinds share: a bare application with words and templates, nothing else."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template
from flask_babel import Babel, force_locale

ROOT = Path(__file__).resolve().parents[2]
Draw = Callable[..., str]


@pytest.fixture(scope="module")
def words() -> Iterator[Flask]:
    """Give a request in which words can be read."""
    app = Flask("kinds", template_folder=str(ROOT / "templates"))
    Babel(app, default_translation_directories=str(ROOT / "translations"))
    with app.test_request_context():
        yield app


@pytest.fixture
def drawn(words: Flask) -> Callable[..., str]:
    """Give a way to draw a template in a language, its blanks folded."""

    def draw(template: str, language: str = "en", **content: object) -> str:
        with force_locale(language):
            return re.sub("[ \n]+", " ", render_template(template, **content)).strip()

    return draw
