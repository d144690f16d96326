"""The output of the commands."""

from pathlib import Path

import click
import psutil

from local import envfile, names, processes, system, users
from local.run_dir import RunDir


def step(text: str) -> None:
    click.secho(f"· {text}", dim=True, err=True)


def started(run: RunDir, seconds: float) -> None:
    env = envfile.read(run.env)
    default = run == RunDir.of(".run")
    suffix = "" if default else f" RUN={run.path}"
    click.echo(f"\nEvergreen is up ({seconds:.1f} s):  {env['EVERGREEN_URL']}\n")
    click.echo(f"  API          {env['EVERGREEN_URL']}/api/docs")
    click.echo(f"  Mailbox      {env['MAILBOX_URL']}   (receives every email, and writes to the service desk)")
    _logins(run, env)
    click.echo(f"\n  make logs{suffix}   make ps{suffix}")
    click.echo(f"  make down{suffix} (stops it)   make reset{suffix} (deletes its data)\n")


def _logins(run: RunDir, env: dict[str, str]) -> None:
    """Prints passwords the first time only; RUN/env keeps them."""
    shown = run.state / "logins.shown"
    already = set(shown.read_text().split()) if shown.exists() else set()
    roles = [role for role in (*users.STAFF, *users.CLIENTS) if f"EVERGREEN_{role.upper()}_EMAIL" in env]
    fresh = [role for role in roles if role not in already]
    if fresh:
        click.echo("\n  Demo users (printed once, kept in " + str(_short(run.env)) + "):")
    elif roles:
        click.echo(f"\n  Demo users and their passwords are in {_short(run.env)}")
    for role in fresh:
        prefix = f"EVERGREEN_{role.upper()}"
        click.echo(f"    {role:<13} {env[f'{prefix}_EMAIL']:<33} {env[f'{prefix}_PASSWORD']}")
    shown.write_text("\n".join(roles))


def _short(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def processes_of(run: RunDir) -> None:
    click.echo(f"{'process':<22}{'pid':>8}{'port':>7}{'memory':>10}{'up':>10}")
    env = envfile.read(run.env)
    for name in names.processes():
        pid = processes.pid_of(run, name)
        port = env.get(_port_key(name), "")
        if pid is None:
            click.echo(f"{name:<22}{'-':>8}{port:>7}{'stopped':>10}")
        else:
            seconds = system.uptime(run, name) or 0
            click.echo(f"{name:<22}{pid:>8}{port:>7}{memory_of(pid) / 1e6:>7.0f} MB{_duration(seconds):>10}")


def _port_key(name: str) -> str:
    service, _, kind = name.partition("-")
    return f"{service.upper()}_WORKER_PORT" if kind == "worker" else f"{service.upper()}_PORT"


def memory_of(pid: int, *, descendants: bool = True) -> int:
    """Returns bytes of the process and its descendants, with shared pages divided among them."""
    try:
        leader = psutil.Process(pid)
        children = leader.children(recursive=True) if descendants else []
        return sum(_proportional(process.pid) for process in (leader, *children))
    except psutil.NoSuchProcess:
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _duration(seconds: float) -> str:
    minutes, hours = int(seconds // 60), int(seconds // 3600)
    return f"{hours}h {minutes % 60}m" if hours else f"{minutes}m {int(seconds % 60)}s"
