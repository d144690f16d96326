"""A process forked by the launcher is like one that was started anew, except for the memory it shares."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from local import launcher, processes
from local.processes import Spec

SCRIPT = """
import json, os, signal, sys
print(json.dumps({
    "argv": sys.argv, "cwd": os.getcwd(), "env": dict(os.environ), "session": os.getsid(0) == os.getpid(),
    "parent": os.getppid(), "name": __name__, "sqlalchemy": "sqlalchemy" in sys.modules,
    "sigchld": signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL, "stdin": sys.stdin.read(),
    "prometheus": "prometheus_client" in sys.modules,
}), flush=True)
sys.exit(3)
"""


@pytest.fixture
def started(run):
    place = launcher.socket_of(run.path)
    spec = Spec(
        name="launcher",
        command=[sys.executable, "-P", "-m", "local.launcher", str(place)],
        env=os.environ | {"MALLOC_ARENA_MAX": "2"},
        ready=lambda: launcher.answers(place),
        cwd=Path(__file__).parent,
    )
    pid = processes.start(run, spec)
    processes.wait_ready(run, [spec])
    yield pid
    processes.stop(run, "launcher")
    place.unlink(missing_ok=True)


@pytest.fixture
def script(run):
    path = run.path / "script"
    path.write_text(SCRIPT)
    env = os.environ | {"MALLOC_ARENA_MAX": "2", "ONLY": "here"}
    return Spec(name="script", command=[str(path), "api"], env=env, ready=lambda: True, cwd=run.path, python=True)


def told(run):
    log = processes.log_of(run, "script")
    assert processes.wait_until(lambda: log.exists() and log.read_text().endswith("\n"), 30)
    return json.loads(log.read_text().splitlines()[-1])


def test_it_has_its_own_environment_session_folder_and_log(run, started, script):
    pid = processes.start(run, script)
    seen = told(run)

    assert seen["argv"] == script.command
    assert (seen["cwd"], seen["name"], seen["stdin"]) == (str(run.path), "__main__", "")
    assert seen["env"]["ONLY"] == "here"
    assert set(seen["env"]) == set(script.env)
    assert (seen["session"], seen["parent"], seen["sigchld"]) == (True, started, True)
    assert seen["sqlalchemy"]
    assert not seen["prometheus"]
    assert processes.wait_until(lambda: processes.pid_of(run, "script") is None, 10)
    assert processes.wait_until(lambda: not Path(f"/proc/{pid}").exists(), 10), "the launcher reaps what has ended"


def test_a_module_is_run_as_well(run, started, script):
    processes.start(run, replace(script, command=[sys.executable, "-m", "this"]))
    log = processes.log_of(run, "script")

    assert processes.wait_until(lambda: log.exists() and "honking great idea" in log.read_text(), 30)


def test_what_counts_only_at_a_programs_start_is_started_anew(run, started, script):
    env = {**script.env, "PYTHONHASHSEED": "7"}

    assert launcher.fork(launcher.socket_of(run.path), script.command, env, run.path, run.path / "log") is None


def test_without_a_launcher_processes_start_all_the_same(run, script):
    path = Path(script.command[0])
    path.write_text(f"#!{sys.executable}\n{SCRIPT}")
    path.chmod(0o755)
    processes.start(run, script)

    assert told(run)["parent"] == os.getpid()
