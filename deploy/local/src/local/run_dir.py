"""The folder of one running system: RUN/env, RUN/pids, RUN/logs, RUN/postgres, …"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class RunDir:
    path: Path

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> "RunDir":
        return cls(Path(path).expanduser().resolve())

    def create(self) -> None:
        for folder in (self.path, self.pids, self.logs, self.state):
            folder.mkdir(parents=True, exist_ok=True)
        # The database runs as another user under root and must reach its folder; secrets are 0600.
        self.path.chmod(0o755)

    @property
    def env(self) -> Path:
        return self.path / "env"

    @property
    def ports(self) -> Path:
        return self.path / "ports.json"

    @property
    def pids(self) -> Path:
        return self.path / "pids"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def state(self) -> Path:
        return self.path / "state"

    @property
    def identity(self) -> Path:
        return self.path / "identity"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def rabbitmq(self) -> Path:
        return self.path / "rabbitmq"

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def mailbox(self) -> Path:
        return self.path / "mailbox"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lets one command at a time change a system; a second one waits."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
