"""Settings of billing, in addition to the common ones."""

from dataclasses import dataclass
from typing import Any

from marshmallow.validate import Range

from common.config import Settings as CommonSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    run_chunk: int = 100
    """Clients billed in one transaction of a run."""

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        return {
            **super().read(env, prefix),
            "run_chunk": env.int("BILLING_RUN_CHUNK", 100, validate=Range(1, 1000)),
        }
