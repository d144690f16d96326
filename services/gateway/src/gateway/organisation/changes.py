"""What a request changes of the organisation's settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.commands import UNSET, Unset
from common.organisation.settings import Opening, OwnHoliday, PaymentInstructions, SlaTarget


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganisationChanges:
    """The settings of `Organisation` that change; lists are replaced as a whole."""

    name: str | Unset = UNSET
    address: str | Unset = UNSET
    email: str | Unset = UNSET
    tax_id: str | Unset = UNSET
    brand_color: str | Unset = UNSET
    currency: str | Unset = UNSET
    time_zone: str | Unset = UNSET
    locale: str | Unset = UNSET
    fiscal_year_start: str | Unset = UNSET
    business_hours: Sequence[Opening] | Unset = UNSET
    holiday_country: str | Unset | None = UNSET
    holiday_subdivision: str | Unset | None = UNSET
    own_holidays: Sequence[OwnHoliday] | Unset = UNSET
    net_terms: int | Unset = UNSET
    payment_instructions: Sequence[PaymentInstructions] | Unset = UNSET
    invoice_series: str | Unset = UNSET
    invoice_number_format: str | Unset = UNSET
    invoice_number_digits: int | Unset = UNSET
    invoice_number_year: str | Unset = UNSET
    tax_rounding: str | Unset = UNSET
    issue_on_run: bool | Unset = UNSET
    time_increment: Decimal | Unset | None = UNSET
    time_minimum: Decimal | Unset | None = UNSET
    approve_time: bool | Unset = UNSET
    parallel_timers: bool | Unset = UNSET
    sla_targets: Sequence[SlaTarget] | Unset = UNSET
    mail_from_name: str | Unset = UNSET
    mail_from: str | Unset = UNSET
    mail_reply_to: str | Unset = UNSET
    rate_change_policy: str | Unset = UNSET
    inherit_services: str | Unset = UNSET
