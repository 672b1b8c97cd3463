"""The installer of plugins: metadata first, then a trial, then the service's own environment; undone if anything fails.

Nothing here imports a plugin: what must be imported is tried in a process of its own, and removing needs no import.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from os import getpid
from pathlib import Path
from typing import Final, TypeAlias

from msgspec import Struct, structs
from packaging.requirements import Requirement

from missionwire.plugins import candidate as candidates
from missionwire.plugins.candidate import Asked, Candidate, sha256_of
from missionwire.plugins.discovery import Found, discover
from missionwire.plugins.environment import (
    Backup,
    Installer,
    InstallError,
    check_writable,
    drop_from_shadow,
    frozen_requirements,
    make_shadow,
    overwritten,
)
from missionwire.plugins.manifest import Manifest, Record, change_manifest, read_manifest
from missionwire.plugins.premises import (
    WHEELS,
    Premises,
    alone,
    drop_old_wheels,
    is_named,
    is_same,
    orphans,
    versions_now,
)
from missionwire.plugins.requirements import canonical, has_extras, unmet, versions
from missionwire.plugins.trial import Probed, try_out

MAX_TOLD: Final = 3
"""Of many files, so many are named."""

Tell: TypeAlias = Callable[[str], None]
"""Is told each step as it begins, in a few words."""


class Done(Struct, frozen=True, kw_only=True):
    """What was installed. `replaced` is the version that was there before; `warnings` are sentences."""

    record: Record
    replaced: str | None = None
    warnings: tuple[str, ...] = ()


def install(asked: Asked, premises: Premises, tell: Tell) -> Done:
    """Install a plugin and record it in the manifest. On any failure everything is as it was.

    Raises:
        InstallError: it cannot be installed; the message says why and what to do.
        ManifestError: the manifest cannot be read or written.
    """
    with alone():
        known = read_manifest(premises.data_folder)  # before anything else: a damaged one must not be found out last
        return _Installation(asked, premises, known, tell).run()


class _Needs(Struct, frozen=True, kw_only=True):
    """What comes along: all of it, what of that is new, and the distributions that give way to it."""

    brought: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    replaced: frozenset[str] = frozenset()


class _Installation:
    """One installation, from what was asked to the record of it."""

    def __init__(
        self, asked: Asked, premises: Premises, known: Manifest, tell: Tell, again: Record | None = None
    ) -> None:
        """Take what was asked. `again` is the record of what was installed once and is to be as it was."""
        self._asked = asked
        self._premises = premises
        self._known = known
        self._tell = tell
        self._again = again
        self._warnings: list[str] = []

    def run(self) -> Done:
        with tempfile.TemporaryDirectory(prefix="missionwire-install-", ignore_cleanup_errors=True) as name:
            work = Path(name)
            done = self._file(work) if self._asked.kind == "file" else self._distribution(work)
        off = [
            f"{name} is switched off; `missionwire plugins enable {name}` switches it on"
            for name in done.record.plugins
            if name in self._known.disabled
        ]
        return structs.replace(done, warnings=(*done.warnings, *off))

    # --- a distribution -----------------------------------------------------------------------------------------------

    def _distribution(self, work: Path) -> Done:
        check_writable()
        installer = Installer(Path(sys.executable), work)
        wheel = self._wheel(installer, work)
        if wheel is None:
            name = Requirement(self._asked.requirement).name
        else:
            name = self._fit(candidates.of_wheel(wheel)).distribution
        python, site = make_shadow(work / "trial", [name])
        trial = Installer(python, work)
        self._tell(f"installing {name} into a throw-away environment")
        trial.install([str(wheel or self._asked.requirement)], f"{self._asked.requirement} cannot be installed")
        found = self._fit(candidates.of_distribution(_in(site, name)))
        needs = self._bring(trial, site, found, work)
        if spoilt := overwritten(site, {name, *needs.replaced}):
            message = f"{found.distribution} would overwrite {', '.join(spoilt[:MAX_TOLD])}, which is not its own"
            raise InstallError(message)
        self._try(found, site)
        record = self._record_of(found, needs.brought, wheel)
        source = (
            ["-e", self._asked.requirement] if self._asked.kind == "editable" else [str(wheel or record.requirement)]
        )
        replaced = {canonical(name), *needs.replaced}
        with self._undone_on_failure(installer, replaced, work) as before:
            self._tell(f"installing {found.distribution} {found.version}")
            installer.install([*source, *needs.fresh], f"{found.distribution} cannot be installed")
            self._verify(found, needs.fresh, before, replaced)
            if wheel is not None and record.wheel is not None:
                self._keep(wheel, record.wheel)
            self._record(record)
        return Done(record=record, replaced=before.get(canonical(name)), warnings=tuple(self._warnings))

    def _record_of(self, found: Candidate, brought: tuple[str, ...], source: Path | None) -> Record:
        kind = self._asked.kind
        sha256 = sha256_of(source) if source is not None and kind != "editable" else None
        return Record(
            plugins=tuple(each.name for each in found.plugins),
            distribution=found.distribution,
            version=found.version,
            kind=kind,
            requirement=self._pinned(found) if kind == "name" else self._asked.requirement,
            installed_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            wheel=f"{sha256[:12]}/{source.name}" if source and sha256 and kind in ("folder", "wheel") else None,
            sha256=sha256,
            brought=brought,
        )

    def _wheel(self, installer: Installer, work: Path) -> Path | None:
        """Give the wheel to try: the given one, the one kept from before, or one built now. None for a name."""
        asked, again = self._asked, self._again
        if again is not None and again.wheel is not None:
            kept = self._premises.data_folder / WHEELS / again.wheel
            if kept.is_file():
                if sha256_of(kept) != again.sha256:
                    message = f"{kept} is not what was installed once; install {again.distribution} anew"
                    raise InstallError(message)
                return kept
        if asked.kind == "name":
            return None
        if not asked.path.exists():
            message = f"{asked.path} is no longer there; install {again.distribution if again else 'it'} from elsewhere"
            raise InstallError(message)
        if asked.kind == "wheel":
            return asked.path
        early = candidates.of_project(asked.path)
        if early is not None:
            self._fit(early)
        self._tell(f"building {asked.path}")
        return installer.build(asked.path, work / "built")

    def _fit(self, found: Candidate) -> Candidate:
        candidates.check(found, discover(self._premises.plugins_folder), self._lonely(found.distribution))
        return found

    def _lonely(self, distribution: str) -> set[str]:
        """Name what came along with the version that is there, and may change because nobody else needs it."""
        record = self._known.record_of(distribution)
        return orphans(record, self._known, self._premises) if record is not None else set()

    def _pinned(self, found: Candidate) -> str:
        extras = ",".join(sorted(Requirement(self._asked.requirement).extras))
        return f"{found.distribution}{extras and f'[{extras}]'}=={found.version}"

    def _bring(self, trial: Installer, site: Path, found: Candidate, work: Path) -> _Needs:
        """Install what it needs and is not there into the trial's environment."""
        record = self._known.record_of(found.distribution)
        came = record.brought if record is not None else ()
        installed = versions()
        installed.pop(canonical(found.distribution), None)
        replaced: set[str] = set()
        if any(each.name in self._lonely(found.distribution) for each in unmet(found.requires, installed)):
            replaced = self._lonely(found.distribution)
            drop_from_shadow(site, replaced)
        installed = {name: version for name, version in installed.items() if name not in replaced}
        lacking = [each.requirement for each in unmet(found.requires, installed)]
        lacking += [line for line in found.requires if has_extras([line])]
        kept = [line for line in came if line.partition("==")[0] in installed]
        if not lacking:
            return _Needs(brought=tuple(sorted(kept)))
        pins = self._again.brought if self._again is not None else ()
        left_out = {canonical(found.distribution), *replaced, *(line.partition("==")[0] for line in pins)}
        constraints = work / "constraints.txt"
        constraints.write_text("\n".join([*frozen_requirements(left_out), *pins]) + "\n", encoding="utf-8")
        before = versions([str(site)])
        self._tell(f"fetching what {found.distribution} needs: {', '.join(lacking)}")
        what = f"{found.distribution} needs {', '.join(lacking)}, which cannot be installed here"
        trial.install(lacking, what, constraints)
        after = versions([str(site)])
        fresh = tuple(f"{name}=={version}" for name, version in sorted(after.items()) if before.get(name) != version)
        return _Needs(brought=tuple(sorted({*kept, *fresh})), fresh=fresh, replaced=frozenset(replaced))

    def _try(self, found: Candidate, site: Path) -> None:
        for plugin in found.plugins:
            self._tell(f"trying out the plugin {plugin.name}")
            self._take(try_out(plugin, site=site, config=self._premises.configs.get(plugin.name)), plugin)

    def _take(self, probed: Probed, plugin: Found) -> None:
        """Refuse a plugin that its trial found unfit; note what is merely worth a word."""
        if (told := probed.sentence(plugin.name)) is not None:
            lacks = "; if it needs a package, name it in its dependencies" if "ModuleNotFoundError" in told else ""
            raise InstallError(told + lacks)
        for fault in probed.config_faults:
            if fault not in self._warnings:
                self._warnings.append(fault)

    def _verify(
        self, found: Candidate, brought: Iterable[str], before: Mapping[str, str], replaced: Iterable[str]
    ) -> None:
        """Look at the service's environment as it is now: only what was meant has changed, and the plugin loads."""
        expected = {name: version for name, version in before.items() if name not in set(replaced)}
        expected |= dict(line.split("==", 1) for line in brought)
        if not found.plugins[0].is_file:
            expected[canonical(found.distribution)] = found.version
        if (told := _difference(expected, versions_now())) is not None:
            message = f"installing {found.distribution} changed more than it should: {told}"
            raise InstallError(message)
        for plugin in found.plugins:
            self._tell(f"checking the plugin {plugin.name}")
            config = self._premises.configs.get(plugin.name)
            self._take(try_out(plugin, is_installed=not plugin.is_file, config=config), plugin)

    @contextmanager
    def _undone_on_failure(
        self, installer: Installer | None, replaced: Iterable[str], work: Path
    ) -> Iterator[dict[str, str]]:
        """Take out what is to be replaced; give what was there before, and make it so again if the block fails."""
        before = versions_now()
        backups = work / "backup"
        backups.mkdir()
        backup = Backup([name for name in replaced if name in before], backups)
        try:
            if installer is not None:
                installer.uninstall(backup.names)
            yield before
        except BaseException as error:
            if installer is not None:
                self._tell("putting everything back")
                self._put_back(installer, backup, before, error)
            raise

    def _put_back(self, installer: Installer, backup: Backup, before: Mapping[str, str], error: BaseException) -> None:
        now = versions_now()
        installer.uninstall({name for name in now if name not in before or name in backup.names})
        backup.restore()
        if (told := _difference(before, versions_now())) is not None:
            message = f"{error}. And the environment could not be put back as it was: {told}"
            raise InstallError(message) from error

    # --- a single file ------------------------------------------------------------------------------------------------

    def _file(self, work: Path) -> Done:
        source = self._asked.path
        target = self._premises.plugins_folder / source.name
        if self._again is not None and not source.is_file():
            source = target
        if not source.is_file():
            message = f"{source} is no longer there, nor is {self._asked.path}; install it from elsewhere"
            raise InstallError(message)
        found = self._fit(candidates.of_file(source))
        record = self._known.record_of(found.distribution)
        if target.exists() and record is None and not is_same(source, target):
            message = f"{target} is there already, and was put there by hand; move it away first"
            raise InstallError(message)
        installer, site, needs = None, work, _Needs()
        if found.requires:
            check_writable()
            installer = Installer(Path(sys.executable), work)
            python, site = make_shadow(work / "trial", [])
            needs = self._bring(Installer(python, work), site, found, work)
        self._try(found, site)
        fresh = self._record_of(found, needs.brought, source)
        with self._undone_on_failure(installer, needs.replaced, work) as before, _copied(source, target, work):
            if installer is not None and needs.fresh:
                installer.install(needs.fresh, f"what {found.distribution} needs cannot be installed")
            self._verify(candidates.of_file(target), needs.fresh, before, needs.replaced)
            self._record(fresh)
        replaced = record.version if record is not None else None
        return Done(record=fresh, replaced=replaced, warnings=tuple(self._warnings))

    # --- the record ---------------------------------------------------------------------------------------------------

    def _keep(self, wheel: Path, name: str) -> None:
        """Keep the wheel, so that exactly this can be restored."""
        target = self._premises.data_folder / WHEELS / name
        if target == wheel:
            return
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = target.with_name(f"{target.name}.{getpid()}.new")
        shutil.copyfile(wheel, fresh)
        fresh.replace(target)

    def _record(self, record: Record) -> None:
        change_manifest(self._premises.data_folder, lambda manifest: manifest.with_record(record))
        drop_old_wheels(self._premises.data_folder)


