"""Fixtures of end-to-end tests on one running system."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode adds no test folder to the path
