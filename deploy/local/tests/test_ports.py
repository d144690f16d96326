"""A system keeps its block of ports, and no two systems share one."""

import json
import socket

import pytest

from local import ports
from local.run_dir import RunDir


@pytest.fixture
def blocks(monkeypatch, unused_block):
    """Returns three unused blocks and separate claims for the test."""
    monkeypatch.setattr(ports, "FIRST_BLOCK", unused_block)
    monkeypatch.setattr(ports, "LAST_BLOCK", unused_block + 3 * ports.BLOCK_SIZE)
    return unused_block


@pytest.fixture
def unused_block():
    for base in range(15_000, 20_000, 3 * ports.BLOCK_SIZE):
        if all(ports.port_is_free(port) for port in range(base, base + 3 * ports.BLOCK_SIZE)):
            return base
    raise AssertionError("this machine has no free ports")


@pytest.fixture
def new_run(tmp_path):
    made: list[RunDir] = []

    def make(name: str) -> RunDir:
        run = RunDir.of(tmp_path / name)
        run.create()
        made.append(run)
        return run

    yield make
    for run in made:
        ports.release(run)


def test_the_first_system_gets_the_first_block_and_keeps_it(blocks, new_run):
    run = new_run("a")
    chosen = ports.choose(run, ephemeral=False, running=False)
    assert chosen["gateway-api"] == blocks
    assert len(set(chosen.values())) == len(chosen)
    assert ports.choose(run, ephemeral=False, running=False) == chosen
    assert json.loads(run.ports.read_text())["ports"] == chosen


def test_a_second_system_gets_another_block_even_while_the_first_is_down(blocks, new_run):
    first = ports.choose(new_run("a"), ephemeral=False, running=False)
    second = ports.choose(new_run("b"), ephemeral=False, running=False)
    assert not set(first.values()) & set(second.values())


def test_a_block_with_one_port_taken_is_left_alone(blocks, new_run):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", blocks + 5))
        stranger.listen()
        run = new_run("a")
        assert ports.choose(run, ephemeral=False, running=False)["gateway-api"] == blocks + ports.BLOCK_SIZE


def test_a_block_that_was_taken_meanwhile_is_exchanged_unless_the_system_runs(blocks, new_run):
    run = new_run("a")
    before = ports.choose(run, ephemeral=False, running=False)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", before["gateway-api"]))
        listener.listen()
        assert ports.choose(run, ephemeral=False, running=True) == before
        assert ports.choose(run, ephemeral=False, running=False) != before


def test_a_block_is_free_again_after_a_reset(blocks, new_run):
    run = new_run("a")
    first = ports.choose(run, ephemeral=False, running=False)
    ports.release(run)
    assert ports.choose(new_run("b"), ephemeral=False, running=False) == first


def test_an_unreadable_memory_of_ports_is_made_anew(blocks, new_run):
    run = new_run("a")
    run.ports.write_text("{")
    assert ports.choose(run, ephemeral=False, running=False)["gateway-api"] == blocks


def test_test_systems_stay_out_of_the_usual_blocks(new_run):
    chosen = ports.choose(new_run("a"), ephemeral=True, running=False)
    assert min(chosen.values()) >= ports.LAST_BLOCK
