"""Setting a document: its template and its data go to the press, which is no part of the server's process."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from facilitator.config import PACKAGE, beside
from facilitator.refusals import N_, Refusal

PRESS = Path(__file__).with_name("press.py")
FONTS = PACKAGE / "static" / "vendor"
PATIENCE = 60
FRUGAL = {"MALLOC_ARENA_MAX": "2"}  # with more, threads of the press keep memory; with one, they wait
log = logging.getLogger(__name__)


class NotPrinted(Refusal):
    """The press could not set a document."""

    status = 500
    message = N_("The pages could not be made. It was noted; nothing else is lost. Please try again.")


def fonts() -> list[str]:
    """List the folders of our own fonts."""
    return [str(folder) for folder in sorted(FONTS.glob("*-ttf-*"))]


def printed(
    name: str, data: Mapping[str, Any], standards: Sequence[str] = (), patience: float = PATIENCE
) -> bytes:
    """Set a document as PDF from its template's name and its data."""
    root = beside("templates") / "documents"
    wanted = {
        "template": str(root / f"{name}.typ"),
        "root": str(root),
        "fonts": fonts(),
        "standards": standards,
    }
    said = b"\n".join(json.dumps(each).encode() for each in (wanted, data))
    command = [sys.executable, "-P", str(PRESS)]  # -P: what lies beside the press is not imported instead
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of the request in its command
            command, input=said, capture_output=True, timeout=patience, check=True, env=os.environ | FRUGAL
        )
    except (subprocess.SubprocessError, OSError) as error:
        log.warning("the press: %s", type(error).__name__)  # no more: what it says may quote a card's token
        raise NotPrinted from None
    return done.stdout
