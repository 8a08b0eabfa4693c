"""The catalogue's parameters: sound, drawn from their priors, and none idle."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin import parameters as module
from tocsin.errors import CatalogueError
from tocsin.parameters import CATALOGUE, Parameter, Prior, parameters, value

SOURCE = CATALOGUE.parent
DRAWN = [p for p in parameters().values() if p.prior is not None]
SOUND = 'meaning = "m"\nunit = "u"\nrange = [0, 2]\nlabel = "A"\nreference = "r"\n'


def _named() -> tuple[set[str], list[str]]:
    """Texts in the source that stand alone, and patterns of those that are put together."""
    whole, parts = set(), []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                pieces = [re.escape(v.value) if isinstance(v, ast.Constant) else r"\w+" for v in node.values]
                parts.append("".join(str(piece) for piece in pieces))
    return whole, parts


@pytest.mark.parametrize("parameter", parameters().values(), ids=lambda p: p.name)
def test_every_parameter_says_where_it_comes_from_and_lies_in_its_range(parameter: Parameter) -> None:
    assert parameter.label in {"S", "C", "M", "A"}
    assert parameter.meaning and parameter.unit and parameter.reference
    assert parameter.low < parameter.high
    if parameter.prior is None:
        assert parameter.low <= parameter.fixed <= parameter.high
    else:
        within = parameter.prior.mass_below(parameter.high) - parameter.prior.mass_below(parameter.low)
        assert within > 0.9
        assert parameter.low < float(parameter.prior.quantile(np.array([0.5]))[0]) < parameter.high


def test_every_parameter_is_read_somewhere() -> None:
    whole, parts = _named()
    patterns = [re.compile(part) for part in parts if re.match(r"\w+\\\.", part)]
    idle = [name for name in parameters() if name not in whole and not any(p.fullmatch(name) for p in patterns)]
    assert idle == []


def test_every_parameter_that_is_read_exists() -> None:
    mechanisms = {name.partition(".")[0] for name in parameters()}
    looks = re.compile(rf"(?:{'|'.join(mechanisms)})\.[a-z_]*[a-z]")
    packages = {".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in SOURCE.rglob("*.py")}
    named = {text for text in _named()[0] if looks.fullmatch(text)}
    assert {"losses.rate", "reporting.copying"} <= named
    assert named - packages - {f"{file}.toml" for file in mechanisms} <= set(parameters())


@pytest.mark.parametrize("parameter", DRAWN, ids=lambda p: p.name)
def test_draws_stay_in_range_and_follow_the_prior_cut_to_it(parameter: Parameter) -> None:
    assert parameter.prior is not None
    uniform = np.linspace(1e-9, 1 - 1e-9, 401)
    drawn = parameter.draw(uniform)
    assert np.all((drawn >= parameter.low) & (drawn <= parameter.high))
    assert np.all(np.diff(drawn) >= 0)
    low, high = (parameter.prior.mass_below(bound) for bound in (parameter.low, parameter.high))
    below = np.array([parameter.prior.mass_below(number) for number in drawn])
    assert np.allclose((below - low) / (high - low), uniform, atol=1e-7)


@pytest.mark.parametrize(
    ("family", "shape", "same"),
    [
        ("normal", (1.0, 2.0), stats.norm(1.0, 2.0)),
        ("lognormal", (3.0, 0.4), stats.lognorm(0.4, scale=3.0)),
        ("halfnormal", (2.0,), stats.halfnorm(scale=2.0)),
        ("exponential", (0.03,), stats.expon(scale=0.03)),
        ("beta", (2.0, 6.0), stats.beta(2.0, 6.0)),
    ],
)
def test_a_prior_means_what_its_shape_says(family: str, shape: tuple[float, ...], same: stats.rv_frozen) -> None:
    prior = Prior(family=family, shape=shape)
    at = np.array([0.05, 0.5, 0.95])
    assert np.allclose(prior.quantile(at), same.ppf(at))
    assert prior.mass_below(0.7) == pytest.approx(same.cdf(0.7))


def test_the_median_of_a_lognormal_prior_is_its_median() -> None:
    assert float(Prior(family="lognormal", shape=(6.0, 0.4)).quantile(np.array([0.5]))[0]) == pytest.approx(6.0)


@given(st.floats(1e-6, 1 - 1e-6))
def test_a_fixed_value_is_drawn_as_it_is(uniform: float) -> None:
    fixed = parameters()["losses.contact"]
    assert fixed.draw(np.array([uniform])) == fixed.fixed == value("losses.contact")


def test_a_parameter_with_a_prior_has_no_single_value() -> None:
    with pytest.raises(CatalogueError, match="draw it"):
        value("losses.rate")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[x\n", "no TOML"),
        ("x = 1\n", "table of its own"),
        ("[x]\n" + SOUND, "either a value or a prior"),
        ("[x]\nvalue = 1\nprior = { normal = { mean = 0, sd = 1 } }\n" + SOUND, "either a value or a prior"),
        ("[x]\nvalue = 3\n" + SOUND, "outside its range"),
        ("[x]\nvalue = nan\n" + SOUND, "outside its range"),
        ('[x]\nvalue = "1"\n' + SOUND, "needs 1 number"),
        ("[x]\nvalue = 1\n" + SOUND.replace("[0, 2]", "[2, 0]"), "ordered range"),
        ("[x]\nvalue = 1\n" + SOUND.replace("[0, 2]", "[0]"), "needs 2 number"),
        ("[x]\nvalue = 1\n" + SOUND.replace('"A"', '"B"'), "label"),
        ("[x]\nvalue = 1\n" + SOUND.replace('"r"', '""'), "reference"),
        ("[x]\nvalue = 1\ncolour = 2\n" + SOUND, "colour"),
        ("[x]\nvalue = 1\n" + SOUND.replace('unit = "u"\n', ""), "unit"),
        ("[x]\nprior = { cauchy = { mean = 0 } }\n" + SOUND, "a prior is one of"),
        ("[x]\nprior = { normal = { mean = 0 } }\n" + SOUND, "needs mean, sd"),
        ("[x]\nprior = { normal = { mean = 0, sd = -1 } }\n" + SOUND, "above 0"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name(
    text: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "odd.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "CATALOGUE", tmp_path)
    with pytest.raises(CatalogueError, match="odd") as error:
        parameters.__wrapped__()
    assert says in str(error.value)
