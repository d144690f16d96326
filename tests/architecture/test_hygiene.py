"""The tree contains no registry addresses, absolute paths or secrets."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

BINARY = {".png", ".jpg", ".ico", ".woff2", ".pdf", ".gz", ".br"}
PUBLIC_REGISTRIES = (
    "py" + "pi.org", "pythonhosted" + ".org", "registry.npm" + "js.org", "registry.yarn" + "pkg.com",
    "proxy.golang" + ".org", "index.crates" + ".io", "npm" + "mirror.com",
)  # fmt: skip
PLACES_OF_A_MACHINE = re.compile(
    r"(?<![\w.$}~-])/(?:root|home/[a-z_]\w*|Users/[A-Za-z]\w*|work/(?:main|shared))(?=[/\s\"'`]|$)"
)
PRIVATE_KEY = "-----BEGIN " + "PRIVATE KEY-----"


@pytest.fixture(scope="module")
def texts(committed, root) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text(errors="replace") for path in committed if path.suffix not in BINARY
    }


def test_no_registry_is_named(texts):
    """A lock file with a registry address installs from that registry only."""
    hosts = {*PUBLIC_REGISTRIES, *_configured_hosts()}

    assert _found(texts, re.compile("|".join(map(re.escape, sorted(hosts))))) == []


def test_no_path_of_a_machine_is_named(texts, root):
    here = re.compile(re.escape(f"{root}/"))

    assert _found(texts, PLACES_OF_A_MACHINE) == []
    assert _found(texts, here) == []


def test_no_private_key_is_kept(texts):
    assert _found(texts, re.compile(re.escape(PRIVATE_KEY))) == []


def test_the_search_finds_what_it_looks_for():
    planted = {
        "a": "see /ro" + "ot/.cache/x",
        "b": 'open("/ho' + 'me/ann/x")',
        "c": "at " + PUBLIC_REGISTRIES[0],
        "d": "GET /clients/{id}/root/x and ~/home/ann",
    }

    assert [hit.split(":")[0] for hit in _found(planted, PLACES_OF_A_MACHINE)] == ["a", "b"]
    assert len(_found(planted, re.compile(re.escape(PUBLIC_REGISTRIES[0])))) == 1


def _found(texts: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts.items()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def _configured_hosts() -> set[str]:
    """Returns the hosts of all configured package mirrors."""
    values = [
        value for key, value in os.environ.items() if re.search(r"INDEX_URL|REGISTRY|GOPROXY", key, re.IGNORECASE)
    ]
    for path in ("/etc/pip.conf", "~/.config/pip/pip.conf", "~/.pip/pip.conf", "~/.npmrc", "~/.config/uv/uv.toml"):
        file = Path(path).expanduser()
        if file.is_file():
            values.append(file.read_text(errors="replace"))
    addresses = re.findall(r"https?://[^\s\"',;]+", "\n".join(values))
    return {host for address in addresses if (host := urlsplit(address).hostname) and "." in host}
