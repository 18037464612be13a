"""Another process that is asked on its input and answers on its output, a line of JSON each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

PATIENCE = 120


class Child:
    """A process of the bench, pinned to a core."""

    def __init__(self, module: str, core: int, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(core), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parent.parent,
        )

    def ask(self, do: str, **details: Any) -> Any:
        """Ask for something and wait for its answer."""
        assert self.process.stdin
        assert self.process.stdout
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.start()
        try:
            self.process.stdin.write(json.dumps({"do": do} | details) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            raise SystemExit(f"The bench's {self.process.args[2]} ended at “{do}”.")  # type: ignore[index]
        return json.loads(line)

    def end(self) -> None:
        """End the process."""
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


def roam() -> None:
    """Let what this thread starts run on any core, as it does where nobody measures."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


def pin(core: int) -> None:
    """Stay on one core, where the system lets us and there is more than one."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) > 1:
            os.sched_setaffinity(0, {cores[core % len(cores)]})
