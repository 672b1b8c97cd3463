"""A Python environment, and the installer (uv or pip) that changes it. The service's own one, or a throw-away one."""

import importlib.util
import os
import re
import shutil
import sys
import sysconfig
import venv
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final, Literal

from missionwire.plugins.programs import run_bounded
from missionwire.plugins.requirements import canonical, versions

INSTALL_TIMEOUT_S: Final = 600.0
"""How long the installer may take, downloads and builds included."""

MAX_SAID_CHARS: Final = 600
"""Of what the installer says, this much is told."""

_SHOWN: Final = ("METADATA", "WHEEL", "INSTALLER", "entry_points.txt")
_OF_VENV: Final = ("python", "activate", "pip")
"""What the names of a new environment's own programs begin with."""

_MARKS: Final = re.compile(r"^(error|cause|ERROR|fatal)?:?\s*[×╰─▶]*\s*")


class InstallError(Exception):
    """Something cannot be installed or removed; the message is a sentence that says what to do."""


class Installer:
    """Runs uv or pip on one environment."""

    def __init__(self, python: Path, work_dir: Path) -> None:
        """Take the environment's Python. The installer runs in `work_dir`, so that no project's settings meddle.

        Raises:
            InstallError: there is neither uv nor pip.
        """
        self._python = python
        self._work_dir = work_dir
        self._uv = _find_uv()
        if self._uv is None and importlib.util.find_spec("pip") is None:
            message = (
                "neither uv nor pip is there to install with: put uv on the PATH, "
                f"or run `{sys.executable} -m ensurepip`, then try again"
            )
            raise InstallError(message)

    @property
    def tool(self) -> Literal["uv", "pip"]:
        """What installs."""
        return "uv" if self._uv else "pip"

    def build(self, project: Path, out_dir: Path) -> Path:
        """Build the wheel of a project's folder.

        Raises:
            InstallError: it cannot be built.
        """
        words: list[str | Path]
        if self._uv:
            words = [self._uv, "build", "--quiet", "--wheel", "--no-sources", "--out-dir", out_dir, project]
        else:
            words = [*_pip(), "wheel", "--quiet", "--no-deps", "--wheel-dir", out_dir, project]
        self._run(words, f"{project} cannot be built")
        wheels = sorted(out_dir.glob("*.whl"))
        if len(wheels) != 1:
            message = f"{project} cannot be built: {len(wheels)} wheels came out, not one"
            raise InstallError(message)
        return wheels[0]

    def install(self, requirements: Sequence[str], what: str, constraints: Path | None = None) -> None:
        """Install, with all that is needed and within the constraints; without constraints, nothing but what is named.

        Raises:
            InstallError: it cannot be installed; begins with `what`.
        """
        alone = ["--no-deps"] if constraints is None else ["--constraint", str(constraints)]
        if self._uv:
            words = [self._uv, "pip", "install", "--quiet", "--no-sources", "--python", str(self._python)]
        else:
            words = [*_pip(), "--python", str(self._python), "install", "--quiet", "--no-input"]
        self._run([*words, *alone, *requirements], what)

    def uninstall(self, names: Iterable[str]) -> None:
        """Uninstall distributions; those that are not there are none of its business.

        Raises:
            InstallError: one cannot be uninstalled.
        """
        given = sorted(names)
        if not given:
            return
        if self._uv:
            words = [self._uv, "pip", "uninstall", "--quiet", "--python", str(self._python)]
        else:
            words = [*_pip(), "--python", str(self._python), "uninstall", "--quiet", "--yes"]
        self._run([*words, *given], f"{', '.join(given)} cannot be uninstalled")

    def _run(self, words: Sequence[str | Path], what: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")}
        environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
        code, told = run_bounded(words, INSTALL_TIMEOUT_S, environment=environment, work_dir=self._work_dir)
        if code is None:
            message = f"{what}: {self.tool} took longer than {INSTALL_TIMEOUT_S:g} s"
            raise InstallError(message)
        if code:
            message = f"{what}: {_gist(told)}"
            raise InstallError(message)


def _find_uv() -> str | None:
    beside = Path(sys.executable).parent / "uv"
    return shutil.which("uv") or (str(beside) if os.access(beside, os.X_OK) else None)


def _pip() -> list[str]:
    return [sys.executable, "-m", "pip"]


def _gist(told: str) -> str:
    """Give what an installer says as one line, without its warnings and hints."""
    lines = [line.strip() for line in told.splitlines()]
    kept = [
        _MARKS.sub("", line)
        for line in lines
        if line and not line.lower().startswith(("warning", "hint", "note", "[notice]", "using python"))
    ]
    text = " ".join(kept)
    return text if len(text) <= MAX_SAID_CHARS else f"… {text[-MAX_SAID_CHARS:]}"


# --- the service's own environment ------------------------------------------------------------------------------------


def site_dir() -> Path:
    """Give the folder that the service's environment is installed in."""
    return Path(sysconfig.get_path("purelib"))


def check_writable() -> None:
    """Refuse an environment that cannot be changed.

    Raises:
        InstallError: it belongs to somebody else, as that of an image does.
    """
    if not os.access(site_dir(), os.W_OK):
        message = (
            f"{site_dir()} cannot be written by this user; run this as its owner, "
            "or install the plugin where the image is built"
        )
        raise InstallError(message)


def frozen_requirements(leaving_out: Iterable[str] = ()) -> list[str]:
    """Give what is installed as constraints, `name==version`."""
    left_out = set(leaving_out)
    return [f"{name}=={version}" for name, version in sorted(versions().items()) if name not in left_out]


class Backup:
    """The files of distributions that are about to be replaced, to be put back if that fails."""

    def __init__(self, names: Iterable[str], folder: Path) -> None:
        """Copy every file of the named distributions that are installed."""
        self._copies: list[tuple[Path, Path]] = []
        self.names: set[str] = set()
        for name in names:
            try:
                files = metadata.distribution(name).files or []
            except metadata.PackageNotFoundError:
                continue
            self.names.add(name)
            for file in files:
                source = Path(str(file.locate()))
                if source.is_file() and "__pycache__" not in source.parts:
                    copy = folder / str(len(self._copies))
                    shutil.copy2(source, copy)
                    self._copies.append((source, copy))

    def restore(self) -> None:
        """Put the files back where they were."""
        for source, copy in self._copies:
            source.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(copy, source)


# --- a throw-away environment -----------------------------------------------------------------------------------------


def make_shadow(folder: Path, leaving_out: Iterable[str]) -> tuple[Path, Path]:
    """Make an environment with the metadata of all that the service has, and no code; gives its Python and its site.

    So an installer resolves there as it would in the service's environment, and installs only what is missing.
    """
    venv.EnvBuilder(symlinks=True, with_pip=False).create(folder)
    python = folder / "bin" / "python"
    site = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    left_out = {canonical(name) for name in leaving_out}
    seen: set[str] = set()
    for entry in sys.path:
        for known in sorted(Path(entry).glob("*.dist-info")) if entry else ():
            name, _, version = known.name.removesuffix(".dist-info").partition("-")
            if canonical(name) in left_out | seen or not version:
                continue
            seen.add(canonical(name))
            copy = site / known.name
            copy.mkdir()
            for each in _SHOWN:
                if (known / each).is_file():
                    shutil.copy(known / each, copy / each)
            (copy / "RECORD").touch()
    return python, site


def drop_from_shadow(site: Path, names: Iterable[str]) -> None:
    """Take the metadata of some distributions out of a shadow."""
    dropped = {canonical(name) for name in names}
    for known in site.glob("*.dist-info"):
        if canonical(known.name.partition("-")[0]) in dropped:
            shutil.rmtree(known)


def overwritten(site: Path, replaced: Iterable[str]) -> list[str]:
    """Give the files of the service's environment that what was installed into a shadow would overwrite or hide."""
    owned = {file for name in replaced for file in _files_of(name)}
    found = [name for name in ("missionwire", "missionwire.py") if (site / name).exists()]
    scripts = site.parents[2] / "bin"
    for folder, real in ((site, site_dir()), (scripts, Path(sysconfig.get_path("scripts")))):
        for path in folder.rglob("*"):
            inside = path.relative_to(folder)
            if inside.parts[0].endswith(".dist-info") or "__pycache__" in inside.parts or path.is_dir():
                continue
            if folder == scripts and inside.name.lower().startswith(_OF_VENV):
                continue
            target = real / inside
            if target.exists() and os.path.normpath(target) not in owned:
                found.append(str(inside))
    return sorted(found)


def _files_of(name: str) -> Iterable[str]:
    try:
        files = metadata.distribution(name).files or []
    except metadata.PackageNotFoundError:
        return []
    return [os.path.normpath(str(file.locate())) for file in files]
