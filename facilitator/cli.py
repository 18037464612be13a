"""The program's commands, each loaded only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from facilitator.commands.words import _

COMMANDS = ("serve", "demo", "rehearse", "count", "make", "duplicates", "trail", "export", "import")


class Commands(click.Group):
    """The commands by name; naming them loads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"facilitator.commands.{cmd_name}").command
        return command


@click.group(cls=Commands, help=_("Run a workshop in which the room votes and ranks by phone."))
@click.version_option(package_name="facilitator", message="%(prog)s %(version)s")
def main() -> None:
    """Take the command line."""


if __name__ == "__main__":
    main()
