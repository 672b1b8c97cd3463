"""Writes the pages that are made from the code: hooks, settings, errors, command line, OpenAPI, the plugins.

With `--check` it only compares. The page of the plugins runs them, to tell their grades; that takes a while.

python docs/generate.py [--check]
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import click
import msgspec

from missionwire import settings as settings_module
from missionwire.app.web import describe_api
from missionwire.authoring import contract
from missionwire.authoring.examination import examine
from missionwire.authoring.target import Target, targets_of
from missionwire.cli import COMMANDS, load
from missionwire.plugin import API_LEVEL, Config, Plugin
from missionwire.plugins.loading import config_schema, load_class
from missionwire.plugins.registry import HOOKS, implementations
from missionwire.settings import Settings, environment_names
from missionwire.testing import make
from missionwire.web.problems import all_rows

ROOT = Path(__file__).resolve().parents[1]
EXAMINATIONS = 4
_MADE = "<!-- Made by docs/generate.py; change the code, then run `make docs`. -->\n"


def pages() -> dict[str, str]:
    """Give the generated files, with their content, for which no plugin is run."""
    return {
        "docs/hooks.md": _hooks(),
        contract.SCHEMA_FILE: _json(contract.hooks_schema()),
        "docs/settings.md": _settings(),
        "docs/errors.md": _errors(),
        "docs/cli.md": _cli(),
        "openapi/openapi.json": _json(describe_api(), order="sorted"),
    }


def _json(document: object, order: Literal["sorted"] | None = None) -> str:
    return msgspec.json.format(msgspec.json.encode(document, order=order)).decode() + "\n"


def _hooks() -> str:
    schema = Path(contract.SCHEMA_FILE).name
    lines = [
        f"# Hooks of API level {API_LEVEL}",
        _MADE,
        "A plugin decorates its implementations with `@hookimpl`; each takes only the arguments that it names, may be",
        "sync or async, and gets frozen input. All of it is in `missionwire.plugin`. What goes in and what comes back,",
        f"member by member, is in [{schema}]({schema}), a JSON Schema; `missionwire plugins hooks --schema` prints it,",
        "`--json` this table.",
        "",
        "| hook | gives | what it is for | stage | deadline | since level |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for told in contract.hooks():
        call = f"{told.hook}({', '.join(told.arguments)})"
        about = told.about if told.deprecated is None else f"Deprecated: {told.deprecated}. {told.about}"
        deadline = "" if told.deadline_s is None else f"{told.deadline_s:g} s"
        gives = told.gives.replace("|", "\\|")
        lines.append(f"| `{call}` | `{gives}` | {about} | {told.stage or ''} | {deadline} | {told.since} |")
    return "\n".join(lines) + "\n"


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
        "Defaults, then the TOML file (`--config` or `MISSIONWIRE_CONFIG`), then the environment, then flags. All",
        "faults are reported together.",
    ]
    names = {path: variable for variable, path in environment_names().items()}
    defaults = msgspec.to_builtins(Settings())
    sections: dict[str, type] = {"": Settings, **settings_module._SECTIONS}  # the table of sections
    for section, kind in sections.items():
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
    lines += [
        f"| {row.status} | `/problems/{row.name}` | {row.title} | {row.advice} |"
        for row in sorted(all_rows(), key=lambda each: (each.status, each.name))
    ]
    return "\n".join(lines) + "\n"


def _cli() -> str:
    lines = ["# The command line", _MADE]
    for name in COMMANDS:
        command = load(name)
        lines += [f"## missionwire {name}", "", " ".join((command.help or "").split("\n\n")[0].split()), ""]
        if isinstance(command, click.Group):
            lines += _options(command)
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


# --- the plugins ------------------------------------------------------------------------------------------------------


def plugins_page(on_step: Callable[[str], None] = lambda _: None) -> str:
    """Give the directory of the first-party plugins. It examines each one; `on_step` is told which it is at."""
    targets = [each for folder in sorted(ROOT.glob("plugins/*")) for each in targets_of(str(folder))]
    plugins = {target.found.name: _made(target) for target in targets}
    lines = [
        "# The plugins that come along",
        _MADE,
        "The grade is what `missionwire plugins test` gives without the plugin's own tests, which `make test` runs: A",
        "(all is well), B (warnings), C (something failed) or D (it would not run).",
        "",
        "| plugin | what it does | hooks | grade |",
        "| --- | --- | --- | --- |",
    ]
    for target in targets:
        name, plugin = target.found.name, plugins[target.found.name]
        on_step(name)
        hooks = ", ".join(f"`{hook}`" for hook in _hooks_of(name, plugin))
        lines.append(f"| [{name}](#{name}) | {_told(type(plugin))} | {hooks} | {_grade(target)} |")
    for target in targets:
        lines += _plugin(target, plugins[target.found.name])
    return "\n".join(lines) + "\n"


def _made(target: Target) -> Plugin[Any]:
    return make(load_class(target.found), name=target.found.name)


def _told(kind: type) -> str:
    return " ".join((inspect.getdoc(kind) or "").split())


def _hooks_of(name: str, plugin: Plugin[Any]) -> list[str]:
    implemented = implementations(name, plugin)
    return [hook for hook in HOOKS if hook in implemented]


def _grade(target: Target) -> str:
    """Give the best grade of a few examinations: a busy machine makes an import slow."""
    grades: list[str] = []
    while "A" not in grades and len(grades) < EXAMINATIONS:
        grades.append(examine(target, runs_tests=False).grade)
    return min(grades)


def _plugin(target: Target, plugin: Plugin[Any]) -> Iterator[str]:
    name = target.found.name
    yield from ("", f"## {name}", "", _told(type(plugin)), "")
    yield f"- Version {target.found.version}, API level {target.found.api_level}, `{target.found.distribution}`:"
    yield f"  [README](../plugins/{target.found.distribution}/README.md)"
    yield f"- It gives {_gifts(name, plugin)}."
    for told, names in (("after", plugin.after), ("before", plugin.before)):
        if names:
            yield f"- In each stage it comes {told} {', '.join(names)}, if they are there."
    if plugin.hosts:
        yield f"- It speaks to {', '.join(f'`{host}`' for host in plugin.hosts)}."
    yield from _plugin_settings(name, plugin.config)


_PATCHING = frozenset({"enrich", "enrich_batch", "classify"})


def _gifts(name: str, plugin: Plugin[Any]) -> str:
    """Say what a plugin writes; the host lets it write nothing else."""
    hooks = set(_hooks_of(name, plugin))
    gifts = ["mentions"] if "annotate" in hooks else []
    gifts += ["corrections"] if "repair" in hooks else []
    gifts += [f"events, with labels in `ext.{name}`"] if "extract" in hooks else []
    if hooks & _PATCHING:
        fields = ", ".join(f"`{field}`" for field in sorted(plugin.writes))
        gifts += [f"{fields} of events"] if fields else []
        gifts.append(f"labels in `ext.{name}`")
    return "; ".join(gifts) or "nothing"


def _plugin_settings(name: str, defaults: Config) -> Iterator[str]:
    kind = type(defaults)
    if not kind.__struct_fields__:
        yield "- It has no settings."
        return
    schema = config_schema(kind)
    definitions = schema["$defs"]
    members = definitions[schema["$ref"].rpartition("/")[2]]["properties"]
    yield from ("", f"Settings, in `[plugins.{name}.config]`. {_told(kind)}", "")
    yield from ("| setting | type | default |", "| --- | --- | --- |")
    for member, told in members.items():
        default = msgspec.json.encode(getattr(defaults, member)).decode()
        yield f"| `{member}` | {_type_told(told, definitions)} | `{default}` |"


def _type_told(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    """Give a JSON Schema in words: `number, 0 to 1`, `list of string`, `string or null`."""
    if "$ref" in schema:
        return _type_told(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        return " or ".join(_type_told(each, definitions) for each in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(f"`{each}`" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type_told(schema.get('items') or {}, definitions)}"
    bounds = {"minimum": "at least", "exclusiveMinimum": "over", "maximum": "at most", "exclusiveMaximum": "below"}
    told = [f"{words} {schema[name]:g}" for name, words in bounds.items() if name in schema]
    return ", ".join([schema.get("type", "anything"), *told])


def _say(plugin: str) -> None:
    sys.stderr.write(f"examining the plugin {plugin} ...\n")


def main() -> int:
    """Write, or with `--check` compare; gives 1 when a page is out of date."""
    is_check = "--check" in sys.argv[1:]
    stale = []
    made = pages()
    made["docs/plugins.md"] = plugins_page(_say)
    for name, content in made.items():
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
