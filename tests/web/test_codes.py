"""Codes and addresses: what a phone scans and what people type lead to the same door."""

import re
from types import SimpleNamespace

import ifaddr
import pytest
import qrcode

from facilitator.web import codes


def squares(path: str) -> set[tuple[int, int]]:
    """Give the dark squares that a path draws."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{width}v1h-{back}z" for x, y, width, back in runs) == path
    return {(int(x) + step, int(y)) for x, y, width, _back in runs for step in range(int(width))}


def adapters(**addresses: str):
    """Give network adapters of a machine, by name."""
    return lambda: [
        SimpleNamespace(nice_name=name, ips=[SimpleNamespace(ip=address, is_IPv4=True)])
        for name, address in addresses.items()
    ]


def test_the_path_draws_every_dark_square_and_no_other() -> None:
    text = "http://192.168.1.20:8000/j/123456"
    drawing = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    drawing.add_data(text)
    expected = {(x, y) for y, row in enumerate(drawing.get_matrix()) for x, dark in enumerate(row) if dark}

    drawn = codes.qr(text)

    assert squares(drawn.path) == expected
    assert drawn.size == len(drawing.get_matrix())
    assert min(min(square) for square in expected) == codes.QUIET_ZONE


def test_a_code_is_written_in_two_groups() -> None:
    assert codes.grouped("123456") == "123\N{NO-BREAK SPACE}456"


def test_a_configured_address_wins(make_app) -> None:
    with make_app(BASE_URL="https://vote.example.org").test_request_context(base_url="http://127.0.0.1:8000"):
        assert codes.join_address("123456") == "https://vote.example.org/j/123456"
        assert codes.spoken_address() == "vote.example.org"


@pytest.mark.parametrize("here", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_phones_are_not_sent_to_themselves(app, monkeypatch, here) -> None:
    monkeypatch.setattr(ifaddr, "get_adapters", adapters(lo="127.0.0.1", wlan0="192.168.1.20"))
    with app.test_request_context(base_url=here):
        assert codes.join_address("123456") == "http://192.168.1.20:8000/j/123456"


def test_an_address_that_came_over_the_network_is_kept(app, monkeypatch) -> None:
    monkeypatch.setattr(ifaddr, "get_adapters", adapters(wlan0="192.168.1.20"))
    with app.test_request_context(base_url="http://10.0.0.7"):
        assert codes.join_address("123456") == "http://10.0.0.7/j/123456"


def test_without_a_network_the_address_stays(app, monkeypatch) -> None:
    monkeypatch.setattr(ifaddr, "get_adapters", adapters(lo="127.0.0.1", eth0="169.254.7.7"))
    with app.test_request_context(base_url="http://localhost:8000"):
        assert codes.spoken_address() == "localhost:8000"


def test_the_default_port_is_not_spoken(app, monkeypatch) -> None:
    monkeypatch.setattr(ifaddr, "get_adapters", adapters(wlan0="192.168.1.20"))
    with app.test_request_context(base_url="http://localhost"):
        assert codes.spoken_address() == "192.168.1.20"
