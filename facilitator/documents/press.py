"""The press: a process of its own that sets one document and ends; it is run as a file, not imported."""

import json
import os
import sys
from typing import Any

import typst


def run() -> None:
    """Read what is wanted, write the pages."""
    if hasattr(os, "nice"):
        os.nice(10)
    wanted: dict[str, Any] = json.load(sys.stdin)
    pages = typst.compile(
        wanted["template"],
        root=wanted["root"],
        font_paths=wanted["fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(wanted["data"])},
        format="pdf",
    )
    sys.stdout.buffer.write(pages)


if __name__ == "__main__":
    run()
