"""The server of `make bench ARGS=load`: `gameplan serve --production` as it is, with a bare view beside its pages.

    python -m scripts.bench_load_server PORT PROCESSES

It serves until it is stopped, with the worker beside it. A proxy with https is thought to stand before it.
GAMEPLAN_DATA and DATABASE_URL choose the database, as always.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

from scripts.bench_hands_server import put_bare_view


def main(port: int, processes: int) -> None:
    """Serves."""
    from gameplan.config.serve import prepare
    from gameplan.config.serve_production import serve_production

    prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    put_bare_view()
    serve_production(host="127.0.0.1", port=port, workers=processes)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    main(*map(int, sys.argv[1:]))
