"""Processes are started, stopped and killed by pid file, and only those that were started."""

import json
import os
import signal
import subprocess
import sys

import pytest

from local import processes
from local.processes import ProcessDied


def test_a_started_process_has_a_pid_file_and_ends_when_stopped(run, sleeper):
    spec = sleeper()
    pid = processes.start(run, spec)
    processes.wait_ready(run, [spec])
    assert (run.pids / "sleeper.pid").read_text() == f"{pid}\n"
    assert os.getsid(pid) == pid
    assert processes.stop(run, "sleeper")
    assert processes.pid_of(run, "sleeper") is None
    assert not (run.pids / "sleeper.pid").exists()


def test_starting_twice_starts_once(run, sleeper):
    assert processes.start(run, sleeper()) == processes.start(run, sleeper())


def test_a_crashed_process_is_started_again_over_its_stale_pid_file(run, sleeper):
    first = processes.start(run, sleeper())
    processes.kill(run, "sleeper")
    assert (run.pids / "sleeper.pid").read_text() == f"{first}\n"
    assert processes.pid_of(run, "sleeper") is None
    second = processes.start(run, sleeper())
    assert second != first
    assert processes.pid_of(run, "sleeper") == second


def test_a_reused_pid_is_never_signaled(run):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (run.pids / "mailbox.pid").write_text(f"{stranger.pid}\n")
        (run.state / "mailbox.json").write_text(json.dumps({"pid": stranger.pid, "started": 1}))
        assert processes.pid_of(run, "mailbox") is None
        assert not processes.stop(run, "mailbox")
        assert stranger.poll() is None
        assert not (run.pids / "mailbox.pid").exists()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_pid_file_alone_proves_nothing(run):
    (run.pids / "mailbox.pid").write_text(f"{os.getpid()}\n")
    assert not processes.stop(run, "mailbox")


def test_a_process_that_ignores_the_request_is_killed_with_its_children(run, sleeper):
    code = (
        "import subprocess, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open('child', 'w').write(str(child.pid))"
    )
    spec = sleeper(code=code, stop_within=0.2)
    processes.start(run, spec)
    processes.wait_ready(run, [spec])
    child = int((spec.cwd / "child").read_text())
    processes.stop(run, "sleeper")
    assert processes.pid_of(run, "sleeper") is None
    assert processes.wait_until(lambda: processes._start_ticks(child) is None, 5)


def test_a_polite_process_that_leaves_a_child_behind_leaves_none(run, sleeper):
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open('child', 'w').write(str(child.pid))"
    )
    spec = sleeper(code=code)
    processes.start(run, spec)
    processes.wait_ready(run, [spec])
    child = int((spec.cwd / "child").read_text())
    processes.stop(run, "sleeper")
    assert processes.wait_until(lambda: processes._start_ticks(child) is None, 5)


def test_the_signal_to_stop_with_is_the_one_it_was_started_with(run, sleeper):
    code = "signal.signal(signal.SIGINT, lambda *_: (open('interrupted', 'w').close(), exit(0)))"
    spec = sleeper(code=code, stop_signal=signal.SIGINT)
    processes.start(run, spec)
    processes.wait_ready(run, [spec])
    processes.stop(run, "sleeper")
    assert (spec.cwd / "interrupted").exists()


def test_a_process_that_dies_while_starting_shows_its_last_words(run, sleeper):
    spec = sleeper(code="raise SystemExit('no database far and wide')")
    processes.start(run, spec)
    with pytest.raises(ProcessDied, match=r"sleeper ended while starting.*\n.*no database far and wide"):
        processes.wait_ready(run, [spec])


def test_a_process_that_is_never_ready_is_reported_too(run, sleeper):
    spec = sleeper(code="time.sleep(60)", ready_within=0.2)
    processes.start(run, spec)
    with pytest.raises(ProcessDied, match="was not ready after"):
        processes.wait_ready(run, [spec])
