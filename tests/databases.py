"""A real PostgreSQL server of our own, and how to change a ledger of either kind behind its back."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL
from sqlalchemy.engine import make_url


def binaries() -> Path | None:
    """Return the newest folder that holds the server's programs, None where there is none."""
    on_path = [Path(found).resolve().parent for name in ("postgres",) if (found := shutil.which(name))]
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((path for path in (*on_path, *installed) if (path / "initdb").exists()), None)


@contextmanager
def server(programs: Path) -> Iterator[Path]:
    """Start a server on a socket in a temporary folder, and yield the folder; stop and remove it at the end.

    PostgreSQL refuses to run as the superuser: then it runs as `postgres`, or as `nobody`.
    """
    folder = Path(tempfile.mkdtemp(prefix="tocsin-"))
    user = _servant() if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    become = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = folder / "data"
    made = [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **become)  # type: ignore[call-overload]
    quiet = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=60"]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(  # type: ignore[call-overload]
            [programs / "postgres", "-D", data, "-k", folder, *quiet], stdout=log, stderr=log, cwd=folder, **become
        )
    try:
        _await(folder, running)
        yield folder
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(folder: Path, name: str) -> Iterator[str]:
    """Make an empty database on the server at `folder`, yield its address, drop it at the end."""
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        yield address(folder, name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def address(folder: Path, name: str) -> str:
    """Return the address that Tocsin is given."""
    url = URL.create("postgresql", username="postgres", database=name, query={"host": str(folder)})
    return url.render_as_string()


def _servant() -> pwd.struct_passwd:
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _await(folder: Path, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if running.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server did not start: {(folder / 'log').read_text(errors='replace')}")


def tamper(place: str, *statements: str, guarded: bool = False) -> list[tuple[Any, ...]]:
    """Run statements past Tocsin and past the guards, as somebody with the file or the server could."""
    return _on_server(place, statements, guarded) if "://" in place else _on_file(place, statements, guarded)


def _on_file(place: str, statements: tuple[str, ...], guarded: bool) -> list[tuple[Any, ...]]:
    opened = sqlite3.connect(place, isolation_level=None)
    try:
        guards = opened.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards if not guarded else []:
            opened.execute(f"DROP TRIGGER {name}")
        rows = [opened.execute(statement).fetchall() for statement in statements][-1]
        for _, sql in guards if not guarded else []:
            opened.execute(sql)
        return rows
    finally:
        opened.close()


def _on_server(place: str, statements: tuple[str, ...], guarded: bool) -> list[tuple[Any, ...]]:
    url = make_url(place)
    host = str(url.query["host"])
    with psycopg.connect(host=host, user="postgres", dbname=url.database, autocommit=True) as opened:
        if not guarded:
            opened.execute("SET session_replication_role = replica")
        for statement in statements:
            done = opened.execute(statement)  # type: ignore[arg-type]
        return done.fetchall() if done.description else []
