"""The demo organisation's settings, saved once through the gateway's CLI."""

import subprocess

from local import infra, services
from local.run_dir import REPOSITORY, RunDir

_DEMO = (
    "name=Evergreen",
    r"address=240 Harbor Street, Suite 500\nBaltimore, MD 21202\nUnited States",
    "email=billing@evergreen.example",
    "tax_id=EIN 00-1234567",
    "holiday_country=US",
    (
        r'payment_instructions=[{"currency": null, "text": "Pay by bank transfer to Evergreen, Harbor Example Bank\n'
        r'Routing number 000000000, account 000123456789, SWIFT HARBUS00"}]'
    ),
)


class SettingsRefused(RuntimeError):
    pass


def ensure(run: RunDir) -> None:
    change(run, *_DEMO, "--if-new")


def change(run: RunDir, *settings: str) -> None:
    """Runs `gateway organisation set` with these arguments."""
    if "gateway" not in services.installed():
        return
    env = services.environment(run, infra.prepare(run), "gateway")
    command = [str(services.BIN / "gateway"), "organisation", "set", *settings]
    done = subprocess.run(command, check=False, text=True, capture_output=True, cwd=REPOSITORY, env=env)
    if done.returncode != 0:
        raise SettingsRefused(f"could not save the settings: {done.stderr.strip() or done.stdout.strip()}")
