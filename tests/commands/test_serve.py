"""Where phones are sent: to the address that the machine has when they are."""

import pytest
from click.testing import CliRunner

from facilitator.commands import serve


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["--host", "0.0.0.0"], ""),  # noqa: S104
        (["--host", "127.0.0.1"], "http://127.0.0.1:{port}"),
        (["--host", "0.0.0.0", "--base-url", "https://vote.example.org"], "https://vote.example.org"),  # noqa: S104
    ],
)
def test_an_address_is_kept_only_where_it_cannot_change(monkeypatch, given, kept) -> None:
    seen: list[str] = []
    ports: list[int] = []

    def note(listening, base, _proxies, _greet) -> None:
        seen.append(base)
        ports.append(listening.getsockname()[1])
        listening.close()

    monkeypatch.setattr(serve, "serve", note)
    said = CliRunner().invoke(serve.command, [*given, "--port", "0", "--no-browser"])
    assert said.exit_code == 0, said.output
    assert seen == [kept.format(port=ports[0])]
