"""Documents are made in a process of their own, which ends with the server."""

import os
import sys
from pathlib import Path

import pytest
from flask import Flask

from facilitator.web.making import Making, Order
from tests.waiting import until


def test_what_is_being_made_ends_in_order_with_the_server(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nexec sleep 60\n")
    endless.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(endless))
    making: Making = app.extensions["making"]
    made, waiting = (making.job(Order("version", number, "svg", "en")) for number in "12")
    assert until(lambda: making.process)
    assert making.process
    assert os.getsid(making.process.pid) != os.getsid(0), "a Ctrl-C in the terminal would reach it"
    making.stop()
    assert until(lambda: waiting.failed)
    assert making.process.poll() is not None
    assert made.failed
    assert not caplog.messages
