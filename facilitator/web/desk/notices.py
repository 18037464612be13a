"""What the desk says after an act, and the way to take it back."""

from typing import Any, cast

from flask import flash


def say(text: str, undo: str = "", **answers: str) -> None:
    """Say on the next page what was done; `undo` is the address that takes it back when posted to."""
    flash(cast(Any, {"text": text, "undo": undo, "answers": answers}), "done")


def refuse(text: str) -> None:
    """Say on the next page what was not done, and why."""
    flash(text, "problem")
