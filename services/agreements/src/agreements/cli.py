"""The `agreements` command."""

from agreements.wiring import service
from common.cli import service_cli

main = service_cli("agreements", service)
