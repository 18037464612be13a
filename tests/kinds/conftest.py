"""What tests of kinds share: a bare application with words and templates, nothing else."""

import re
from collections.abc import Callable

import pytest
from flask import Flask, render_template
from flask_babel import force_locale

Draw = Callable[..., str]


@pytest.fixture
def drawn(words: Flask) -> Callable[..., str]:
    """Give a way to draw a template in a language, its blanks folded."""

    def draw(template: str, language: str = "en", **content: object) -> str:
        with force_locale(language):
            return re.sub("[ \n]+", " ", render_template(template, **content)).strip()

    return draw
