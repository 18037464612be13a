"""Work that comes out the same for every app, done once: what is compiled, and how addresses are made."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule, rules

from facilitator.web import assets

Builder = Callable[..., tuple[str, str]]


class Compiled(BytecodeCache):
    """Templates as they were compiled for another app."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what the same source came to before."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a source came to."""
        self.kept[bucket.key, bucket.checksum] = bucket.code


TEMPLATES = Compiled()


DIALECTS: dict[str, Dialect] = {}
STATEMENTS: LRUCache[Any, Any] = LRUCache(2000)


def share(app: Flask) -> Flask:
    """Let an app use the templates and the statements that others have compiled."""
    app.jinja_env.bytecode_cache = TEMPLATES
    for engine in (app.extensions["engine"], app.extensions["reading"]):
        engine.dialect = DIALECTS.setdefault(engine.dialect.name, engine.dialect)  # a part of their names
        engine._compiled_cache = STATEMENTS
    return app


@pytest.fixture(scope="session", autouse=True)
def addresses() -> Iterator[None]:
    """Read each rule and build its address once, and name the static files once, not again for each app."""
    kept: dict[Any, Builder] = {}
    work_out, digest = Rule._compile_builder, assets.digest

    def builder(rule: Rule, append_unknown: bool = True) -> Builder:
        key = (repr((rule.rule, rule.defaults, rule._trace)), append_unknown)
        if key not in kept:
            kept[key] = work_out(rule, append_unknown)
        return kept[key]

    ours = digest(assets.FOLDER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", builder)
        patch.setattr(rules, "parse_converter_args", lru_cache(None)(rules.parse_converter_args))
        patch.setattr(assets, "digest", lambda folder: ours if folder == assets.FOLDER else digest(folder))
        yield
