"""The `billing` command."""

from billing.wiring import service
from common.cli import service_cli

main = service_cli("billing", service)
