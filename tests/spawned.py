"""Servers that begin where the program is loaded already: copies of a process that waits."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Mapping
from importlib import import_module
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection

import pytest

PATIENCE = 60
WAITING = get_context("forkserver")
WAITING.set_forkserver_preload(["tests.loaded"])


def serve(said: Connection, options: list[str], environment: dict[str, str]) -> None:
    """Be the program in an environment of its own, and say into a pipe what it says."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(said.fileno(), 1)
    import_module("facilitator.cli").main(["serve", "--json", "--no-browser", *options])


class Spawned:
    """A server that has said where it is; coverage does not follow it."""

    def __init__(self, options: list[str], environment: Mapping[str, str]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("COVERAGE_")]:
                patch.delenv(name)
            forkserver.ensure_running()
        heard, said = WAITING.Pipe(duplex=False)
        kept = {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}
        self.process = WAITING.Process(target=serve, args=(said, options, kept), daemon=True)
        self.process.start()
        said.close()
        with heard, open(heard.fileno(), closefd=False) as lines:
            line = lines.readline()
        assert line, "the server ended before it began"
        self.said: dict[str, str] = json.loads(line)

    @property
    def port(self) -> int:
        """Tell the port it listens on."""
        return int(self.said["join"].split("/")[2].rpartition(":")[2])

    def end(self, how: signal.Signals) -> None:
        """Send a signal and wait for the end."""
        if self.process.pid:
            os.kill(self.process.pid, how)
        self.process.join(PATIENCE)
        self.process.close()
