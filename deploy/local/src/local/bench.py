"""`make bench`: starts, measures and removes its own system. Reports figures without asserting them."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from local import envfile, infra, names, organisation, processes, report, system
from local.run_dir import REPOSITORY, RunDir

_LOAD = REPOSITORY / "tests/load"
# All requests come from one address, so production limits would distort the figures.
_TUNING = {"API_RATE_LIMIT": "1000000/minute"}
# A new catalog rate must reach every card, which is more work than creating reviews.
_POLICY = "rate_change_policy=follow"


def main(wanted: list[str]) -> int:
    """Runs all of tests/load/*_bench.py, or those whose name contains an argument."""
    folder = Path(tempfile.mkdtemp(prefix="evergreen-bench-"))
    folder.chmod(0o755)
    run = RunDir.of(folder / "run")
    click.echo(f"Machine: {_machine()}\n")
    run.path.mkdir()
    envfile.write(run.env, _TUNING)  # starting the system keeps these values
    try:
        _starts(run)
        _memory(run)
        scripts = [path for path in sorted(_LOAD.glob("*_bench.py")) if _chosen(path, wanted)]
        return max((_measure(run, script) for script in scripts), default=0)
    finally:
        system.reset(run)
        shutil.rmtree(folder, ignore_errors=True)


def _chosen(path: Path, wanted: list[str]) -> bool:
    return not wanted or any(word in path.stem for word in wanted)


def _machine() -> str:
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    memory = next(int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal"))
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} × {model}, {memory / 2**20:.0f} GiB, Linux {platform.release()}, "
        f"Python {platform.python_version()}, load before {load:.1f}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


def _starts(run: RunDir) -> None:
    def timed(what: str) -> None:
        began = time.monotonic()
        system.start_system(run.path, ephemeral=False, say=report.step)
        click.echo(f"{what:<44}{time.monotonic() - began:>8.1f} s")

    timed("up, cold (libraries installed, no data)")
    timed("up, warm (everything runs)")
    system.down(run)
    timed("up, after down")
    organisation.change(run, _POLICY)


def _memory(run: RunDir) -> None:
    click.echo(f"\n{'memory per process':<44}{'MB':>8}")
    total = 0.0
    for name in (*names.processes(), names.LAUNCHER, "epmd"):
        pid = processes.pid_of(run, name)
        megabytes = report.memory_of(pid, descendants=name != names.LAUNCHER) / 1e6 if pid else 0.0
        total += megabytes
        click.echo(f"  {name:<42}{megabytes:>8.0f}")
    click.echo(f"  {'all':<42}{total:>8.0f}\n")


def _measure(run: RunDir, script: Path) -> int:
    """Runs a script. Scripts for a running system take --run; the others use only the infrastructure."""
    click.secho(f"{script.stem}", bold=True)
    options = ["--run", str(run.path)] if '"--run"' in script.read_text() else []
    env = os.environ | infra.exports(envfile.read(run.env))
    finished = subprocess.run([sys.executable, str(script), *options], env=env, cwd=REPOSITORY, check=False)
    click.echo()
    return finished.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
