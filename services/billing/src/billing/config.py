"""Settings of billing, in addition to the common ones."""

from dataclasses import dataclass
from typing import Any

from marshmallow.validate import Range

from common.config import Settings as CommonSettings

FONT_FOLDERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto")
"""Debian's and Ubuntu's folders of Noto, for scripts other than Latin, Greek and Cyrillic."""


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    run_chunk: int = 100
    """Clients billed in one transaction of a run."""
    font_folders: tuple[str, ...] = FONT_FOLDERS

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        return {
            **super().read(env, prefix),
            "run_chunk": env.int("BILLING_RUN_CHUNK", 100, validate=Range(1, 1000)),
            "font_folders": tuple(env.list("BILLING_FONT_FOLDERS", FONT_FOLDERS)),
        }
