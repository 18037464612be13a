"""Static files: packed once, addressed by their content, kept for a year by every browser."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from facilitator.config import PACKAGE
from facilitator.web.security import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FOLDER = PACKAGE / "static"
YEAR = 365 * 24 * 3600
PACKED = {".css", ".js", ".svg"}
LEAN = {".css", ".js"}
COMMENT = re.compile(r"^\s*/\*.*?\*/", re.DOTALL | re.MULTILINE)


def digest(folder: Path) -> str:
    """Name a folder after all that is in it."""
    seen = hashlib.blake2b(digest_size=6)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            seen.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            seen.update(path.read_bytes())
    return seen.hexdigest()


def packed(folder: Path, place: Path) -> Path:
    """Copy a folder to a place, with a packed twin beside each text, unless that was done before."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as made:
            whole = Path(made) / "static"
            shutil.copytree(folder, whole)
            for path in [path for path in whole.iterdir() if path.suffix in LEAN]:
                path.write_text(lean(path.read_text(encoding="utf-8")), encoding="utf-8")
            for path in [path for path in whole.rglob("*") if path.suffix in PACKED]:
                twin = gzip.compress(path.read_bytes(), 9, mtime=0)
                path.with_name(f"{path.name}.gz").write_bytes(twin)
            if not place.exists():  # another process may have been quicker
                os.replace(whole, place)
    return place


def lean(text: str) -> str:
    """Leave out what only those who write a script or a style read: comments and indents."""
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value


def init_app(app: Flask) -> None:
    """Serve the static files before any request reaches the app."""
    name = digest(FOLDER)
    app.static_folder = str(FOLDER)
    app.add_url_rule(f"/static/{name}/<path:filename>", endpoint="static", build_only=True)
    product = app.wsgi_app
    files = WhiteNoise(
        product,
        root=FOLDER if app.testing else packed(FOLDER, Path(app.config["DATA"]) / "static" / f"lean-{name}"),
        prefix=f"static/{name}",
        max_age=YEAR,
        immutable_file_test=lambda path, url: True,
        allow_all_origins=False,
        add_headers_function=_headers,
    )

    def served(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answering = files if environ["PATH_INFO"].startswith("/static/") else product
        return answering(environ, start_response)

    app.wsgi_app = served  # type: ignore[method-assign]
