"""`gateway organisation …` on the command line."""

import json

import pytest
from click.testing import CliRunner

from gateway.cli import main

CHANGED = "gateway.organisation.changed.v1"


@pytest.fixture
def run(app):
    return lambda *arguments: CliRunner().invoke(main, ["organisation", *arguments])


def test_settings_are_set_and_shown(run, emitted):
    done = run("set", r"address=240 Harbor Street\nGeorge Town", "currency=KYD", "net_terms=14", "time_increment=null")

    assert done.exit_code == 0, done.output
    shown = json.loads(run("show").output)
    assert (shown["address"], shown["currency"], shown["net_terms"]) == ("240 Harbor Street\nGeorge Town", "KYD", 14)
    assert emitted(CHANGED)[-1].actor == "system:system"


def test_only_new_settings_are_set_if_so_asked(run):
    run("set", "currency=KYD")

    assert run("set", "currency=EUR", "--if-new").exit_code == 0
    assert json.loads(run("show").output)["currency"] == "KYD"


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("currency=XXX1", "currency: "),
        ("net_terms=many", "net_terms: "),
        ("currency", "NAME=VALUE"),
        ("rate=1", "rate: "),
    ],
)
def test_bad_values_are_named_and_change_nothing(run, emitted, argument, told):
    refused = run("set", "name=Harbor IT", argument)

    assert refused.exit_code == 1
    assert told in refused.output
    assert emitted(CHANGED) == []
