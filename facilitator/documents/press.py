"""The press: a process of its own that sets one document and ends; it is run as a file, not imported."""

import json
import os
import sys
from typing import Any

import typst

NICENESS = 10


def run() -> None:
    """Read what is wanted in one line and its data after it, write the pages."""
    if hasattr(os, "nice"):
        os.nice(max(0, NICENESS - os.nice(0)))
    wanted: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    pages = typst.compile(
        wanted["template"],
        root=wanted["root"],
        font_paths=wanted["fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        format="pdf",
        pdf_standards=wanted["standards"],
    )
    sys.stdout.buffer.write(pages)


if __name__ == "__main__":
    run()
