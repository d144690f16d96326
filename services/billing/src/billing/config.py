"""Settings of billing, in addition to the common ones."""

from dataclasses import dataclass
from typing import Any

from marshmallow.validate import OneOf, Range

from billing.taxes import PER_INVOICE, ROUNDINGS
from common.config import Settings as CommonSettings

FONT_FOLDERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto")
"""Debian's and Ubuntu's folders of Noto, for scripts other than Latin, Greek and Cyrillic."""


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    issue_on_run: bool = True
    """False leaves the invoices of a run as drafts for review."""
    tax_rounding: str = PER_INVOICE
    number_series: str = "INV"
    run_chunk: int = 100
    """Clients billed in one transaction of a run."""
    payment_instructions: str = ""
    font_folders: tuple[str, ...] = FONT_FOLDERS
    company_address: str = ""
    """One or more lines."""
    company_email: str = ""
    company_tax_id: str = ""

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        return {
            **super().read(env, prefix),
            "issue_on_run": env.bool("BILLING_ISSUE_ON_RUN", True),
            "tax_rounding": env.str("BILLING_TAX_ROUNDING", PER_INVOICE, validate=OneOf(ROUNDINGS)),
            "number_series": env.str("BILLING_NUMBER_SERIES", "INV"),
            "run_chunk": env.int("BILLING_RUN_CHUNK", 100, validate=Range(1, 1000)),
            "font_folders": tuple(env.list("BILLING_FONT_FOLDERS", FONT_FOLDERS)),
            "payment_instructions": _lines(env.str("EVERGREEN_PAYMENT_INSTRUCTIONS", "")),
            "company_address": _lines(env.str("EVERGREEN_COMPANY_ADDRESS", "")),
            "company_email": env.str("EVERGREEN_COMPANY_EMAIL", ""),
            "company_tax_id": env.str("EVERGREEN_COMPANY_TAX_ID", ""),
        }


def _lines(text: str) -> str:
    r"""Returns the setting with `\n` replaced by line breaks, because a setting is one line of a file."""
    return text.replace("\\n", "\n")


def settings_of(settings: CommonSettings) -> Settings:
    """Returns the same object, typed as billing's settings."""
    assert isinstance(settings, Settings)
    return settings
