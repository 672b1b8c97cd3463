"""Writes the pages that are made from the code: hooks, settings, errors, command line, OpenAPI.

With `--check` it only compares.

python docs/generate.py [--check]
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from missionwire import settings as settings_module
from missionwire.app import describe_api
from missionwire.cli import COMMANDS, load
from missionwire.pipeline.participant import DOCUMENT_TIMEOUT_S, TIMEOUT_S
from missionwire.plugin import Hooks
from missionwire.plugins.host import START_TIMEOUT_S, STOP_TIMEOUT_S
from missionwire.settings import Settings, environment_names
from missionwire.web.problems import all_rows

ROOT = Path(__file__).resolve().parents[1]
_MADE = "<!-- Made by docs/generate.py; change the code, then run `make docs`. -->\n"


def pages() -> dict[str, str]:
    """Give every generated file with its content."""
    return {
        "docs/hooks.md": _hooks(),
        "docs/settings.md": _settings(),
        "docs/errors.md": _errors(),
        "docs/cli.md": _cli(),
        "openapi/openapi.json": msgspec.json.format(msgspec.json.encode(describe_api(), order="sorted")).decode()
        + "\n",
    }


def _hooks() -> str:
    lines = [
        "# Hooks of API level 1",
        _MADE,
        "A plugin decorates its implementations with `@hookimpl`; each takes only the arguments that it names, may be",
        "sync or async, and gets frozen input. All of it is in `missionwire.plugin`.",
        "",
        "| hook | gives | what it is for | deadline |",
        "| --- | --- | --- | --- |",
    ]
    deadlines = {"startup": START_TIMEOUT_S, "shutdown": STOP_TIMEOUT_S}
    for name, hook in vars(Hooks).items():
        if not inspect.isfunction(hook):
            continue
        signature = inspect.signature(hook)
        arguments = ", ".join(list(signature.parameters)[1:])
        told = " ".join((hook.__doc__ or "").split())
        if name in ("annotate", "repair", "extract"):
            deadline = f"{DOCUMENT_TIMEOUT_S:g} s"
        elif name in deadlines:
            deadline = f"{deadlines[name]:g} s"
        else:
            deadline = f"{TIMEOUT_S:g} s" if name in ("enrich", "enrich_batch", "classify", "keep") else ""
        gives = inspect.formatannotation(signature.return_annotation).replace("missionwire.domain.", "")
        gives = gives.replace("|", "\\|").replace("collections.abc.", "").replace("typing.", "")
        lines.append(f"| `{name}({arguments})` | `{_short(gives)}` | {told} | {deadline} |")
    return "\n".join(lines) + "\n"


def _short(annotation: str) -> str:
    for module in ("document.", "event.", "correction.", "missionwire.plugin."):
        annotation = annotation.replace(module, "")
    return annotation


def _told_members(kind: type) -> Iterator[tuple[str, str, str]]:
    """Give each setting with its default and what the line under it says."""
    tree = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(tree, ast.ClassDef)
    for one, following in zip(tree.body, [*tree.body[1:], None], strict=False):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            told = ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                told = " ".join(str(following.value.value).split())
            yield one.target.id, ast.unparse(one.annotation), told


def _settings() -> str:
    lines = [
        "# Settings",
        _MADE,
        "Defaults, then the TOML file (`--config` or `MISSIONWIRE_CONFIG`), then the environment, then flags. All faults",
        "are reported together.",
    ]
    names = {path: variable for variable, path in environment_names().items()}
    defaults = msgspec.to_builtins(Settings())
    for section, kind in (("", Settings), *settings_module._SECTIONS.items()):  # the table of sections
        lines += ["", f"## [{section}]" if section else "## Top level", ""]
        lines += ["| setting | environment | default | what it does |", "| --- | --- | --- | --- |"]
        for name, annotation, told in _told_members(kind):
            path = (section, name) if section else (name,)
            if not section and name in (*settings_module._SECTIONS, "plugins"):  # same
                continue
            value: Any = defaults
            for part in path:
                value = value[part]
            shown = "" if value is None else msgspec.json.encode(value).decode()
            shown = annotation.replace("|", "\\|") + (f" = {shown}" if shown else "")
            lines.append(f"| `{name}` | `{names[path]}` | `{shown}` | {told} |")
    lines += ["", "## [plugins.NAME]", "", "| setting | type | what it does |", "| --- | --- | --- |"]
    lines += [
        f"| `{name}` | `{annotation.replace('|', chr(92) + '|')}` | {told} |"
        for name, annotation, told in _told_members(settings_module.PluginSettings)
    ]
    return "\n".join(lines) + "\n"


def _errors() -> str:
    lines = [
        "# Errors over HTTP",
        _MADE,
        "Every error is an RFC 9457 document, `application/problem+json`. Its `type` answers with this explanation.",
        "",
        "| status | type | title | what to do |",
        "| --- | --- | --- | --- |",
    ]
    for row in sorted(all_rows(), key=lambda each: (each.status, each.name)):
        lines.append(f"| {row.status} | `/problems/{row.name}` | {row.title} | {row.advice} |")
    return "\n".join(lines) + "\n"


def _cli() -> str:
    lines = ["# The command line", _MADE]
    for name in COMMANDS:
        command = load(name)
        lines += [f"## missionwire {name}", "", " ".join((command.help or "").split("\n\n")[0].split()), ""]
        if isinstance(command, click.Group):
            for sub in command.list_commands(click.Context(command)):
                each = command.get_command(click.Context(command), sub)
                lines += [f"### missionwire {name} {sub}", "", " ".join((each.help or "").split()) if each else "", ""]
                lines += _options(each) if each else []
        else:
            lines += _options(command)
    return "\n".join(lines).rstrip() + "\n"


def _options(command: click.Command) -> list[str]:
    rows = []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
            rows.append(f"| {names} | {' '.join((parameter.help or '').split()).replace('|', chr(92) + '|')} |")
        else:
            rows.append(f"| `{(parameter.name or '').upper()}` | |")
    return ["| option | what it does |", "| --- | --- |", *rows, ""] if rows else []


def main() -> int:
    """Write, or with `--check` compare; gives 1 when a page is out of date."""
    is_check = "--check" in sys.argv[1:]
    stale = []
    for name, content in pages().items():
        path = ROOT / name
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    for name in stale:
        sys.stdout.write(f"{name} {'is out of date; run make docs' if is_check else 'written'}\n")
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
