"""Who does the pieces of an ensemble: threads of this machine, or Ray's workers. Nobody's order changes a result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from logging import ERROR
from typing import Any, Final

from tocsin.errors import MissingExtraError, TocsinError
from tocsin.pipeline.ensemble.piece import Columns, Piece, simulate_piece

Done = tuple[Piece, dict[str, Columns]]
Work = Callable[[Piece], dict[str, Columns]]
Crew = Callable[[Iterable[Piece], int], Iterator[Done]]

_STORE: Final = 256 * 1024**2
"""Bytes of memory that a Ray of this machine keeps results in until they are written."""


def on_threads(pieces: Iterable[Piece], workers: int, work: Work = simulate_piece) -> Iterator[Done]:
    """Yield pieces with their tables as they are finished; at most two a worker are held at a time."""
    waiting = iter(pieces)
    with ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(work, piece): piece for piece in islice(waiting, workers)}
        try:
            while running:
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    piece = running.pop(future)
                    running.update((pool.submit(work, more), more) for more in islice(waiting, 1))
                    yield piece, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def on_cluster(pieces: Iterable[Piece], workers: int, work: Work = simulate_piece) -> Iterator[Done]:
    """Do as `on_threads` does, on the Ray that RAY_ADDRESS names, or on one begun here with so many workers.

    A piece whose worker died is given to another, so that the result is the same. Results travel back and are
    written here: workers need no common disk. Raises MissingExtraError where Ray is not installed, TocsinError
    where it cannot be reached or a piece died again and again.
    """
    ray = _open(workers)
    try:
        task = ray.remote(max_retries=3)(work)
        room = max(workers, int(ray.cluster_resources().get("CPU", 1)))
        waiting = iter(pieces)
        running = {task.remote(piece): piece for piece in islice(waiting, room)}
        while running:
            finished, _ = ray.wait(list(running), num_returns=1)
            for reference in finished:
                piece = running.pop(reference)
                running.update((task.remote(more), more) for more in islice(waiting, 1))
                yield piece, ray.get(reference)
    except ray.exceptions.RayError as error:
        raise TocsinError(
            f"Ray gave up ({type(error).__name__}). The same command goes on from what is done; "
            "--on threads needs no Ray."
        ) from error
    finally:
        ray.shutdown()


def _open(workers: int) -> Any:
    """Reach a cluster, or begin a small Ray on this machine that only this machine can reach."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray  # noqa: PLC0415  an optional part
    except ImportError as error:
        raise MissingExtraError("ray", "Simulating on Ray") from error
    try:
        if os.environ.get("RAY_ADDRESS"):
            ray.init(log_to_driver=False, logging_level=ERROR)
        else:
            ray.init(
                num_cpus=workers,
                include_dashboard=False,
                object_store_memory=_STORE,
                log_to_driver=False,
                logging_level=ERROR,
                _node_ip_address="127.0.0.1",
            )
    except (ConnectionError, RuntimeError, OSError, ValueError) as error:
        raise TocsinError(
            f"Ray could not be begun or reached ({type(error).__name__}). Look at RAY_ADDRESS, or leave out --on ray."
        ) from error
    return ray
