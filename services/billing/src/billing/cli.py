"""The `billing` command."""

from billing.wiring import app
from common.cli import service_cli

main = service_cli("billing", app)