# --- restoring --------------------------------------------------------------------------------------------------------


def missing(premises: Premises) -> list[Record]:
    """Give what the manifest says is installed and is not there, as after a sync of the environment or in a new one.

    Raises:
        ManifestError: the manifest cannot be read.
    """
    manifest = read_manifest(premises.data_folder)
    if not manifest.installed:
        return []
    present = versions()
    return [record for record in manifest.installed if not _is_there(record, premises, present)]


def _is_there(record: Record, premises: Premises, present: Mapping[str, str]) -> bool:
    if any(present.get(name) != version for name, version in (line.split("==", 1) for line in record.brought)):
        return False
    if record.kind == "file":
        return (premises.plugins_folder / record.distribution).is_file()
    return present.get(canonical(record.distribution)) == record.version


def restore(record: Record, premises: Premises, tell: Tell) -> Done:
    """Install again what a record tells, from the wheel that was kept where there is one.

    Raises:
        InstallError: it cannot be installed.
        ManifestError: the manifest cannot be read or written.
    """
    with alone():
        known = read_manifest(premises.data_folder)
        asked = Asked(kind=record.kind, requirement=record.requirement)
        return _Installation(asked, premises, known, tell, again=record).run()


# --- small things -----------------------------------------------------------------------------------------------------


def _in(site: Path, name: str) -> metadata.Distribution:
    found = next((d for d in metadata.distributions(path=[str(site)]) if is_named(name, d.metadata["Name"])), None)
    if found is None:
        message = f"{name} has no metadata; it cannot be told what it is"
        raise InstallError(message)
    return found


def _difference(expected: Mapping[str, str], found: Mapping[str, str]) -> str | None:
    told = [
        f"{name} is {found.get(name, 'gone')}, not {expected.get(name, 'there')}"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]
    return ", ".join(told) or None


@contextmanager
def _copied(source: Path, target: Path, work: Path) -> Iterator[None]:
    """Put a file into place, whole or not at all; if the block fails, what was there before is there again."""
    if source == target:
        yield
        return
    before = work / "before.py"
    had = target.exists()
    if had:
        shutil.copy2(target, before)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{getpid()}.new")
    try:
        shutil.copyfile(source, fresh)
        fresh.replace(target)
        yield
    except BaseException:
        fresh.unlink(missing_ok=True)
        if had:
            shutil.copy2(before, target)
        else:
            target.unlink(missing_ok=True)
        raise
