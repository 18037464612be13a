"""Make the sample documents: what the demo’s earlier session came to, handed out."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from facilitator import create_app, db, schema
from facilitator.demo import story
from facilitator.models.session import Session

SAMPLES = Path(__file__).resolve().parent.parent / "docs" / "samples"
WANTED = (("docx", "fr"), ("pdf", "fr"), ("pdf", "ar"), ("xlsx", "fr"), ("csv", "fr"), ("json", "en"))


def held(folder: Path) -> int:
    """Hold the demo's workshops; give the number of the earlier session."""
    app = create_app(DATA=folder)
    with app.app_context():
        schema.prepare()
        today = db.session.get_one(Session, story.tell(story.HOME, [], Random())).workshop  # noqa: S311 - a demo
        earlier = min(today.guide.workshops, key=lambda workshop: workshop.starts_on)
        number = earlier.sessions[0].id
    app.extensions["ballotbox"].stop()
    return number


def main() -> None:
    """Make every sample."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="samples-") as name:
        folder = Path(name)
        number = held(folder)
        environ = {**os.environ, "FACILITATOR_DATA": name}
        for format, language in WANTED:
            out = SAMPLES / f"session-{language}.{format}"
            command = [sys.executable, "-P", "-m", "facilitator.cli", "make", "session", str(number)]
            command += ["--format", format, "--language", language, "--out", str(out)]
            subprocess.run(command, env=environ, check=True)
            print(f"{out.name}: {out.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
