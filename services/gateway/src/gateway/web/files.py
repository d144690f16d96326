"""The files of the built web client with their encodings."""

from dataclasses import dataclass, field
from pathlib import Path

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
NOTICE = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Evergreen</title>
<body style="font-family:sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>Evergreen is running</h1><p>The web client has not been built yet. The API answers at
<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></body></html>"""


@dataclass(frozen=True)
class WebFile:
    path: Path
    type: str
    encoded: dict[str, Path] = field(default_factory=dict)

    def best(self, accepted: set[str]) -> tuple[Path, str | None]:
        """Returns the smallest copy that the browser accepts, and its encoding."""
        for encoding, _ in ENCODINGS:
            if encoding in accepted and encoding in self.encoded:
                return self.encoded[encoding], encoding
        return self.path, None


class WebFiles:
    """Files by path. Read again when index.html changed, that is after a build."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read_at = 0
        self._files: dict[str, WebFile] = {}

    def find(self, path: str) -> WebFile | None:
        """Returns the file at a path or, for a path inside the application, its page."""
        files = self._current()
        name = path.lstrip("/")
        if name in files:
            return files[name]
        if name.startswith("assets/") or "." in name.rsplit("/", 1)[-1]:
            return None
        return files.get("portal.html" if name.split("/")[0] == "portal" else "index.html")

    def _current(self) -> dict[str, WebFile]:
        try:
            written = (self._folder / "index.html").stat().st_mtime_ns
        except OSError:
            return {}
        if written != self._read_at:
            self._files, self._read_at = _files(self._folder), written
        return self._files


def _files(folder: Path) -> dict[str, WebFile]:
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    suffixes = tuple(suffix for _, suffix in ENCODINGS)
    return {
        name: WebFile(
            path,
            TYPES.get(path.suffix, "application/octet-stream"),
            {encoding: paths[name + suffix] for encoding, suffix in ENCODINGS if name + suffix in paths},
        )
        for name, path in paths.items()
        if not name.endswith(suffixes)
    }


def accepted_encodings(header: str) -> set[str]:
    """Returns the encodings that an Accept-Encoding header allows."""
    encodings = set()
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            encodings.add(name.strip())
    return encodings
