"""Plugins as authors ship them: folders, wheels and single files, sound and broken, written where a test wants them."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import dedent, indent
from zipfile import ZipFile

SOUND = """
from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl


class Settings(Config):
    words_per_minute: int = 220


class Readtime(Plugin[Settings]):
    \"\"\"Adds how many minutes a text takes to read.\"\"\"

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        if not event.data.text:
            return None
        minutes = len(event.data.text.split()) / self.config.words_per_minute
        return Patch(ext={"minutes": round(minutes, 1)})
"""


def write_project(
    folder: Path,
    name: str = "readtime",
    *,
    code: str = SOUND,
    version: str = "0.1.0",
    requires: Sequence[str] = ("missionwire>=0.1,<0.2",),
    level: int = 1,
    python: str = ">=3.11",
) -> Path:
    """Write a project that hatchling builds; gives its folder."""
    module = f"missionwire_{name}"
    package = folder / "src" / module
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(code, encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        dedent(f"""\
            [build-system]
            requires = ["hatchling==1.28.0"]
            build-backend = "hatchling.build"

            [project]
            name = "missionwire-{name}"
            version = "{version}"
            requires-python = "{python}"
            dependencies = {list(requires)!r}

            [project.entry-points."missionwire.v{level}"]
            {name} = "{module}:Readtime"
            """),
        encoding="utf-8",
    )
    return folder


def write_wheel(
    folder: Path,
    distribution: str = "missionwire-readtime",
    *,
    plugin: str | None = "readtime",
    code: str = SOUND,
    version: str = "0.1.0",
    requires: Sequence[str] = ("missionwire>=0.1,<0.2",),
    level: int = 1,
    target: str | None = None,
    more: Mapping[str, str] | None = None,
) -> Path:
    """Write a wheel without building one; `plugin` None makes it an ordinary package. Gives its path.

    `target` is what the entry point names, unless it is the class of `SOUND`; `more` are files beside the module's.
    """
    module = distribution.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    files = {
        **(more or {}),
        f"{module}/__init__.py": code,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n{needs}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    if plugin is not None:
        files[f"{info}/entry_points.txt"] = f"[missionwire.v{level}]\n{plugin} = {target or f'{module}:Readtime'}\n"
    return _packed(folder / f"{module}-{version}-py3-none-any.whl", files, f"{info}/RECORD")


def _packed(path: Path, files: Mapping[str, str], record: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    with ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            lines.append(f"{name},sha256={digest},{len(text.encode())}\n")
        archive.writestr(record, "".join(lines) + f"{record},,\n")
    return path


def write_file(path: Path, *, code: str = SOUND, block: str = "[tool.missionwire]\napi = 1\n") -> Path:
    """Write a plugin as a single file, with its PEP 723 block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    commented = indent(block, "# ", lambda _: True)
    path.write_text(f"# /// script\n{commented}# ///\n{code}", encoding="utf-8")
    return path
