"""Provenance names what made a result, the same everywhere."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tocsin.provenance import SOFTWARE, folder_hash, provenance, versions


def fill(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_named_by_what_it_holds_not_by_where_it_is(tmp_path: Path) -> None:
    files = {"a.toml": "x = 1", "below/b.csv": "1,2"}
    one = folder_hash(fill(tmp_path / "one", files))
    other = folder_hash(fill(tmp_path / "other", dict(reversed(files.items()))))

    assert one == other
    assert one != folder_hash(fill(tmp_path / "third", {**files, "a.toml": "x = 2"}))
    assert one != folder_hash(fill(tmp_path / "fourth", {"a.toml": "x = 1", "below/c.csv": "1,2"}))


def test_what_a_system_leaves_in_a_folder_does_not_count(tmp_path: Path) -> None:
    before = folder_hash(fill(tmp_path, {"a.toml": "x = 1"}))

    assert before == folder_hash(fill(tmp_path, {".hidden": "y", "__pycache__/a.pyc": "z"}))


@given(st.permutations(["one", "two", "two", "three"]))
def test_the_order_of_inputs_does_not_matter(inputs: list[str]) -> None:
    here = Path(__file__).parent / "app"
    made = provenance(inputs=inputs, parameters={"a": 1.5}, catalogue=here, case="a war", particles=10)

    assert made["inputs"] == ["one", "three", "two"]
    assert made["particles"] == 10
    assert made["parameters"]["count"] == 1


def test_another_value_of_a_parameter_is_another_provenance(tmp_path: Path) -> None:
    hashes = {
        provenance(inputs=[], parameters={"a": value}, catalogue=tmp_path, case="a war")["parameters"]["hash"]
        for value in (1.0, 2.0, None)
    }

    assert len(hashes) == 3


def test_versions_say_which_software_made_it() -> None:
    assert versions()["numpy"]
    assert set(versions()) == set(SOFTWARE)
    assert versions(["no-such-package"]) == {"no-such-package": None}


def test_a_subfolder_can_be_left_out_of_the_name(tmp_path: Path) -> None:
    before = folder_hash(fill(tmp_path, {"a.toml": "x = 1"}), without="cases")

    assert before == folder_hash(fill(tmp_path, {"cases/later.jsonl": "{}"}), without="cases")
    assert before != folder_hash(tmp_path)
