"""Static files: packed once, kept for a year, gone when their content is."""

import gzip
from pathlib import Path

import pytest
from flask import Flask, url_for

from facilitator.web import assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "static"
    (made / "vendor").mkdir(parents=True)
    (made / "a.css").write_text("body { color: black }\n" * 100)
    (made / "vendor" / "b.woff2").write_bytes(b"font")
    return made


def address(app: Flask, name: str) -> str:
    with app.test_request_context("/"):
        return url_for("static", filename=name)


def test_a_file_is_kept_for_a_year(app: Flask) -> None:
    answer = app.test_client().get(address(app, "phone.css"), buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.cache_control.max_age >= assets.YEAR
    assert answer.cache_control.immutable
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_unknown_file_and_an_old_address_are_not_there(app: Flask) -> None:
    known = address(app, "phone.css")
    for gone in (known.replace("phone", "none"), "/static/old/phone.css", "/static/../config.py", "/static/"):
        assert app.test_client().get(gone).status_code == 404


def test_the_address_follows_the_content(folder: Path) -> None:
    first = assets.digest(folder)
    assert assets.digest(folder) == first
    (folder / "a.css").write_text("body { color: white }\n" * 100)
    second = assets.digest(folder)
    (folder / "a.css").rename(folder / "c.css")
    assert len({first, second, assets.digest(folder)}) == 3


def test_texts_are_packed_once(folder: Path, tmp_path: Path) -> None:
    place = assets.packed(folder, tmp_path / "data" / "static" / "1")
    twin = place / "a.css.gz"
    assert gzip.decompress(twin.read_bytes()).decode() == assets.lean((folder / "a.css").read_text())
    assert not (place / "vendor" / "b.woff2.gz").exists()
    before = twin.stat().st_mtime_ns
    assert assets.packed(folder, place) == place
    assert twin.stat().st_mtime_ns == before
    assert [path.name for path in place.parent.iterdir()] == ["1"]


def test_the_product_sends_packed_files(tmp_path: Path) -> None:
    real = Flask("bare", static_folder=None)
    real.config["DATA"] = tmp_path
    assets.init_app(real)
    answer = real.test_client().get(
        address(real, "phone.js"), headers={"Accept-Encoding": "gzip"}, buffered=True
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).decode() == assets.lean((assets.FOLDER / "phone.js").read_text())


def test_comments_and_indents_are_for_readers_only() -> None:
    text = "/* what\n   it is */\n.a {\n  color: red; /* kept */\n}\n\n  // aside\n  let a = 'b // c';\n"
    assert assets.lean(text) == ".a {\ncolor: red; /* kept */\n}\nlet a = 'b // c';"
