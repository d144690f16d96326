"""The web client's generated API matches the committed document."""

import filecmp
from pathlib import Path

import pytest

from local import web


@pytest.mark.skipif(not (web.SOURCE / "node_modules").is_dir(), reason="the web client's libraries are not installed")
def test_regenerating_the_web_client_changes_nothing(generator, tmp_path):
    generator.generate_web_client(tmp_path / "gen")

    assert differences(filecmp.dircmp(tmp_path / "gen", generator.WEB_CLIENT)) == [], "run `make contracts`"


def differences(compared: "filecmp.dircmp[str]") -> list[str]:
    here = Path(compared.left).name
    found = [*compared.left_only, *compared.right_only, *compared.diff_files, *compared.funny_files]
    return [f"{here}/{name}" for name in found] + [
        name for inner in compared.subdirs.values() for name in differences(inner)
    ]
