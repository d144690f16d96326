"""The `agreements` command."""

from agreements.wiring import app
from common.cli import service_cli

main = service_cli("agreements", app)
