"""Refused commands and their effects."""

import pytest

from local import fingerprint, infra, system
from local.run_dir import RunDir
from local.system import UnknownProcess


def test_an_unknown_process_is_named_with_those_there_are(run):
    with pytest.raises(
        UnknownProcess, match="there is no process 'biling-api'; choose one of postgres, rabbitmq, mailbox, catalog-api"
    ):
        system.stop_one(run, "biling-api")


def test_a_reset_leaves_nothing(tmp_path):
    run = RunDir.of(tmp_path / "gone")
    infra.prepare(run, ephemeral=True)
    system.reset(run)
    assert not run.path.exists()


def test_a_test_system_stays_one(run):
    infra.prepare(run, ephemeral=True)
    assert infra.prepare(run).ephemeral


def test_preparing_twice_changes_nothing(run):
    first = infra.prepare(run, ephemeral=True)
    key = (run.identity / "private.pem").read_bytes()
    assert infra.prepare(run) == first
    assert (run.identity / "private.pem").read_bytes() == key


def test_changed_sources_are_noticed_and_build_products_are_not(tmp_path):
    source = tmp_path / "src/main.ts"
    source.parent.mkdir()
    source.write_text("one")
    (tmp_path / "dist").mkdir()
    before = fingerprint.of_contents([tmp_path])
    (tmp_path / "dist/main.js").write_text("built")
    assert fingerprint.of_contents([tmp_path]) == before
    source.write_text("two")
    assert fingerprint.of_contents([tmp_path]) != before
