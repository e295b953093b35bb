"""The household that the tests live in: a new, empty data folder, and no settings of the developer's own.

Pytest loads this before Django's settings (see pyproject.toml), so no test can reach a real family's data.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

from gameplan.sealing.roots import KEY_FILE, make_roots

for _name in [name for name in os.environ if name.startswith("GAMEPLAN_")]:
    del os.environ[_name]

_folder = tempfile.mkdtemp(prefix="gameplan-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["GAMEPLAN_DATA"] = _folder
# Programs of their own that tests start find the same keys, in whatever folder they are.
make_roots(Path(_folder) / KEY_FILE, date(2025, 8, 1))
os.environ["GAMEPLAN_SEAL_KEYS"] = str(Path(_folder) / KEY_FILE)
os.environ["GAMEPLAN_TIME_ZONE"] = "America/Chicago"

# Playwright keeps an event loop in the thread of the tests; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
