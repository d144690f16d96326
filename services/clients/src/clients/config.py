"""What this service can be told beyond the common settings."""

from dataclasses import dataclass
from typing import Any

from marshmallow.validate import OneOf

import common.config
from common.uow import UnitOfWork

ALL, NONE, SET = "all", "none", "set"
INHERITANCES = (ALL, NONE, SET)
REVIEW, FOLLOW = "review", "follow"


@dataclass(frozen=True, kw_only=True)
class Settings(common.config.Settings):
    inherit_services: str = ALL
    """Whether a new client's card starts with every active catalog service, empty, or with the default service set."""
    catalog_rate_change_policy: str = REVIEW
    """Whether clients on the default rate keep it until somebody decides, or move with the catalog at once."""

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        return super().read(env, prefix) | {
            "inherit_services": env.str("CLIENTS_INHERIT_SERVICES", ALL, validate=OneOf(INHERITANCES)),
            "catalog_rate_change_policy": env.str(
                "CATALOG_RATE_CHANGE_POLICY", REVIEW, validate=OneOf((REVIEW, FOLLOW))
            ),
        }


def settings_of(work: UnitOfWork) -> Settings:
    assert isinstance(work.settings, Settings)
    return work.settings
