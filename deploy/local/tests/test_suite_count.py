"""Two pytest runs print one total and list every failure of both."""

import os
import subprocess
import sys

FIRST = """
import pytest
def test_passes(): pass
def test_fails(): assert 1 == 2
@pytest.mark.skip(reason="not today")
def test_skips(): pass
@pytest.mark.xfail
def test_expected(): assert False
@pytest.fixture
def broken(): raise ValueError
def test_errors(broken): pass
"""
SECOND = "def test_one(): pass\ndef test_two(): pass\n"


UNLUCKY = """
tries = []
def test_once():
    tries.append(1)
    assert len(tries) == 2
"""


def run(folder, name, source, *options, **env):
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -ra\n")
    (folder / name).write_text(source)
    plugins = ["-p", "local.suite_count", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *plugins, "-n", "1", *options, name]
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "SUITE_"))}
    done = subprocess.run(command, cwd=folder, env=clean | env, capture_output=True, text=True, check=False)
    return done.stdout


def test_the_second_run_closes_with_both(tmp_path):
    counts = str(tmp_path / "counts.json")
    run(tmp_path, "test_first.py", FIRST, SUITE_SAVE=counts)
    output = run(tmp_path, "test_second.py", SECOND, SUITE_ADD=counts)
    assert "1 failed, 3 passed, 1 skipped, 1 xfailed, 1 error in" in output.splitlines()[-1]
    assert "FAILED test_first.py::test_fails - assert 1 == 2" in output
    assert "ERROR test_first.py::test_errors - ValueError" in output
    assert "SKIPPED [1] test_first.py:" in output


def test_a_third_run_closes_with_all_three(tmp_path):
    counts = str(tmp_path / "counts.json")
    run(tmp_path, "test_first.py", FIRST, SUITE_SAVE=counts)
    run(tmp_path, "test_second.py", SECOND, SUITE_ADD=counts, SUITE_SAVE=counts)
    output = run(tmp_path, "test_third.py", SECOND, SUITE_ADD=counts)
    assert "1 failed, 5 passed, 1 skipped, 1 xfailed, 1 error in" in output.splitlines()[-1]
    assert "FAILED test_first.py::test_fails - assert 1 == 2" in output


def test_a_test_that_passes_at_the_second_try_is_counted_once_and_named(tmp_path):
    counts = str(tmp_path / "counts.json")
    run(tmp_path, "test_first.py", UNLUCKY, "--reruns", "1", SUITE_SAVE=counts)
    output = run(tmp_path, "test_second.py", SECOND, "--reruns", "1", "-rR", SUITE_ADD=counts)
    assert "3 passed, 1 rerun in" in output.splitlines()[-1]
    assert "RERUN test_first.py::test_once" in output


def test_a_first_run_that_never_came_to_its_end_adds_nothing(tmp_path):
    output = run(tmp_path, "test_second.py", SECOND, SUITE_ADD=str(tmp_path / "missing.json"))
    assert "2 passed in" in output.splitlines()[-1]
