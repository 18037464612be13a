"""S8: what the suite may reach is this machine alone, so that a call elsewhere fails its test."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

REFUSED = (SocketConnectBlockedError, UserWarning)  # the warning comes first, and warnings are errors


@pytest.mark.parametrize("elsewhere", ["192.0.2.1", "198.51.100.7"])
def test_no_other_machine_can_be_asked(elsewhere: str) -> None:
    with socket.socket() as line, pytest.raises(REFUSED, match="connect"):
        line.connect((elsewhere, 80))
