"""`make test`: runs every test on its own infrastructure and removes it afterwards.

There are three pytest runs. Tests that need only PostgreSQL and RabbitMQ run while a system with the demo starts.
Tests that use that system follow, then one by one those that stop parts of it (`runs_alone`). Tests marked
`weekly` run on Mondays or with TEST_WEEKLY=yes. The last run prints the total count.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from local import infra, postgres, report, system, web
from local.run_dir import REPOSITORY, RunDir

SERVICES_ALONE = ("libs", "services", "deploy/local/tests", "tests/contracts", "tests/architecture")
WHOLE_SYSTEM = ("tests/e2e", "tests/faults", "tests/web")
# A browser, a race or a killed process can be unlucky once. The summary names each test that needed it as RERUN.
_ONE_MORE_TRY = ("--reruns", "1", "-rR")
_NO_TESTS_FOUND = 5
_MONDAY = 0
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# RUN/env may be loaded in the developer's shell; tests must not use that system.
_FOREIGN = ("EVERGREEN_", "AMQP_", "SMTP_", "MAILBOX_", "IDENTITY_", "POSTGRES_", "RABBITMQ", "DATABASE_", "TEST_")


def main(arguments: list[str]) -> int:
    """Runs the whole suite, or pytest with the given arguments (paths, -k, -x …)."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with _workplace() as home, ThreadPoolExecutor(2) as aside:
        starting = aside.submit(infra.up, RunDir.of(home / "infra"), ephemeral=True)
        if arguments:
            return _pytest(_environment(home, starting.result().env), arguments)
        web_client = aside.submit(_web_client_and_system, home)
        env = _environment(home, starting.result().env)
        counts = str(home / "counts.json")
        two = ["-n", "2", "--dist", "loadfile", "--timeout", "150", *_ONE_MORE_TRY]
        alone = _pytest(env | {"SUITE_SAVE": counts}, [*two, *_existing(SERVICES_ALONE)])
        if web_client.result():
            return 1
        failures = [alone]
        env |= {"SUITE_ADD": counts, "TEST_SYSTEM_RUN": str(home / "system")}
        whole_system = [*_ONE_MORE_TRY, *_existing(WHOLE_SYSTEM)]
        shared = ["-n", "3", "--dist", "loadscope", "-m", "not runs_alone"]
        failures.append(_pytest(env | {"SUITE_SAVE": counts}, [*shared, *whole_system]))
        weekly = os.environ.get("TEST_WEEKLY") == "yes" or datetime.now(UTC).weekday() == _MONDAY
        chosen = "runs_alone" if weekly else "runs_alone and not weekly"
        failures.append(_pytest(env, ["-m", chosen, *whole_system]))
    return next((code for code in failures if code), 0)


@contextmanager
def _workplace() -> Iterator[Path]:
    """Creates a folder for the tests; at the end it stops all processes in it."""
    home = Path(tempfile.mkdtemp(prefix="evergreen-test-"))
    home.chmod(0o755)
    (home / "tmp").mkdir()
    try:
        yield home
    finally:
        for state in home.glob("**/state"):
            run = RunDir(state.parent)
            system.down(run)
            postgres.remove(run)
        shutil.rmtree(home, ignore_errors=True)


def _environment(home: Path, env: Mapping[str, str]) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN)}
    browser = next((path for name in _CHROMIUM if (path := shutil.which(name))), "")
    return own | infra.exports(env) | {"TMPDIR": str(home / "tmp"), "TEST_CHROMIUM": browser}


def _existing(paths: tuple[str, ...]) -> list[str]:
    return [path for path in paths if any((REPOSITORY / path).glob("**/test_*.py"))]


def _web_client_and_system(home: Path) -> int:
    """Builds the web client, runs its unit tests, and starts the shared system."""
    try:
        if web.exists():
            web.build(home / "web-build.log", report.step)
            report.step("testing the web client's units")
            web.npm(home / "web-test.log", "test")
    except web.WebBuildFailed as failure:
        click.secho(str(failure), fg="red")
        return 1
    report.step("starting a system with the demo")
    system.start_system(home / "system", demo=True)
    return 0


def _pytest(env: dict[str, str], arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-p", "local.suite_count", *arguments]
    code = subprocess.run(command, cwd=REPOSITORY, env=env, check=False).returncode
    return 0 if code == _NO_TESTS_FOUND and "SUITE_ADD" in env else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
