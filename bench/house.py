"""The bench's own server: the product on loopback with a throw-away folder, and a bare hello beside it."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

from flask import Flask

from bench.child import pin
from bench.stage import Stage
from facilitator import create_app
from facilitator.server import serving

HELLO = "/hello"


def hello_app() -> Flask:
    """Make the smallest Flask app there is."""
    app = Flask("hello")

    @app.post(HELLO)
    @app.get(HELLO)
    def hello() -> str:
        return "hello"

    return app


def main() -> None:
    """Serve until the bench closes our input."""
    core, phones, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    pin(core)
    listening = serving.listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    app = create_app(DATA=folder, BASE_URL=f"http://127.0.0.1:{port}")
    stage = Stage(app, phones, folder)
    product, hello = app.wsgi_app, hello_app()

    def both(environ: Any, start_response: Any) -> Any:
        return (hello if environ["PATH_INFO"] == HELLO else product)(environ, start_response)

    server = serving.server(both, app.extensions["events"], limit=app.config["MAX_CONTENT_LENGTH"])

    def listen() -> None:
        for line in sys.stdin:
            asked = json.loads(line)
            answer = port if asked["do"] == "port" else stage.answer(asked)
            print(json.dumps(answer), flush=True)
        server.should_exit = True

    threading.Thread(target=listen, daemon=True).start()
    server.run(sockets=[listening])
    app.extensions["ballotbox"].stop()
    app.extensions["events"].close()


if __name__ == "__main__":
    main()
