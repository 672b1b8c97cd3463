"""`missionwire x PLUGIN COMMAND`: the commands that plugins bring along."""

from collections.abc import Sequence
from typing import Any

import rich_click as click

from missionwire.cli.launch import load_or_exit


class PluginGroup(click.Group):
    """A group of the plugins that are installed; a plugin is imported only when one of its commands is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Give the names of the plugins that can be loaded."""
        return [found.name for found in _found() if found.reason is None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # same
        """Give the group of one plugin's commands."""
        found = next((each for each in _found() if each.name == cmd_name and each.reason is None), None)
        if found is None:
            return None
        return click.Group(cmd_name, commands=_commands(found), help=f"Commands of the plugin {cmd_name}.")


def _settings() -> Any:  # noqa: ANN401  # Settings, imported late
    return load_or_exit(None, {})  # the file that MISSIONWIRE_CONFIG names, and the environment


def _found() -> Sequence[Any]:
    from missionwire.plugins.discovery import discover

    return discover(_settings().plugins_folder)


def _commands(found: Any) -> dict[str, click.Command]:  # noqa: ANN401  # Found, imported late
    """Load a plugin and ask for its commands; one that fails is told as a plain error.

    Raises:
        click.ClickException: it cannot be loaded, or gives something else.
    """
    from missionwire.plugins.loading import load_class, make_config, make_plugin
    from missionwire.plugins.registry import implementations

    try:
        kind = load_class(found)
        wanted = _settings().plugins.get(found.name)
        plugin = make_plugin(found.name, kind, make_config(found.name, kind, wanted.config if wanted else {}))
        hook = implementations(found.name, plugin).get("commands")
        given = hook.function() if hook is not None else None
    except Exception as error:
        message = f"plugin {found.name}: {type(error).__name__}: {error}"
        raise click.ClickException(message) from error
    return {str(name): command for name, command in (given or {}).items() if isinstance(command, click.Command)}


@click.command(cls=PluginGroup)
def x() -> None:
    """Run a command that a plugin brings along."""
